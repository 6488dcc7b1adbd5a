import { answerSource } from '../support/answer-source';
import { cdrRecord, defaultRules, noon, queueEvent } from '../support/cdr-builders';
import type { Answer } from '../../src/answers/answer';
import { answerQuery } from '../../src/answers/answer-query';
import { suggest } from '../../src/answers/suggest';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { dimensions } from '../../src/cdr/dimensions';
import { Directory } from '../../src/cdr/directory';
import type { CdrFilters } from '../../src/cdr/filters';
import { listFilterNames, partFilterNames } from '../../src/cdr/filter-fields';
import { parseQuery } from '../../src/query/parse-query';
import { suggestedFields, type StoredField } from '../../src/query/variable-query';

const range = { from: noon - 3_600_000, to: noon + 3_600_000, intervalMs: 60_000 };
/** Figures of facts that alone have a field. */
const ownMetrics: Readonly<Record<string, string[]>> = { transferTarget: ['transfers'], pauseReason: ['loggedInTime'] };

/** A call that has a value of most fields, one of which nothing is known, and one that an agent made. */
function calls(): MemoryStore {
  const store = new MemoryStore(10, defaultRules);
  const known = { trunk: 'PJSIP/trunk-acme', callingAgent: '1002', accountCode: 'acme', queue: 'support' };
  const toSales = { result: 'Success', extension: 'sales', targetChannel: '', consultUniqueId: '' };
  const events = [
    queueEvent('QueueCallerJoin', 0),
    queueEvent('AgentConnect', 2, { holdTime: 2 }),
    queueEvent('BlindTransfer', 7, { memberChannel: 'PJSIP/1001-00000002', transfer: toSales }),
    queueEvent('AgentComplete', 8, { talkTime: 6, endedBy: 'caller' }),
  ];
  store.add({ records: [cdrRecord(known)], events });
  const bare = { source: '', destination: '', did: '', agent: '', channel: '', destinationChannel: '' };
  store.add({ records: [cdrRecord({ ...bare, uniqueId: 'bare', lastApplication: 'Playback' })], events: [] });
  const outbound = { channel: 'PJSIP/1002-00000003', destinationChannel: 'PJSIP/trunk-acme-00000004' };
  store.add({ records: [cdrRecord({ ...outbound, uniqueId: 'out', callingAgent: '1002' })], events: [] });
  const pause = { server: 'pbx', agent: '1001', queues: ['support'], wrapUp: false, utcOffset: 0 };
  store.addStretches([
    { ...pause, startTime: noon, endTime: noon + 60_000, paused: true, pauseReason: 'Lunch' },
    { ...pause, startTime: noon + 60_000, endTime: noon + 90_000, paused: false, pauseReason: '' },
  ]);
  return store;
}

const store = calls();
const directory = new Directory([{ kind: 'agent', id: '1001', name: '', teams: ['Front'] }]);
const source = { ...answerSource(store), directory };

const ask = (dimension: string, filters = {}): Promise<Answer> =>
  answerQuery(source, parseQuery({ ...statistics(dimension), filters }), range);
const statistics = (dimension: string) => ({
  ...{ queryType: 'statistics', groupBy: [dimension], metrics: ['totalCalls', ...(ownMetrics[dimension] ?? [])] },
});
const groupsOf = ({ fields }: Answer): unknown[] => fields[0]!.values;

const filtered = [...partFilterNames, ...listFilterNames] as readonly string[];
const asked = dimensions.filter((dimension) => filtered.includes(dimension));
/** What every call has. */
const always: readonly string[] = ['direction', 'disposition', 'outcome', 'server', 'dayOfWeek'];
const ofSome = asked.filter((dimension) => !always.includes(dimension));

test.each(asked)('%s has a group (none) unless every call has a value of it', async (dimension) => {
  const groups = groupsOf(await ask(dimension));
  expect([groups.includes(''), groups.length > 0]).toEqual([!always.includes(dimension), true]);
});

test.each(ofSome)('the group (none) of %s can be filtered by', async (dimension) => {
  const ofNone = await ask(dimension, { [dimension]: ['(none)'] });
  expect(groupsOf(ofNone)).toEqual(['']);
  const others = await ask(dimension, { conditions: [{ field: dimension, operator: '!=', values: ['(none)'] }] });
  expect(groupsOf(others)).not.toContain('');
});

test.each(suggestedFields.filter((field) => asked.some((dimension) => dimension === field)))(
  '(none) is among the values of %s that can be picked, where there is such a group',
  async (field) => {
    const ask = async (one: StoredField | 'customFields', filters: CdrFilters) => store.suggest(one, filters, null);
    const values = (await suggest(field, {}, directory, null, ask)).map(({ value }) => value);
    // Where business hours are set, every call is in or out of them.
    expect(values.includes('(none)')).toBe(
      ofSome.some((dimension) => dimension === field) && field !== 'businessHours'
    );
  }
);
