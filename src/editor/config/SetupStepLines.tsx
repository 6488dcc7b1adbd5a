import { t, Trans } from '@grafana/i18n';
import { ClipboardButton, Stack } from '@grafana/ui';
import { setupStep, type PbxKind, type SetupPart } from '../../setup/setup-lines';

function noteOf(part: SetupPart, pbx: PbxKind): string {
  const notes: Readonly<Record<SetupPart, string>> = {
    ami: t(
      'config-editor.setup.note-ami',
      'To log in to the PBX without amiws: at the end of the file; permit is the address of Grafana'
    ),
    amiUser:
      pbx === 'freepbx'
        ? t(
            'config-editor.setup.note-ami-user-freepbx',
            'In place of the section amiws, else at the end of the file; or as a user under Settings > Asterisk Manager Users, with Yes under Read for these and No everywhere under Write. permit is the address of amiws'
          )
        : t(
            'config-editor.setup.note-ami-user',
            'In place of the section amiws, else at the end of the file; permit is the address of amiws'
          ),
    timestamps: t('config-editor.setup.note-timestamps', 'At the end of the file'),
    cdrManager:
      pbx === 'freepbx'
        ? t('config-editor.setup.note-cdr-manager-freepbx', 'At the end of each file')
        : t('config-editor.setup.note-cdr-manager', 'The whole file; keep other mappings that you have'),
    unanswered: t('config-editor.setup.note-unanswered', 'At the end of the file'),
    amiws: t('config-editor.setup.note-amiws', 'One entry of amihosts for each PBX'),
  };
  return notes[part];
}

/** The lines of one part with their files, to copy, and the command that makes them take effect. */
export function SetupStepLines({ part, pbx }: { part: SetupPart; pbx: PbxKind }) {
  const { blocks, command } = setupStep(part, pbx);
  return (
    <div style={{ margin: '8px 0 8px 24px', maxWidth: 760 }}>
      <p style={{ margin: 0 }}>{noteOf(part, pbx)}:</p>
      {blocks.map(({ file, lines }) => (
        <Copyable key={file} title={file} text={lines} />
      ))}
      <Copyable title={t('config-editor.setup.then-run', 'Then run')} text={command} />
    </div>
  );
}

function Copyable({ title, text }: { title: string; text: string }) {
  return (
    <div role="group" aria-label={title}>
      <Stack justifyContent="space-between" alignItems="center">
        <code>{title}</code>
        <ClipboardButton size="sm" variant="secondary" fill="text" icon="copy" getText={() => text}>
          <Trans i18nKey="config-editor.setup.copy">Copy</Trans>
        </ClipboardButton>
      </Stack>
      <pre>{text}</pre>
    </div>
  );
}
