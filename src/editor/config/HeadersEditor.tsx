import { t } from '@grafana/i18n';
import { Button, Field, Input, Stack } from '@grafana/ui';
import { useState } from 'react';
import { Entry } from './Entry';
import { FieldGrid } from './FieldGrid';
import { PasswordSecret } from './PasswordSecret';
import { RemoveButton } from './RemoveButton';
import type { Secrets } from './secrets';

interface Props {
  names: readonly string[];
  onNames: (names: string[]) => void;
  secrets: Secrets;
}

/** Whether a header can have a name (RFC 9110, token). */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
}

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
    <Stack direction="column" alignItems="flex-start" gap={2}>
      {shown.map((place) => {
        const name = names[place]!;
        const secret = `header${place}` as const;
        return (
          <Entry
            key={place}
            title={t('config-editor.headers.header', 'Header {{- name}}', { name })}
            actions={
              <RemoveButton
                label={t('config-editor.headers.remove', 'Remove header {{- name}}', { name })}
                onClick={() => remove(place)}
              />
            }
          >
            <FieldGrid>
              <Field
                label={t('config-editor.headers.name', 'Header name')}
                invalid={name !== '' && !isHeaderName(name)}
                error={t(
                  'config-editor.headers.name-error',
                  '"{{- name}}" isn\'t a valid header name. Use letters, digits, and hyphens, such as X-Api-Key',
                  { name }
                )}
              >
                <Input
                  id={`config-header-name-${place}`}
                  value={name}
                  placeholder="X-Api-Key"
                  onChange={(event) => {
                    setOpen(new Set(open).add(place));
                    onNames(withName(names, place, event.currentTarget.value));
                  }}
                />
              </Field>
              <Field label={t('config-editor.headers.value', 'Value')}>
                <PasswordSecret id={`config-header-value-${place}`} name={secret} secrets={secrets} />
              </Field>
            </FieldGrid>
          </Entry>
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
