import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Panel {
  title: string;
  fieldConfig: {
    defaults: { custom: { minWidth: number } };
    overrides: Array<{ matcher: { options: string }; properties: Array<{ id: string; value: unknown }> }>;
  };
}

/** What a table across the whole dashboard has in a window of 1400 px. */
const roomPx = 1366;

/** Width of all columns as Grafana's table lays them out: those without a width share what the others leave, at their least width or wider. */
function laidOut({ fieldConfig: { defaults, overrides } }: Panel, columns: readonly string[]): number {
  const property = (column: string, id: string) =>
    overrides
      .filter(({ matcher }) => matcher.options === column)
      .flatMap(({ properties }) => properties)
      .find((one) => one.id === id)?.value as number | undefined;
  const widths = columns.map((column) => property(column, 'custom.width'));
  const fixed = widths.reduce<number>((sum, width = 0) => sum + width, 0);
  const share = (roomPx - fixed) / widths.filter((width) => width === undefined).length;
  const free = columns.filter((_, place) => widths[place] === undefined);
  return free.reduce(
    (sum, column) => sum + Math.max(share, property(column, 'custom.minWidth') ?? defaults.custom.minWidth),
    fixed
  );
}

const calls = 'Start time,Direction,Source,Destination,Outcome,Queue,Agent,Talk time,Wait time,Server,Linked ID';
const callsNow =
  'State,In this state,Direction,Source,Caller name,Destination,Queue,Agent,Ringing,Calling agent,Trunk,Duration,Server';

test.each([
  ['call-search', 'Calls', calls],
  ['call-centre-today', 'Last calls', calls],
  ['agent', 'Answered calls', calls],
  ['call-centre-today', 'Calls now', callsNow],
])('in %s, a window of 1400 px shows all columns of %s', (file, title, columns) => {
  const text = readFileSync(path.join(__dirname, `../../src/dashboards/${file}.json`), 'utf8');
  const { panels } = JSON.parse(text) as { panels: Panel[] };
  const panel = panels.find((one) => one.title === title)!;
  expect(laidOut(panel, columns.split(','))).toBeLessThanOrEqual(roomPx + 1);
});
