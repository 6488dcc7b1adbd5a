import { Button, ConfirmModal } from '@grafana/ui';
import { useState } from 'react';

interface Props {
  label: string;
  title: string;
  body: string;
  confirmText: string;
  onConfirm: () => void;
}

/** A button for what can't be undone, which is done once that is confirmed. */
export function ConfirmedButton({ label, onConfirm, ...question }: Props) {
  const [isAsked, setAsked] = useState(false);
  const confirm = (): void => {
    setAsked(false);
    onConfirm();
  };
  return (
    <>
      <Button size="sm" variant="secondary" fill="outline" icon="trash-alt" onClick={() => setAsked(true)}>
        {label}
      </Button>
      <ConfirmModal {...question} isOpen={isAsked} onConfirm={confirm} onDismiss={() => setAsked(false)} />
    </>
  );
}
