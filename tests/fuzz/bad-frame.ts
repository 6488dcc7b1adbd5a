import fc from 'fast-check';
import { nastyText } from './nasty-text';

const fields: Readonly<Record<string, Record<string, string>>> = {
  cdr: {
    Event: 'Cdr',
    Source: '5551234',
    Destination: '100',
    CallerID: '"Ann" <5551234>',
    Channel: 'PJSIP/trunk-acme-00000001',
    DestinationChannel: 'PJSIP/1001-00000002',
    LastApplication: 'Queue',
    LastData: 'support,t',
    StartTime: '2026-11-24 13:00:00',
    AnswerTime: '2026-11-24 13:00:02',
    EndTime: '2026-11-24 13:00:10',
    Duration: '10',
    BillableSeconds: '8',
    Disposition: 'ANSWERED',
    UniqueID: '1795525200.1',
    LinkedID: '1795525200.1',
    Sequence: '1',
  },
  join: {
    Event: 'QueueCallerJoin',
    Channel: 'PJSIP/trunk-acme-00000001',
    Uniqueid: '1795525200.1',
    Linkedid: '1795525200.1',
    Queue: 'support',
    Position: '1',
    Timestamp: '1795525201.5',
  },
  connect: {
    Event: 'AgentConnect',
    Uniqueid: '1795525200.1',
    Linkedid: '1795525200.1',
    DestUniqueid: '1795525200.2',
    Queue: 'support',
    Interface: 'PJSIP/1001',
    HoldTime: '5',
    RingTime: '2000',
  },
  member: {
    Event: 'QueueMemberStatus',
    Queue: 'support',
    Interface: 'PJSIP/1001',
    Status: '1',
    Paused: '0',
  },
  channel: {
    Event: 'Newchannel',
    Channel: 'PJSIP/1001-00000002',
    ChannelState: '5',
    CallerIDNum: '1001',
    CallerIDName: 'Ann',
    Exten: '200',
    Uniqueid: '1795525200.2',
    Linkedid: '1795525200.1',
  },
  bridge: {
    Event: 'BridgeEnter',
    BridgeUniqueid: 'd482215c',
    BridgeTechnology: 'simple_bridge',
    Channel: 'PJSIP/1001-00000002',
    ChannelState: '6',
    Uniqueid: '1795525200.2',
    Linkedid: '1795525200.1',
  },
  hangup: { Event: 'Hangup', Uniqueid: '1795525200.1', Linkedid: '1795525200.1', Cause: '16' },
  booted: { Event: 'FullyBooted', Uptime: '3', LastReload: '3' },
};

/** Of many calls: one that grew without end would be assembled anew each time. */
const event = fc
  .tuple(fc.constantFrom(...Object.values(fields)), fc.nat(100_000))
  .map(([real, n]): Record<string, string> => {
    const ids = Object.entries(real).map(([name, value]) => [name, value.replace('1795525200.', `1795525200.${n}`)]);
    return Object.fromEntries(ids) as Record<string, string>;
  });
const nastyValue = fc.oneof(
  { weight: 5, arbitrary: nastyText },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) }
);

/** A real event with some fields changed, taken away or added. */
const changedFields = fc
  .tuple(
    event,
    fc.array(fc.tuple(fc.nat(20), nastyValue), { maxLength: 4 }),
    fc.dictionary(nastyText, nastyValue, { maxKeys: 2 })
  )
  .map(([real, changes, more]) => {
    const names = Object.keys(real);
    const changed = changes.map(([n, value]) => [names[n % names.length]!, value] as const);
    return { ...real, ...Object.fromEntries(changed), ...more };
  });

const envelope = fc
  .record({
    type: fc.oneof(
      { weight: 8, arbitrary: fc.constant<unknown>(3) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) }
    ),
    server_name: fc.oneof({ weight: 8, arbitrary: fc.constant<unknown>('pbx') }, { weight: 1, arbitrary: nastyValue }),
    data: fc.oneof(
      { weight: 8, arbitrary: changedFields as fc.Arbitrary<unknown> },
      { weight: 1, arbitrary: nastyValue }
    ),
  })
  .map(({ type, server_name, data }) => JSON.stringify({ type, server_id: 1, server_name, ssl: false, data }));

/** A frame with bytes changed, cut out or doubled, as broken software and lines leave it. */
const brokenBytes = fc
  .tuple(envelope, fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(3)), { minLength: 1, maxLength: 6 }))
  .map(([text, changes]) => {
    const bytes = [...Buffer.from(text)];
    for (const [place, byte, kind] of changes) {
      const at = place % (bytes.length + 1);
      bytes.splice(at, kind === 0 ? 1 : 0, ...(kind === 1 ? [] : kind === 2 ? bytes.slice(at, at + 20) : [byte]));
    }
    return Uint8Array.from(bytes);
  });

/** What amiws, or whatever answers in its place, may send: from a changed event to noise. */
export const badFrame: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: envelope },
  { weight: 3, arbitrary: brokenBytes },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) }
);
