import fc from 'fast-check';
import { nastyText } from './nasty-text';

const junk: fc.Arbitrary<unknown> = fc.oneof(nastyText, fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.integer());

/** Right nearly always: of many fields one wrong one has the whole question refused. */
const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: junk });

const texts = mostly(fc.oneof(nastyText, fc.array(nastyText, { maxLength: 3 })));
const label = nastyText.filter((text) => /^.+/.test(text)).map((text) => `custom.${text}`);
const seconds = mostly(fc.oneof(fc.nat(), fc.double({ min: 0, noNaN: true })));

const equality = fc.record({
  field: mostly(fc.oneof(fc.constantFrom('source', 'duration', 'queue', 'linkedId'), label)),
  operator: mostly(fc.constantFrom('=', '!=')),
  values: mostly(fc.array(nastyText, { minLength: 1, maxLength: 3 })),
});
const comparison = fc.record({
  field: fc.constantFrom('duration', 'waitTime', 'ringTime', 'talkTime'),
  operator: fc.constantFrom('<', '<=', '>', '>='),
  values: fc.array(fc.double().map(String), { minLength: 1, maxLength: 2 }),
});
/** Mostly refused, since few of the texts are patterns. */
const pattern = fc.record({
  field: fc.oneof(fc.constantFrom('source', 'agent'), label),
  operator: fc.constantFrom('=~', '!~', 'LIKE'),
  values: texts,
});

const filters = fc.record(
  {
    source: mostly(nastyText),
    destination: mostly(nastyText),
    direction: mostly(fc.constantFrom('inbound', 'unknown')),
    disposition: texts,
    outcome: mostly(fc.constantFrom('answered')),
    queue: texts,
    agent: texts,
    accountCode: texts,
    server: texts,
    linkedId: texts,
    minDuration: seconds,
    maxWaitTime: seconds,
    minTalkTime: mostly(fc.constantFrom('', ' 20 ', 20)),
    custom: mostly(fc.dictionary(nastyText, texts, { maxKeys: 2 })),
    conditions: mostly(
      fc.array(
        fc.oneof(
          { weight: 4, arbitrary: equality as fc.Arbitrary<unknown> },
          { weight: 2, arbitrary: comparison },
          { weight: 1, arbitrary: pattern }
        ),
        { maxLength: 2 }
      )
    ),
  },
  { requiredKeys: [] }
);

const nearlyRight = fc.record(
  {
    queryType: mostly(
      fc.constantFrom(
        ...['records', 'calls', 'statistics', 'journey', 'queueStatus', 'agentStatus', 'callsNow', 'callersWaiting'],
        'servers',
        'annotations'
      )
    ),
    filters: mostly(filters),
    limit: mostly(fc.integer({ min: 1, max: 50 })),
    offset: mostly(fc.nat(3)),
    sortBy: mostly(fc.constantFrom('startTime', 'duration', 'source')),
    sortOrder: fc.constantFrom('asc', 'desc', 'asc; DROP TABLE call'),
    metrics: mostly(fc.constantFrom(['totalCalls'], ['serviceLevelPct', 'callsHandled'])),
    groupBy: mostly(fc.uniqueArray(fc.oneof(fc.constantFrom('agent', 'hourOfDay'), label), { maxLength: 2 })),
    format: fc.constantFrom('timeseries', 'table', 'heatmap', 'logs', 'x'),
    interval: mostly(fc.constantFrom('', '1h', '15m')),
    timeZone: mostly(fc.constantFrom('pbx', 'UTC', 'Europe/Paris', 'dashboard')),
    serviceLevelThreshold: seconds,
    bands: mostly(fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { maxLength: 4 })),
    annotationKinds: mostly(fc.constantFrom('gap', 'missedBurst')),
    live: mostly(fc.boolean()),
  },
  { requiredKeys: ['queryType'] }
);

/** Questions that are nearly right, and some that are nothing of the kind. */
export const badQuestion: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: nearlyRight as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: junk },
  { weight: 1, arbitrary: fc.object({ maxDepth: 3 }) }
);
