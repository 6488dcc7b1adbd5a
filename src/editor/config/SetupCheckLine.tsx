import { t } from '@grafana/i18n';
import { Icon, Text, type IconName } from '@grafana/ui';
import { sayText } from '../../say/say-text';
import type { SetupCheck } from '../../setup/setup-checks';
import type { PbxKind } from '../../setup/setup-lines';
import { SetupStepLines } from './SetupStepLines';

interface Look {
  icon: IconName;
  color: 'success' | 'error' | 'secondary';
}

const looks: Readonly<Record<SetupCheck['state'], Look>> = {
  ok: { icon: 'check-circle', color: 'success' },
  problem: { icon: 'exclamation-triangle', color: 'error' },
  unknown: { icon: 'question-circle', color: 'secondary' },
};

function titleOf(id: SetupCheck['id']): string {
  const titles: Readonly<Record<SetupCheck['id'], string>> = {
    amiws: t('config-editor.setup.check-amiws', 'Connection'),
    ami: t('config-editor.setup.check-ami', 'Connection'),
    store: t('config-editor.setup.check-store', 'Store'),
    sharing: t('config-editor.setup.check-sharing', 'Shared store'),
    storeClock: t('config-editor.setup.check-store-clock', 'Clock of this Grafana'),
    pbx: t('config-editor.setup.check-pbx', 'PBX'),
    cdrEvents: t('config-editor.setup.check-cdr-events', 'Call records'),
    linkedId: t('config-editor.setup.check-linked-id', 'Linked ID'),
    sequence: t('config-editor.setup.check-sequence', 'Sequence'),
    did: t('config-editor.setup.check-did', 'DID'),
    unanswered: t('config-editor.setup.check-unanswered', 'Unanswered calls'),
    systemClass: t('config-editor.setup.check-system-class', 'Restarts of the PBX'),
    agentClass: t('config-editor.setup.check-agent-class', 'Queue events'),
    callClass: t('config-editor.setup.check-call-class', 'Channel events'),
    names: t('config-editor.setup.check-names', 'Names of agents'),
    queueCounts: t('config-editor.setup.check-queue-counts', 'Queue counts'),
    stored: t('config-editor.setup.check-stored', 'Stored calls'),
    clock: t('config-editor.setup.check-clock', 'Clock'),
    timestamps: t('config-editor.setup.check-timestamps', 'Timestamps'),
    timeZone: t('config-editor.setup.check-time-zone', 'Time zone'),
    lostCallers: t('config-editor.setup.check-lost-callers', 'For lost and repeated callers'),
    traffic: t('config-editor.setup.check-traffic', 'For calls at the same time'),
    trunks: t('config-editor.setup.check-trunks', 'For trunks and calling agents'),
    agents: t('config-editor.setup.check-agents', 'For agents: log-in, pause, refused calls'),
    talkEnds: t('config-editor.setup.check-talk-ends', 'For who ended talks'),
    transfers: t('config-editor.setup.check-transfers', 'For transfers'),
    callsNow: t('config-editor.setup.check-calls-now', 'For calls now'),
    callersWaiting: t('config-editor.setup.check-callers-waiting', 'For callers waiting'),
    wrapUp: t('config-editor.setup.check-wrap-up', 'For wrap-up and idle time'),
    queueLog: t('config-editor.setup.check-queue-log', 'queue_log'),
  };
  return titles[id];
}

function stateText(state: SetupCheck['state']): string {
  const texts: Readonly<Record<SetupCheck['state'], string>> = {
    ok: t('config-editor.setup.state-ok', 'All well'),
    problem: t('config-editor.setup.state-problem', 'Problem'),
    unknown: t('config-editor.setup.state-unknown', 'Not known yet'),
  };
  return texts[state];
}

/** One check: how it stands, what was found, what to do. */
export function SetupCheckLine({ check, pbx }: { check: SetupCheck; pbx: PbxKind }) {
  const { id, state, found, advice, parts } = check;
  const { icon, color } = looks[state];
  return (
    <li aria-label={titleOf(id)} style={{ marginBottom: 4 }}>
      <Text color={color}>
        <span role="img" aria-label={stateText(state)}>
          <Icon name={icon} />
        </span>
      </Text>{' '}
      <Text weight="bold">{titleOf(id)}:</Text> <Text>{sayText(found)}</Text>{' '}
      {advice.length > 0 && <Text color="secondary">{sayText(advice)}</Text>}
      {state === 'problem' && parts.map((part) => <SetupStepLines key={part} part={part} pbx={pbx} />)}
    </li>
  );
}
