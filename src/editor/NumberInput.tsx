import { DraftInput } from './DraftInput';

interface Props {
  id: string;
  value: number | undefined;
  /** Undefined when the field was emptied, or set to the fallback. */
  onChange: (value: number | undefined) => void;
  min: number;
  max?: number;
  /** What holds without a value: shown as one, and again once the field is emptied. */
  fallback?: number;
  /** Shown while the field is empty, where what then holds is not known here. */
  placeholder?: string;
  suffix?: string;
  width?: number;
}

/** A whole number within bounds; one beyond them becomes the nearest. */
export function NumberInput({
  value,
  onChange,
  min,
  max = Number.MAX_SAFE_INTEGER,
  fallback,
  width = 20,
  ...input
}: Props) {
  function commit(text: string): void {
    const isEmpty = text.trim() === '' || Number.isNaN(Number(text));
    const number = Math.min(max, Math.max(min, Math.round(Number(text))));
    onChange(isEmpty || number === fallback ? undefined : number);
  }

  return (
    <DraftInput
      placeholder={fallback?.toString()}
      {...input}
      type="number"
      min={min}
      width={width}
      value={(value ?? fallback)?.toString() ?? ''}
      onCommit={commit}
    />
  );
}
