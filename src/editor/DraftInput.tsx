import { Input } from '@grafana/ui';
import { useEffect, useState, type ComponentProps } from 'react';

type InputProps = ComponentProps<typeof Input>;

interface Props extends Pick<InputProps, 'placeholder' | 'suffix' | 'width' | 'type' | 'min' | 'aria-label'> {
  id: string;
  value: string;
  /** Called with a text that changed, when the field is left or Enter is pressed. */
  onCommit: (text: string) => void;
}

/** A text that is handed on once it is written, not with each key, so that no half-written one is asked or saved. */
export function DraftInput({ value, onCommit, ...input }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);

  function commit(): void {
    if (text !== value) {
      onCommit(text);
    }
  }

  return (
    <Input
      {...input}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
