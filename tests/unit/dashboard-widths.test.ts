import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Panel {
  type: string;
  gridPos: { w: number };
  title: string;
  targets: Array<{ groupBy?: string[] }>;
  transformations?: Array<{
    options: { excludeByName: Record<string, boolean>; indexByName: Record<string, number> };
  }>;
  options: { showValue?: string; orientation?: string };
  fieldConfig: {
    defaults: { custom: { minWidth: number } };
    overrides: Array<{ matcher: { options: string }; properties: Array<{ id: string; value: unknown }> }>;
  };
}

/** What a table across the whole dashboard, which is 24 columns of the grid, has in a window of 1400 px. */
const roomPx = 1366;
const roomOf = ({ gridPos }: Panel): number => (roomPx * gridPos.w) / 24;

const folder = path.join(__dirname, '../../src/dashboards');

function panelsOf(file: string): Panel[] {
  return (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { panels: Panel[] }).panels;
}

/** A property of a column that its panel overrides. */
function overridden({ fieldConfig: { overrides } }: Panel, column: string, id: string): number | undefined {
  const properties = overrides.filter(({ matcher }) => matcher.options === column).flatMap((one) => one.properties);
  return properties.find((one) => one.id === id)?.value as number | undefined;
}

/** Width of all columns as Grafana's table lays them out: those without a width share what the others leave, at their least width or wider. */
function laidOut(panel: Panel, columns: readonly string[]): number {
  const widths = columns.map((column) => overridden(panel, column, 'custom.width'));
  const fixed = widths.reduce<number>((sum, width = 0) => sum + width, 0);
  const share = (roomOf(panel) - fixed) / widths.filter((width) => width === undefined).length;
  const free = columns.filter((_, place) => widths[place] === undefined);
  return free.reduce((sum, column) => sum + Math.max(share, leastWidth(panel, column)), fixed);
}

function leastWidth(panel: Panel, column: string): number {
  const { minWidth } = panel.fieldConfig.defaults.custom;
  return overridden(panel, column, 'custom.width') ?? overridden(panel, column, 'custom.minWidth') ?? minWidth;
}

const calls = 'Start time,Direction,Source,Destination,Outcome,Queue,Agent,Talk time,Wait time,Server,Linked ID';
const callsNow =
  'State,In this state,Direction,Source,Caller name,Destination,Queue,Agent,Ringing,Calling agent,Trunk,Duration,Server';
const callersWaiting = 'Source,Ringing,Wait time,Position,Queue,Caller name,Server';
const logIns = 'Day,Agent,First log-in,Last log-out,Logged-in time,Paused time,Wrap-up time,Idle time,Occupancy';
const lostCallers =
  'Number,State,Waiting,Tries,Last try,Waited,Queue,DID,Reached by,Reached after,Tries to call back,Linked ID';
const repeatedCallers =
  'Number,Calls,Repeated calls,Answered calls,First call,Last call,Queues,Agents,Servers,Linked ID';

test.each([
  ['call-search', 'Calls', calls],
  ['call-center-today', 'Last calls', calls],
  ['agent', 'Answered calls', calls],
  ['call-center-today', 'Calls now', callsNow],
  ['call-center-today', 'Callers waiting', callersWaiting],
  ['agent', 'Log-ins by day', logIns],
  ['lost-callers', 'Lost callers', lostCallers],
  ['lost-callers', 'Repeated callers, 30 d', repeatedCallers],
])('in %s, a window of 1400 px shows all columns of %s', (file, title, columns) => {
  const panel = panelsOf(`${file}.json`).find((one) => one.title === title && one.type === 'table')!;
  expect(laidOut(panel, columns.split(','))).toBeLessThanOrEqual(roomOf(panel) + 1);
});

test('the list of lost callers hides only what its columns leave no room for', () => {
  const panel = panelsOf('lost-callers.json').find(({ type, title }) => type === 'table' && title === 'Lost callers')!;
  const hidden = panel.transformations!.flatMap(({ options }) => Object.keys(options.excludeByName));
  expect(hidden).toEqual(['First try', 'Server']);
});

/** What a name and a number of a person take. */
const namePx = 165;
const nameColumns = { agent: 'Agent', callingAgent: 'Calling agent', transferTarget: 'Transfer target' };
/** What a table has in a window of 390 px. */
const phonePx = 340;

describe.each(readdirSync(folder))('on a phone, %s', (file) => {
  const panels = panelsOf(file);
  const tables = panels.filter(({ type }) => type === 'table');

  test('shows whole names of persons', () => {
    for (const [field, column] of Object.entries(nameColumns)) {
      const ofPersons = tables.filter(({ targets }) => targets.some(({ groupBy = [] }) => groupBy.includes(field)));
      const cut = ofPersons.filter((panel) => leastWidth(panel, column) < namePx);
      expect(cut.map(({ title }) => [title, column])).toEqual([]);
    }
  });

  test('has bars whose labels do not overlap', () => {
    const bars = panels.filter(({ type }) => type === 'barchart');
    expect(bars.map(({ options }) => [options.orientation, options.showValue])).toEqual(
      bars.map(() => ['horizontal', 'never'])
    );
  });
});

test('on a phone, lost callers have number, state, and wait side by side', () => {
  const panel = panelsOf('lost-callers.json').find(({ type, title }) => type === 'table' && title === 'Lost callers')!;
  const widths = ['Number', 'State', 'Waiting'].map((column) => leastWidth(panel, column));
  expect(widths.reduce((sum, width) => sum + width)).toBeLessThanOrEqual(phonePx);
});

test('on a phone, callers who wait have their number and the names of those whose phones ring side by side', () => {
  const panel = panelsOf('call-center-today.json').find(({ title }) => title === 'Callers waiting')!;
  const [source, ringing] = ['Source', 'Ringing'].map((column) => leastWidth(panel, column));
  expect(ringing).toBeGreaterThanOrEqual(namePx);
  expect(source! + ringing!).toBeLessThanOrEqual(phonePx);
  expect(panel.transformations![0]!.options.indexByName).toMatchObject({ Source: 0, Ringing: 1 });
});

test('calls now have whole names of agents in one line, since rows do not grow', () => {
  const panel = panelsOf('call-center-today.json').find(({ title }) => title === 'Calls now')!;
  const widths = ['Agent', 'Calling agent'].map((column) => leastWidth(panel, column));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(namePx);
});
