import { FieldType, MappingType, toDataFrame, type DataFrame } from '@grafana/data';
import { parseQuery } from '../query/parse-query';
import { callsOf, mergeLiveRows, mergeRules, withoutCalls, type MergeRules } from './merge-live-rows';

interface Row {
  server?: string;
  linkedId: string;
  startTime?: number | null;
  duration?: number | null;
  source?: string;
  [field: string]: string | number | null | undefined;
}

const query = parseQuery({ queryType: 'calls', limit: 100 });
const rules = mergeRules(query, 0)!;

function calls(...rows: Row[]): DataFrame {
  const full = rows.map((row) => ({ server: 'pbx', startTime: 0, duration: 0, source: '', ...row }));
  const names = ['server', 'linkedId', 'startTime', 'duration', 'source'];
  const others = [...new Set(full.flatMap((row) => Object.keys(row)))].filter((name) => !names.includes(name));
  return toDataFrame({
    fields: [...names, ...others].map((name) => ({
      name,
      type: name === 'startTime' ? FieldType.time : name === 'duration' ? FieldType.number : FieldType.string,
      config: { displayNameFromDS: name.toUpperCase() },
      values: full.map((row: Row) => row[name] ?? null),
    })),
  });
}

function column(frame: DataFrame, name: string): unknown[] | undefined {
  return frame.fields.find((field) => field.name === name)?.values;
}

test('a new row joins the others in the order of the query', () => {
  const base = calls({ linkedId: '3', startTime: 30 }, { linkedId: '1', startTime: 10 });
  const live = calls({ linkedId: '2', startTime: 20 });
  expect(column(mergeLiveRows(base, live, rules), 'linkedId')).toEqual(['3', '2', '1']);
  expect(column(mergeLiveRows(base, live, { ...rules, sortOrder: 'asc' }), 'linkedId')).toEqual(['1', '2', '3']);
});

test('a changed row takes the place of the earlier one', () => {
  const base = calls({ linkedId: '1', startTime: 10, duration: 5 });
  const merged = mergeLiveRows(base, calls({ linkedId: '1', startTime: 10, duration: 65 }), rules);
  expect(column(merged, 'duration')).toEqual([65]);
  expect(merged.length).toBe(1);
});

test('calls of the same id on two servers stay two', () => {
  const base = calls({ server: 'east', linkedId: '1' });
  expect(mergeLiveRows(base, calls({ server: 'west', linkedId: '1' }), rules).length).toBe(2);
});

test('records of one call are told apart by sequence, channels and start', () => {
  const records = (sequence: number | null, destinationChannel: string) =>
    calls({ linkedId: '1', uniqueId: '1', sequence, channel: 'SIP/a', destinationChannel });
  const byRecord = mergeRules({ ...query, queryType: 'records' }, 0)!;
  expect(mergeLiveRows(records(1, 'SIP/b'), records(2, 'SIP/b'), byRecord).length).toBe(2);
  expect(mergeLiveRows(records(null, 'SIP/b'), records(null, 'SIP/c'), byRecord).length).toBe(2);
  expect(mergeLiveRows(records(1, 'SIP/b'), records(1, 'SIP/b'), byRecord).length).toBe(1);
});

test('numbers sort as numbers and texts as texts; rows without a value come last either way', () => {
  const base = calls({ linkedId: 'a', duration: 9, source: '9' }, { linkedId: 'none', duration: null });
  const live = calls({ linkedId: 'b', duration: 100, source: '100' });
  const ids = (changes: Partial<MergeRules>) => column(mergeLiveRows(base, live, { ...rules, ...changes }), 'linkedId');
  expect(ids({ sortBy: 'duration', sortOrder: 'asc' })).toEqual(['a', 'b', 'none']);
  expect(ids({ sortBy: 'duration', sortOrder: 'desc' })).toEqual(['b', 'a', 'none']);
  expect(ids({ sortBy: 'source', sortOrder: 'desc' })).toEqual(['a', 'b', 'none']);
});

test('rows beyond the limit and rows that left the range go', () => {
  const base = calls({ linkedId: '2', startTime: 20 }, { linkedId: '1', startTime: 10 });
  const live = calls({ linkedId: '3', startTime: 30 });
  const cut = mergeLiveRows(base, live, { ...rules, limit: 2 });
  expect(column(cut, 'linkedId')).toEqual(['3', '2']);
  const said = [expect.objectContaining({ text: expect.stringMatching(/^More rows match than the 2 /) })];
  expect(cut.meta?.notices).toEqual(said);
  expect(mergeLiveRows(cut, live, { ...rules, limit: 2 }).meta?.notices).toEqual(said);
  expect(mergeLiveRows(base, live, rules).meta?.notices ?? []).toEqual([]);
  expect(column(mergeLiveRows(base, live, { ...rules, earliest: 15 }), 'linkedId')).toEqual(['3', '2']);
});

test('a row whose start is not known is in every range', () => {
  const base = calls({ linkedId: '1', startTime: null });
  expect(mergeLiveRows(base, calls(), { ...rules, earliest: 1000 }).length).toBe(1);
});

test('a custom field that came only live becomes a column, empty for the earlier rows', () => {
  const merged = mergeLiveRows(
    calls({ linkedId: '1', startTime: 10 }),
    calls({ linkedId: '2', startTime: 20, 'custom.Tenant': 'acme' }),
    rules
  );
  expect(column(merged, 'custom.Tenant')).toEqual(['acme', null]);
});

test('a field that only history has stays, empty for the live rows', () => {
  const merged = mergeLiveRows(
    calls({ linkedId: '1', startTime: 10, 'custom.Tenant': 'acme' }),
    calls({ linkedId: '2', startTime: 20 }),
    rules
  );
  expect(column(merged, 'custom.Tenant')).toEqual([null, 'acme']);
});

test('titles, notices and the refId of history stay, and both frames are left as they were', () => {
  const base = {
    ...calls({ linkedId: '1' }),
    refId: 'B',
    meta: { notices: [{ severity: 'info' as const, text: 'gap' }] },
  };
  const live = calls({ linkedId: '2' });
  const before = structuredClone(base.fields.map(({ values }) => values));
  const merged = mergeLiveRows(base, live, rules);
  expect(merged).toMatchObject({ refId: 'B', meta: { notices: [{ text: 'gap' }] } });
  expect(merged.fields[0]!.config.displayNameFromDS).toBe('SERVER');
  expect(base.fields.map(({ values }) => values)).toEqual(before);
  expect(live.length).toBe(1);
});

test('lines of a log are told apart by their id and sorted by time', () => {
  const lines = (...rows: Array<[id: string, timestamp: number]>) =>
    toDataFrame({
      fields: [
        { name: 'timestamp', type: FieldType.time, values: rows.map(([, timestamp]) => timestamp) },
        { name: 'id', type: FieldType.string, values: rows.map(([id]) => id) },
      ],
    });
  const asLog = mergeRules({ ...query, format: 'logs', sortBy: 'duration' }, 5)!;
  const merged = mergeLiveRows(lines(['b', 20], ['old', 1]), lines(['c', 30], ['b', 20], ['a', 10]), asLog);
  expect(column(merged, 'id')).toEqual(['c', 'b', 'a']);
});

test('statistics and the state of queues arrive whole', () => {
  expect(mergeRules({ ...query, queryType: 'statistics' }, 0)).toBeNull();
  expect(mergeRules({ ...query, queryType: 'queueStatus' }, 0)).toBeNull();
});

test('why there were no rows is not said any more once there are; a warning stays', () => {
  const notices = [
    { severity: 'info' as const, text: 'No call has been stored yet.' },
    { severity: 'warning' as const, text: 'Calls may be missing.' },
  ];
  const base = { ...calls(), meta: { notices } };
  expect(mergeLiveRows(base, calls(), rules).meta?.notices).toEqual(notices);
  expect(mergeLiveRows(base, calls({ linkedId: '1' }), rules).meta?.notices).toEqual([notices[1]]);
});

test('all rows of a call go with it: its call, its records, its lines of a log', () => {
  const gone = new Set(callsOf(calls({ linkedId: '1' })));
  const left = withoutCalls(calls({ linkedId: '1' }, { linkedId: '2' }, { linkedId: '1', server: 'west' }), gone);
  expect(column(left, 'linkedId')).toEqual(['2', '1']);
  expect(left.length).toBe(2);
  const lines = toDataFrame({
    fields: [
      { name: 'id', type: FieldType.string, values: ['pbx|1', 'pbx|2'] },
      { name: 'labels', type: FieldType.other, values: ['1', '2'].map((linkedId) => ({ server: 'pbx', linkedId })) },
    ],
  });
  expect(column(withoutCalls(lines, gone), 'id')).toEqual(['pbx|2']);
  expect(withoutCalls(left, gone)).toBe(left);
});

test('a row that comes live is shown with its name, and so are those from before', () => {
  const mapped = (frame: DataFrame, id: string, text: string): DataFrame => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field.name === 'source'
        ? {
            ...field,
            config: { ...field.config, mappings: [{ type: MappingType.ValueToText, options: { [id]: { text } } }] },
          }
        : field
    ),
  });
  const base = mapped(calls({ linkedId: '1', source: '1001' }), '1001', 'Ann (1001)');
  const live = mapped(calls({ linkedId: '2', source: '1002' }), '1002', 'Bob (1002)');
  const merged = mergeLiveRows(base, live, rules).fields.find(({ name }) => name === 'source');
  expect(merged!.config).toMatchObject({
    displayNameFromDS: 'SOURCE',
    mappings: [{ type: 'value', options: { '1001': { text: 'Ann (1001)' }, '1002': { text: 'Bob (1002)' } } }],
  });
});
