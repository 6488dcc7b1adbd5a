import { t } from '@grafana/i18n';
import { Button, IconButton, InlineField, Input, SecretInput, Stack } from '@grafana/ui';
import { useState } from 'react';
import type { Secrets } from './secrets';

interface Props {
  names: readonly string[];
  onNames: (names: string[]) => void;
  secrets: Secrets;
}

/** Characters of a header's name (RFC 9110, token). */
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Extra headers. The n-th name's value is the secret `header<n>`, which can't be read back and so can't be moved: a
 * header that is removed leaves an empty name in its place, which the next one takes.
 */
export function HeadersEditor({ names, onNames, secrets }: Props) {
  /** Places shown although their name is empty: just added, or being rewritten. */
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const shown = [...names.keys()].filter((place) => names[place] !== '' || open.has(place));

  function add(): void {
    const free = names.findIndex((name, place) => name === '' && !open.has(place));
    const place = free < 0 ? names.length : free;
    setOpen(new Set(open).add(place));
    onNames(withName(names, place, ''));
  }

  function remove(place: number): void {
    setOpen(new Set([...open].filter((other) => other !== place)));
    onNames(withName(names, place, ''));
    secrets.clear(`header${place}`);
  }

  return (
    <Stack direction="column" alignItems="flex-start">
      {shown.map((place) => {
        const name = names[place]!;
        const secret = `header${place}` as const;
        return (
          <Stack
            key={place}
            role="group"
            aria-label={t('config-editor.headers.header-named', 'Header {{- name}}', { name })}
            alignItems="flex-start"
          >
            <InlineField
              label={t('config-editor.headers.header', 'Header')}
              invalid={name !== '' && !headerName.test(name)}
              error={t(
                'config-editor.headers.name-error',
                '"{{- name}}" can\'t be the name of a header: expected letters, digits and hyphens, as in X-Api-Key',
                { name }
              )}
            >
              <Input
                id={`config-header-name-${place}`}
                width={30}
                value={name}
                placeholder="X-Api-Key"
                onChange={(event) => {
                  setOpen(new Set(open).add(place));
                  onNames(withName(names, place, event.currentTarget.value));
                }}
              />
            </InlineField>
            <InlineField label={t('config-editor.headers.value', 'Value')}>
              <SecretInput
                id={`config-header-value-${place}`}
                width={30}
                autoComplete="off"
                isConfigured={secrets.isSaved(secret)}
                value={secrets.typed(secret)}
                onChange={(event) => secrets.type(secret, event.currentTarget.value)}
                onReset={() => secrets.clear(secret)}
              />
            </InlineField>
            <IconButton
              name="trash-alt"
              size="lg"
              aria-label={t('config-editor.headers.remove', 'Remove header {{- name}}', { name })}
              onClick={() => remove(place)}
            />
          </Stack>
        );
      })}
      <Button icon="plus" variant="secondary" onClick={add}>
        {t('config-editor.headers.add', 'Add header')}
      </Button>
    </Stack>
  );
}

function withName(names: readonly string[], place: number, name: string): string[] {
  return place < names.length ? names.map((old, index) => (index === place ? name : old)) : [...names, name];
}
