import { t } from '@grafana/i18n';
import { Button, IconButton, InlineField, Input, Stack } from '@grafana/ui';
import { useState } from 'react';
import { ZonePicker } from './ZonePicker';

interface Props {
  /** amiws `server_name` to IANA zone. */
  zones: Readonly<Record<string, string>>;
  onChange: (zones: Record<string, string>) => void;
}

/** Zones of single servers, for PBXes in several zones behind one amiws. */
export function ServerZones({ zones, onChange }: Props) {
  const [server, setServer] = useState('');
  const [zone, setZone] = useState('');
  const name = server.trim();

  function remove(removed: string): void {
    onChange(Object.fromEntries(Object.entries(zones).filter(([other]) => other !== removed)));
  }

  function add(): void {
    onChange({ ...zones, [name]: zone });
    setServer('');
    setZone('');
  }

  return (
    <Stack direction="column" alignItems="flex-start">
      {Object.entries(zones).map(([saved, savedZone], place) => (
        <Stack
          key={saved}
          role="group"
          aria-label={t('config-editor.server-zones.zone-of', 'Zone of {{- server}}', { server: saved })}
          alignItems="center"
        >
          <InlineField
            label={saved}
            labelWidth={30}
            tooltip={t('config-editor.server-zones.server-tooltip', 'server_name in the configuration of amiws')}
          >
            <ZonePicker
              id={`config-server-zone-${place}`}
              value={savedZone}
              placeholder={t('config-editor.server-zones.choose', 'Choose a zone')}
              onChange={(changed) => (changed === '' ? remove(saved) : onChange({ ...zones, [saved]: changed }))}
            />
          </InlineField>
          <IconButton
            name="trash-alt"
            size="lg"
            aria-label={t('config-editor.server-zones.remove', 'Remove zone of {{- server}}', { server: saved })}
            onClick={() => remove(saved)}
          />
        </Stack>
      ))}
      <Stack
        role="group"
        aria-label={t('config-editor.server-zones.another', 'Another server')}
        alignItems="center"
        wrap="wrap"
      >
        <InlineField
          label={t('config-editor.server-zones.server', 'Server')}
          tooltip={t('config-editor.server-zones.server-tooltip', 'server_name in the configuration of amiws')}
        >
          <Input
            id="config-server-name"
            width={30}
            value={server}
            placeholder="pbx-east"
            onChange={(event) => setServer(event.currentTarget.value)}
          />
        </InlineField>
        <InlineField label={t('config-editor.server-zones.zone', 'Zone')}>
          <ZonePicker
            id="config-server-zone"
            value={zone}
            placeholder={t('config-editor.server-zones.choose', 'Choose a zone')}
            onChange={setZone}
          />
        </InlineField>
        <Button variant="secondary" icon="plus" disabled={name === '' || zone === ''} onClick={add}>
          {t('config-editor.server-zones.add', 'Add zone of a server')}
        </Button>
      </Stack>
    </Stack>
  );
}
