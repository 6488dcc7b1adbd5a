import { LivePasses } from './live-passes';

const minute = 60_000;
const now = 300_000 * 5_000_000 + 2 * minute;

test('a pass is the same to all until it ends, and ends within five minutes', () => {
  const passes = new LivePasses();
  const pass = passes.at(now, 'viewers');
  expect(passes.at(now + 2 * minute, 'viewers')).toBe(pass);
  expect(passes.endOf(pass, 'viewers')).toBe(now + 3 * minute);
  expect(passes.at(now + 3 * minute, 'viewers')).not.toBe(pass);
});

test('a pass of another process, of another time or setting, or made up is none', () => {
  const passes = new LivePasses();
  const [span, mark] = passes.at(now, 'viewers').split('-') as [string, string];
  for (const forged of [
    '',
    span,
    `${span}-`,
    `${Number(span) + 1}-${mark}`,
    `${span}-${mark}0`,
    new LivePasses().at(now, 'viewers'),
    passes.at(now, 'editors'),
  ]) {
    expect(passes.endOf(forged, 'viewers')).toBeNull();
  }
});
