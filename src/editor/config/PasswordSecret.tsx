import { SecretInput } from '@grafana/ui';
import type { SecretName, Secrets } from './secrets';

interface Props {
  id: string;
  name: SecretName;
  secrets: Secrets;
  /** As wide as there is room without it. */
  width?: number;
}

/** A password among the secrets. */
export function PasswordSecret({ id, name, secrets, width }: Props) {
  return (
    <SecretInput
      id={id}
      width={width}
      autoComplete="new-password"
      isConfigured={secrets.isSaved(name)}
      value={secrets.typed(name)}
      onChange={(event) => secrets.type(name, event.currentTarget.value)}
      onReset={() => secrets.clear(name)}
    />
  );
}
