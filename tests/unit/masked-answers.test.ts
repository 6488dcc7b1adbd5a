import { cdrFrame, frameText } from '../support/cdr-frame';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { answerQuery, type AnswerSource } from '../../src/answers/answer-query';
import { maskAnswer } from '../../src/answers/mask-numbers';
import { HeardCalls } from '../../src/browser-mode/heard-calls';
import type { AgentStretch } from '../../src/cdr/agent-presence';
import { dimensions, numberDimensions } from '../../src/cdr/dimensions';
import { Directory } from '../../src/cdr/directory';
import type { QueueDifference } from '../../src/cdr/queue-audit';
import { annotationKinds, queryTypes } from '../../src/query/model';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';

const secret = '01711234567';
const name = 'Bob Outside';
const reason = `Call back ${secret}`;
const server = 'pbx-east';
const now = Date.now();
const id = `${Math.floor(now / 1000) - 60}.1`;
const range = { from: now - 3_600_000, to: now + 60_000, intervalMs: 60_000 };

/** A PBX that writes an agent's number, which is also the caller's, wherever it may. */
function frames(): string[] {
  const caller = {
    Channel: `PJSIP/trunk-${secret}-00000005`,
    Uniqueid: id,
    Linkedid: id,
    CallerIDNum: secret,
    CallerIDName: `Ann ${secret}`,
    Context: `did-${secret}`,
    Exten: secret,
  };
  const waiting = { ...caller, Uniqueid: '1795571230.5', Linkedid: '1795571230.5' };
  const member = {
    ...{ Queue: 'support', MemberName: secret, Interface: `Local/${secret}@from-queue/n`, Membership: 'dynamic' },
    ...{ Penalty: '0', CallsTaken: '0', LastCall: '0', InCall: '0', Status: '1', Wrapuptime: '0' },
  };
  const inQueue = { ...caller, Queue: 'support' };
  const answered = { ...inQueue, ...member, DestChannel: `PJSIP/${secret}-00000006`, DestUniqueid: '1795571230.6' };
  const paused = { Paused: '1', Reason: reason, PausedReason: reason };
  const events: Array<Record<string, string>> = [
    { Event: 'QueueCallerJoin', ...inQueue, Position: '1' },
    { Event: 'AgentConnect', ...answered, HoldTime: '2', RingTime: '1000' },
    { Event: 'BlindTransfer', ...transferBy(answered), Result: 'Success', Extension: secret, IsExternal: 'Yes' },
    { Event: 'AgentComplete', ...answered, HoldTime: '2', TalkTime: '3', Reason: 'transfer' },
    { Event: 'QueueMemberAdded', ...member, Paused: '0' },
    { Event: 'QueueMemberPause', ...member, ...paused },
    { Event: 'Newchannel', ...waiting, ChannelState: '4' },
    { Event: 'QueueCallerJoin', ...waiting, Queue: 'support', Position: '1' },
    {
      ...{ Event: 'Newchannel', Channel: `PJSIP/${secret}-00000009`, Uniqueid: '1795571230.9' },
      ...{ Linkedid: '1795571230.5', ChannelState: '5' },
    },
  ];
  const written = {
    ...{ Source: secret, Destination: secret, CallerID: `"${secret}" <${secret}>`, UniqueID: id, LinkedID: id },
    ...{ Channel: caller.Channel, DestinationChannel: `PJSIP/${secret}-00000006`, UserField: secret, Mobile: secret },
    ...{ LastApplication: 'Queue', LastData: `support,t,,,60,${secret}`, DestinationContext: `did-${secret}` },
  };
  const voicemail = { ...written, DestinationChannel: '', LastApplication: 'VoiceMail', LastData: secret };
  return [
    ...events.map((data) => frameText(1, server, 3, data)),
    cdrFrame(written, server),
    cdrFrame({ ...written, UniqueID: '1795571000.1', LinkedID: '1795571000.1', Disposition: 'NO ANSWER' }, server),
    cdrFrame(voicemail, server),
    cdrFrame({ Channel: `PJSIP/${secret}-00000011`, DestinationChannel: 'PJSIP/trunk-acme-00000012' }, server),
  ];
}

function transferBy({ Channel = '', Uniqueid = '', DestChannel = '', DestUniqueid = '' }: Record<string, string>) {
  return {
    ...{ TransfererChannel: DestChannel, TransfererUniqueid: DestUniqueid, TransfererLinkedid: id },
    ...{ TransfereeChannel: Channel, TransfereeUniqueid: Uniqueid, TransfereeLinkedid: id },
  };
}

const difference: QueueDifference = {
  ...{ server, queue: 'support', agent: secret, outcome: 'answered', more: 1 },
  ...{ startTime: now - 60_000, endTime: now - 30_000 },
};

const pause: AgentStretch = {
  ...{ server, agent: secret, queues: ['support'], paused: true, pauseReason: reason, wrapUp: false },
  ...{ startTime: now - 60_000, endTime: now - 30_000, utcOffset: 0 },
};

let source: AnswerSource;

beforeAll(() => {
  const heard = new HeardCalls(parseSettings({}));
  heard.hear({ kind: 'state', state: 'connected', since: now - 60_000 });
  heard.hear({ kind: 'server', server, state: 'up', since: now - 60_000 });
  frames().forEach((frame) => heard.hear({ kind: 'frame', frame: decodeFrame(frame, now) }));
  heard.store.addStretches([pause]);
  const directory = new Directory([{ kind: 'agent', id: secret, name, teams: ['Outside'] }]);
  source = { ...heard.answers(now), directory, differences: async () => [difference] };
});

const asked = [
  ...queryTypes.filter((queryType) => queryType !== 'journey').map((queryType) => ({ queryType })),
  ...['records', 'calls'].map((queryType) => ({ queryType, format: 'logs' })),
  ...annotationKinds.map((kind) => ({ queryType: 'annotations', annotationKinds: [kind] })),
  ...[...dimensions, 'custom.Mobile'].flatMap((dimension) =>
    ['table', 'timeseries'].map((format) => ({
      ...{ queryType: 'statistics', groupBy: [dimension], metrics: ['callsHandled', 'transfers', 'pausedTime'] },
      format,
    }))
  ),
  { queryType: 'statistics', groupBy: ['hourOfDay', 'dayOfWeek'], format: 'heatmap' },
  { queryType: 'journey', filters: { linkedId: [id] } },
];

const answer = (json: object) => answerQuery(source, parseQuery(json), range);

test.each(asked)('the answer to %j holds neither a masked number nor the name that belongs to it', async (json) => {
  const masked = JSON.stringify(await maskAnswer(await answer(json), 4));
  expect(masked).not.toContain(secret.slice(1, -4));
  expect(masked).not.toContain(name);
});

const telling = [
  ...['records', 'calls', 'statistics', 'lostCallers', 'repeatedCallers'].map((queryType) => ({ queryType })),
  { queryType: 'annotations', annotationKinds: ['queueDifference'] },
];

test.each(telling)('the answer to %j says which agent Asterisk counted otherwise, by name', async (json) => {
  const full = await answer(json);
  const said = `agent ${name} (${secret})`;
  expect(JSON.stringify(json.queryType === 'annotations' ? full.fields : full.meta.notices)).toContain(said);
  const { fields, meta } = await maskAnswer(full, 4);
  expect(JSON.stringify(json.queryType === 'annotations' ? fields : meta.notices)).toContain('agent ••••4567');
});

test.each([...numberDimensions, 'custom.Mobile'])(
  'without a mask, statistics by %s hold the number',
  async (dimension) => {
    const metrics = ['callsHandled', 'transfers', 'pausedTime', 'callsMade'];
    const { fields } = await answer({ queryType: 'statistics', groupBy: [dimension], metrics, format: 'table' });
    expect(JSON.stringify(fields)).toContain(secret);
  }
);
