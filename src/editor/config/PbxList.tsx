import { Trans } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';
import type { SavedPbx } from '../../settings/pbx-settings';
import type { SecretSectionProps } from './config-section';
import { PbxEditor } from './PbxEditor';

/**
 * The PBXes whose AMI is logged in to. The n-th one's secret is `pbxSecret<n>`, its certificate authority `pbxCACert<n>`;
 * they can't be read back and so can't be moved: one that is removed leaves null in its place, which the next one takes.
 */
export function PbxList({ settings, onChange, secrets }: SecretSectionProps) {
  const pbxes = settings.pbxes ?? [];
  const free = pbxes.indexOf(null);
  const put = (place: number, changed: SavedPbx | null): void =>
    onChange({ pbxes: place < pbxes.length ? pbxes.with(place, changed) : [...pbxes, changed] });

  return (
    <Stack direction="column" alignItems="flex-start" gap={2}>
      {pbxes.map(
        (saved, place) =>
          saved && (
            <PbxEditor
              key={place}
              place={place}
              saved={saved}
              onChange={(changes) => put(place, { ...saved, ...changes })}
              onRemove={() => {
                put(place, null);
                secrets.clear(`pbxSecret${place}`);
                secrets.clear(`pbxCACert${place}`);
              }}
              secrets={secrets}
            />
          )
      )}
      <Button icon="plus" variant="secondary" onClick={() => put(free < 0 ? pbxes.length : free, {})}>
        <Trans i18nKey="config-editor.pbx.add">Add PBX</Trans>
      </Button>
    </Stack>
  );
}
