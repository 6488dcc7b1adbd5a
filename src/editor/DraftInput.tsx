import { Input } from '@grafana/ui';
import { useState, type ComponentProps } from 'react';

type InputProps = ComponentProps<typeof Input>;

interface Props extends Pick<InputProps, 'placeholder' | 'suffix' | 'width' | 'type' | 'min' | 'aria-label'> {
  id: string;
  value: string;
  /** Called with a text that changed, when the field is left or Enter is pressed. */
  onCommit: (text: string) => void;
}

/** A text that is handed on once it is written, not with each key, so that no half-written one is asked or saved. */
export function DraftInput({ value, onCommit, ...input }: Props) {
  /** What is being written; null while the value is shown. */
  const [draft, setDraft] = useState<string | null>(null);

  function commit(): void {
    setDraft(null);
    if (draft !== null && draft !== value) {
      onCommit(draft);
    }
  }

  return (
    <Input
      {...input}
      value={draft ?? value}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
