import { SecretTextArea } from '@grafana/ui';
import type { SecretName, Secrets } from './secrets';

interface Props {
  id: string;
  name: SecretName;
  secrets: Secrets;
  /** First line of what is expected. */
  placeholder?: string;
}

/** A certificate or key among the secrets. */
export function PemSecret({ id, name, secrets, placeholder = '-----BEGIN CERTIFICATE-----' }: Props) {
  return (
    <SecretTextArea
      id={id}
      grow
      rows={5}
      placeholder={placeholder}
      isConfigured={secrets.isSaved(name)}
      value={secrets.typed(name)}
      onChange={(event) => secrets.type(name, event.currentTarget.value)}
      onReset={() => secrets.clear(name)}
    />
  );
}
