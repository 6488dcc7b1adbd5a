import { IconButton } from '@grafana/ui';

interface Props {
  /** What it removes, for screen readers. */
  label: string;
  onClick: () => void;
  disabled?: boolean;
}

/** Takes one of several entries away. */
export function RemoveButton({ label, onClick, disabled }: Props) {
  return <IconButton name="trash-alt" size="lg" disabled={disabled} aria-label={label} onClick={onClick} />;
}
