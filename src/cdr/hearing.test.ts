import { Hearing } from './hearing';

const minute = 60_000;
const at = (time: number) => ({ time, steady: time });
const recalled = (before: Map<string, number>): Hearing => {
  const hearing = new Hearing();
  hearing.recall(before);
  return hearing;
};

test('a PBX heard for the first time ends no gap', () => {
  expect(new Hearing().heard('pbx-a', at(5 * minute))).toBeNull();
});

test('a PBX that fell silent leaves a gap from when it was last heard', () => {
  const hearing = new Hearing();
  hearing.heard('pbx-a', at(minute));
  hearing.heard('pbx-a', at(2 * minute));
  hearing.lost('pbx-a', 'silent');
  expect(hearing.open(at(3 * minute))).toEqual([
    { server: 'pbx-a', startTime: 2 * minute, endTime: null, reason: 'silent' },
  ]);
  expect(hearing.heard('pbx-a', at(5 * minute))).toEqual({
    server: 'pbx-a',
    startTime: 2 * minute,
    endTime: 5 * minute,
    reason: 'silent',
  });
  expect(hearing.open(at(5 * minute))).toEqual([]);
});

test('the stretches in which a PBX was heard are those between its gaps, and go a minute after they ended', () => {
  const hearing = recalled(new Map([['pbx-old', 0]]));
  hearing.heard('pbx-a', at(minute));
  hearing.heard('pbx-a', at(minute + 5));
  hearing.lost('pbx-a', 'silent');
  hearing.heard('pbx-a', at(minute + 20));
  hearing.heard('pbx-a', at(minute + 30));
  expect(hearing.spans.get('pbx-a')).toEqual([
    [minute, minute + 5],
    [minute + 20, minute + 30],
  ]);
  hearing.stop(at(minute + 40));
  expect(hearing.spans.get('pbx-a')!.at(-1)).toEqual([minute + 20, minute + 40]);
  hearing.heard('pbx-a', at(3 * minute));
  expect(hearing.spans).toEqual(new Map([['pbx-a', [[3 * minute, 3 * minute]]]]));
});

test('the first reason stays: a PBX that was silent before amiws went away was silent', () => {
  const hearing = new Hearing();
  hearing.heard('pbx-a', at(minute));
  hearing.lost('pbx-a', 'silent');
  hearing.lost('pbx-a', 'disconnected');
  expect(hearing.heard('pbx-a', at(3 * minute))?.reason).toBe('silent');
});

test('what an earlier run heard last begins the gap of a restart', () => {
  const hearing = recalled(new Map([['pbx-a', minute]]));
  hearing.lost('pbx-a', 'disconnected');
  expect(hearing.heard('pbx-a', at(4 * minute))).toEqual({
    server: 'pbx-a',
    startTime: minute,
    endTime: 4 * minute,
    reason: 'stopped',
  });
  expect(hearing.lastHeard).toEqual(new Map([['pbx-a', 4 * minute]]));
});

test('an interruption is a gap, however short', () => {
  const hearing = new Hearing();
  hearing.heard('pbx-a', at(minute));
  hearing.lost('pbx-a', 'disconnected');
  expect(hearing.heard('pbx-a', at(minute + 90))).toMatchObject({ startTime: minute, endTime: minute + 90 });
});

test('a PBX that was not heard for a year is known, and its gap goes on, until it is forgotten', () => {
  const hearing = recalled(new Map([['pbx-old', 0]]));
  const year = 365 * 24 * 60 * minute;
  expect(hearing.serversNow(at(year))).toMatchObject([{ server: 'pbx-old', state: 'down' }]);
  expect(hearing.open(at(year))).toMatchObject([{ server: 'pbx-old', startTime: 0, endTime: null }]);
  expect(hearing.forget('pbx-old', at(year))).toMatchObject({ startTime: 0, endTime: year });
  expect(hearing.open(at(year))).toEqual([]);
  expect(hearing.lastHeard.size).toBe(0);
});

test('a clock of the day that is put back or forward makes a silence neither shorter nor longer', () => {
  const hearing = new Hearing();
  hearing.heard('pbx-a', { time: 100 * minute, steady: 0 });
  hearing.lost('pbx-a', 'silent');
  expect(hearing.open({ time: 40.5 * minute, steady: minute / 2 })).toMatchObject([{ startTime: 40 * minute }]);
  expect(hearing.heard('pbx-a', { time: 41 * minute, steady: minute })).toMatchObject({
    startTime: 40 * minute,
    endTime: 41 * minute,
  });
});

test('gaps begin and end at whole milliseconds, whatever the steady clock shows', () => {
  const hearing = new Hearing();
  hearing.heard('pbx-a', { time: minute, steady: 0.251 });
  hearing.lost('pbx-a', 'disconnected');
  expect(hearing.open({ time: 2 * minute, steady: minute + 0.7 })).toMatchObject([{ startTime: minute }]);
  expect(hearing.heard('pbx-a', { time: 2 * minute, steady: minute + 0.7 })).toMatchObject({ startTime: minute });
});

test('of more than a thousand PBXes the others are not admitted', () => {
  const hearing = new Hearing();
  Array.from({ length: 1_000 }, (_, n) => hearing.heard(`pbx-${n}`, at(0)));
  expect([hearing.admits('pbx-999'), hearing.admits('pbx-1000')]).toEqual([true, false]);
});

test('who stops listening has missed nothing until then', () => {
  const hearing = new Hearing();
  hearing.heard('pbx-a', at(minute));
  hearing.stop(at(minute + 14_000));
  expect(hearing.lastHeard).toEqual(new Map([['pbx-a', minute + 14_000]]));
});

test('what an earlier run heard last, known late, gives the gap until the PBX was heard first', () => {
  const hearing = new Hearing();
  hearing.heard('pbx-a', at(3 * minute));
  hearing.heard('pbx-a', at(5 * minute));
  expect(hearing.recall(new Map([['pbx-a', minute]]).set('pbx-b', minute))).toEqual([
    { server: 'pbx-a', startTime: minute, endTime: 3 * minute, reason: 'stopped' },
  ]);
  expect(hearing.lastHeard.get('pbx-a')).toBe(5 * minute);
  expect(hearing.open(at(6 * minute))).toEqual([
    { server: 'pbx-b', startTime: minute, endTime: null, reason: 'stopped' },
  ]);
});
