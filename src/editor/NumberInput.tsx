import { DraftInput } from './DraftInput';

interface Props {
  id: string;
  value: number | undefined;
  /** Undefined when the field was emptied. */
  onChange: (value: number | undefined) => void;
  min: number;
  max?: number;
  /** Shown while the field is empty: what then holds. */
  placeholder?: string;
  suffix?: string;
  width?: number;
}

/** A whole number within bounds; one beyond them becomes the nearest. */
export function NumberInput({ value, onChange, min, max = Number.MAX_SAFE_INTEGER, width = 20, ...input }: Props) {
  return (
    <DraftInput
      {...input}
      type="number"
      min={min}
      width={width}
      value={value === undefined ? '' : String(value)}
      onCommit={(text) =>
        onChange(text.trim() === '' ? undefined : Math.min(max, Math.max(min, Math.round(Number(text)))))
      }
    />
  );
}
