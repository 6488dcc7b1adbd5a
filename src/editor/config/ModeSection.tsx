import { t, Trans } from '@grafana/i18n';
import { Alert, Field, FieldSet, RadioButtonGroup } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';

/** Who listens to amiws or PBXes, and what a browser that does so lacks and risks. */
export function ModeSection({ settings, onChange }: ConfigSectionProps) {
  const { mode = 'server', browserAccess = 'proxy', keepCalls } = settings;
  return (
    <FieldSet label={t('config-editor.mode.title', 'Mode')}>
      <Field
        label={t('config-editor.mode.label', 'Who listens')}
        description={t(
          'config-editor.mode.description',
          'Browser only is for a Grafana that may not run the server part'
        )}
      >
        <RadioButtonGroup
          id="config-mode"
          aria-label={t('config-editor.mode.label', 'Who listens')}
          options={[
            { value: 'server' as const, label: t('config-editor.mode.server', 'Server part (recommended)') },
            { value: 'browser' as const, label: t('config-editor.mode.browser', 'Browser only') },
          ]}
          value={mode}
          onChange={(value) => onChange({ mode: value })}
        />
      </Field>
      {mode === 'browser' && (
        <>
          <BrowserRisk access={browserAccess} />
          <Field
            label={t('config-editor.mode.access', 'How the browser reaches amiws')}
            description={t(
              'config-editor.mode.access-description',
              'Through the data source proxy only Grafana has to reach amiws, and only Editors and Admins see live calls'
            )}
          >
            <RadioButtonGroup
              id="config-browser-access"
              aria-label={t('config-editor.mode.access', 'How the browser reaches amiws')}
              options={[
                {
                  value: 'proxy' as const,
                  label: t('config-editor.mode.proxy', "Through Grafana's data source proxy"),
                },
                { value: 'direct' as const, label: t('config-editor.mode.direct', 'Directly') },
              ]}
              value={browserAccess}
              onChange={(value) => onChange({ browserAccess: value })}
            />
          </Field>
          <Field
            label={t('config-editor.mode.keep', 'Keep the last')}
            description={t(
              'config-editor.mode.keep-description',
              'Calls that each page keeps in memory until it is closed'
            )}
          >
            <NumberInput
              id="config-keep-calls"
              min={1}
              max={100_000}
              suffix={t('config-editor.mode.calls', 'calls')}
              placeholder="10000"
              value={keepCalls}
              onChange={(value) => onChange({ keepCalls: value })}
            />
          </Field>
        </>
      )}
    </FieldSet>
  );
}

function BrowserRisk({ access }: { access: 'proxy' | 'direct' }) {
  return (
    <Alert
      severity="warning"
      title={t('config-editor.mode.risk-title', 'Anyone who reaches amiws can control the PBX, and much is missing')}
    >
      <p>
        <Trans i18nKey="config-editor.mode.risk-missing">
          History, alert rules, exports and protection need the server part: a page knows only the calls that it heard
          itself, and forgets them when it is closed.
        </Trans>
      </p>
      <p>
        <Trans i18nKey="config-editor.mode.risk-actions">
          amiws lets any WebSocket client send AMI actions: start calls, hang up, record, change the PBX.
        </Trans>{' '}
        {access === 'proxy' ? (
          <Trans i18nKey="config-editor.mode.risk-proxy">
            Grafana&apos;s proxy lets Editors and Admins through to it, and no Viewer: give the role only to people who
            may control the PBX.
          </Trans>
        ) : (
          <Trans i18nKey="config-editor.mode.risk-direct">
            Every browser has to reach its address, so everybody in that network can. Where Grafana is served over
            https://, the address must be wss://.
          </Trans>
        )}
      </p>
    </Alert>
  );
}
