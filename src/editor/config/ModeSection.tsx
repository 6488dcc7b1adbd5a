import { t, Trans } from '@grafana/i18n';
import { Alert, Field, RadioButtonGroup } from '@grafana/ui';
import { defaultSettings } from '../../settings/default-settings';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';

/** Who listens to amiws or PBXes, and what a browser that does so lacks and risks. */
export function ModeSection({ settings, onChange, readOnly }: ConfigSectionProps) {
  const { mode = 'server', browserAccess = 'proxy', keepCalls } = settings;
  return (
    <ConfigSection
      title={t('config-editor.mode.title', 'Mode')}
      description={t('config-editor.mode.intro', 'Who listens to amiws or the PBX: the server part or each browser.')}
      summary={mode === 'browser' ? t('config-editor.mode.browser', 'Browser only') : ''}
      needsAttention={mode === 'browser'}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.mode.label', 'Who listens')}
        description={t(
          'config-editor.mode.description',
          "Choose Browser only if your Grafana server can't run the server part of this plugin."
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
              'With the data source proxy, only the Grafana server needs to reach amiws, and only Editors and Admins see live calls.'
            )}
          >
            <RadioButtonGroup
              id="config-browser-access"
              aria-label={t('config-editor.mode.access', 'How the browser reaches amiws')}
              options={[
                {
                  value: 'proxy' as const,
                  label: t('config-editor.mode.proxy', 'Data source proxy'),
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
              'Each page keeps these calls in memory until you close it.'
            )}
          >
            <NumberInput
              id="config-keep-calls"
              min={1}
              max={100_000}
              suffix={t('config-editor.mode.calls', 'calls')}
              fallback={defaultSettings.keepCalls}
              value={keepCalls}
              onChange={(value) => onChange({ keepCalls: value })}
            />
          </Field>
        </>
      )}
    </ConfigSection>
  );
}

function BrowserRisk({ access }: { access: 'proxy' | 'direct' }) {
  return (
    <Alert
      severity="warning"
      title={t(
        'config-editor.mode.risk-title',
        'Anyone who reaches amiws can control the PBX, and some features are missing'
      )}
    >
      <p>
        <Trans i18nKey="config-editor.mode.risk-missing">
          History, alert rules, exports, and masked numbers require the server part. A page shows only the calls that it
          receives itself, and loses them when you close it.
        </Trans>
      </p>
      <p>
        <Trans i18nKey="config-editor.mode.risk-actions">
          amiws lets any WebSocket client send AMI actions, such as starting, ending, or recording calls and changing
          the PBX.
        </Trans>{' '}
        {access === 'proxy' ? (
          <Trans i18nKey="config-editor.mode.risk-proxy">
            The data source proxy gives Editors and Admins access to amiws, but not Viewers. Assign these roles only to
            people who are allowed to control the PBX.
          </Trans>
        ) : (
          <Trans i18nKey="config-editor.mode.risk-direct">
            Every browser needs to reach the address, so everyone in that network can. If Grafana uses https://, the
            address must start with wss://.
          </Trans>
        )}
      </p>
    </Alert>
  );
}
