import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { answerQuery } from '../../src/answers/answer-query';
import { HeardCalls } from '../../src/browser-mode/heard-calls';
import { interpolateQuery } from '../../src/datasource/prepare-query';
import type { PanelQuery } from '../../src/datasource/panel-query';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';
import { textWidth } from './text-width';

interface Table {
  type: string;
  title: string;
  gridPos: { w: number };
  targets: PanelQuery[];
  transformations?: Array<{
    id: string;
    options: { excludeByName?: Record<string, boolean>; include?: { names: string[] } };
  }>;
  fieldConfig: {
    defaults: { custom: Custom };
    overrides: Array<{ matcher: { options: string }; properties: Array<{ id: string; value: unknown }> }>;
  };
}
interface Custom {
  width?: number;
  minWidth?: number;
  wrapHeaderText?: boolean;
}
interface Column {
  title: string;
  custom: Custom;
}

/** What a table across the whole dashboard, which is 24 columns of the grid, has in a window of 1400 px. */
const roomPx = 1366;
/** Around the text of a cell, with its border. */
const paddingPx = 13;

/** The longest usual values of columns of texts. Numbers and lists of the PBX may be longer: those of whole names are not cut. */
const person = 'Alice Miller (1001)';
const time = '2026-11-30 22:22:22';
const values: Readonly<Record<string, string>> = {
  'Start time': time,
  'Answer time': time,
  'End time': time,
  Time: time,
  'First try': time,
  'Last try': time,
  'First call': time,
  'Last call': time,
  'First log-in': time,
  'Last log-out': time,
  Agent: person,
  'Calling agent': person,
  'Reached by': person,
  'Transfer target': person,
  Direction: 'outbound',
  Outcome: 'self-served',
  Disposition: 'CONGESTION',
  Source: '+4930123456',
  Number: '+4930123456',
  Queue: 'support',
  Server: 'pbx-east',
  'Linked ID': 'pbx-east-1795525200.12345',
  'Unique ID': 'pbx-east-1795525200.12345',
};

/** Names of groups are those of the directory, and are not cut: they tell the rows of a table apart. */
const groups: Readonly<Record<string, string>> = { Queue: 'Support line (support)' };

const folder = path.join(__dirname, '../../src/dashboards');
const tables = readdirSync(folder).flatMap((file) => {
  const { panels } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { panels: Table[] };
  return panels.filter(({ type }) => type === 'table').map((panel) => ({ file, title: panel.title, panel }));
});

/** The columns that the answer has, as the panel shows them. */
async function columnsOf({ targets, transformations = [], fieldConfig }: Table): Promise<Column[]> {
  const now = Date.UTC(2026, 10, 24, 14);
  const query = parseQuery(
    interpolateQuery(targets[0]!, (text, format = String) => text.replace(/\$\{?\w+\}?/g, () => format('*')))
  );
  const bounds = { from: now - 3_600_000, to: now, intervalMs: 60_000 };
  const { fields } = await answerQuery(new HeardCalls(parseSettings({})).answers(now), query, bounds);
  const titles = fields.map(({ name, config }) => config?.displayNameFromDS ?? name);
  const shown = transformations.reduce(
    (left, { options: { excludeByName = {}, include } }) =>
      left.filter((title) => !excludeByName[title] && (!include || include.names.includes(title))),
    titles
  );
  return shown.map((title) => {
    const own = fieldConfig.overrides.filter(({ matcher }) => matcher.options === title);
    const properties = own.flatMap((one) => one.properties.map(({ id, value }) => [id.replace('custom.', ''), value]));
    return { title, custom: { ...fieldConfig.defaults.custom, ...(Object.fromEntries(properties) as Custom) } };
  });
}

/** Widths as Grafana's table lays columns out: those without a width share what the others leave, at their least width or wider. */
function laidOut(columns: readonly Column[], room: number): Array<{ title: string; px: number; custom: Custom }> {
  const fixed = columns.reduce((sum, { custom }) => sum + (custom.width ?? 0), 0);
  const share = (room - fixed) / columns.filter(({ custom }) => custom.width === undefined).length;
  return columns.map(({ title, custom }) => ({
    title,
    custom,
    px: custom.width ?? Math.max(share, custom.minWidth ?? 0),
  }));
}

describe.each(tables)('in a window of 1400 px, the table $title of $file', ({ panel }) => {
  const room = (roomPx * panel.gridPos.w) / 24;

  test('shows all columns', async () => {
    const widths = laidOut(await columnsOf(panel), room);
    expect(widths.length).toBeGreaterThan(1);
    expect(widths.reduce((sum, { px }) => sum + px, 0)).toBeLessThanOrEqual(room + 1);
  });

  test('cuts no head and no usual value', async () => {
    const cut = laidOut(await columnsOf(panel), room).flatMap(({ title, px, custom }) => {
      const heads = custom.wrapHeaderText ? title.split(/[ -]/) : [title];
      const value = panel.targets[0]!.groupBy?.some((one) => one === title.toLowerCase()) ? groups[title] : undefined;
      return [...heads, value ?? values[title] ?? '']
        .filter((text) => textWidth(text) + paddingPx > px)
        .map((text) => `${text}: ${Math.ceil(textWidth(text) + paddingPx)} of ${Math.floor(px)} px`);
    });
    expect(cut).toEqual([]);
  });
});

/** What stands around the name in a tile. */
const tilePaddingPx = 16;

interface Tiles {
  title: string;
  gridPos: { w: number; h: number };
  options: { text?: { titleSize?: number; valueSize?: number } };
}

function wallboard(): Tiles[] {
  return (JSON.parse(readFileSync(path.join(folder, 'queue-wallboard.json'), 'utf8')) as { panels: Tiles[] }).panels;
}

test.each([
  ['Agents now', person, 6],
  ['Callers waiting', 'Customer service', 3],
  ['Longest wait', 'Customer service', 3],
  ['Agents free', 'Customer service', 3],
])('on a wall of 1920 px, names of %s fit as wide as %s, %i side by side', (title, name, tiles) => {
  const { gridPos, options } = wallboard().find((one) => one.title === title)!;
  // Without a size of its own, the name grows with the tile, and is cut.
  const { titleSize = Infinity } = options.text ?? {};
  const namePx = (textWidth(name) * titleSize) / 14 + tilePaddingPx;
  expect(namePx).toBeLessThanOrEqual((1900 * gridPos.w) / 24 / tiles);
});

/** In a window of 1400 px, six tiles are two rows in the height of their panel, without its head; a line is 1.2 times its letters. */
test.each(['Callers waiting', 'Longest wait', 'Agents free'])(
  'in a window of 1400 px, a tile of %s has room for a name of three lines',
  (title) => {
    const { gridPos, options } = wallboard().find((one) => one.title === title)!;
    const { titleSize = Infinity, valueSize = Infinity } = options.text ?? {};
    const tilePx = (gridPos.h * 38 - 8 - 41) / 2;
    expect((3 * titleSize + valueSize) * 1.2 + tilePaddingPx).toBeLessThanOrEqual(tilePx);
  }
);
