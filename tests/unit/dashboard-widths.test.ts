import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Panel {
  type: string;
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

const folder = path.join(__dirname, '../../src/dashboards');

function panelsOf(file: string): Panel[] {
  return (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { panels: Panel[] }).panels;
}

/** A property of a column that its panel overrides. */
function overridden({ fieldConfig: { overrides } }: Panel, column: string, id: string): number | undefined {
  const properties = overrides.filter(({ matcher }) => matcher.options === column).flatMap((one) => one.properties);
  return properties.find((one) => one.id === id)?.value as number | undefined;
}

function leastWidth(panel: Panel, column: string): number {
  const { minWidth } = panel.fieldConfig.defaults.custom;
  return overridden(panel, column, 'custom.width') ?? overridden(panel, column, 'custom.minWidth') ?? minWidth;
}

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
