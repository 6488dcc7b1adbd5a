import { Hearing } from './hearing';

const minute = 60_000;

test('a PBX heard for the first time ends no gap', () => {
  expect(new Hearing(new Map()).heard('pbx-a', 5 * minute)).toBeNull();
});

test('a PBX that fell silent leaves a gap from when it was last heard', () => {
  const hearing = new Hearing(new Map());
  hearing.heard('pbx-a', minute);
  hearing.heard('pbx-a', 2 * minute);
  hearing.lost('pbx-a', 'silent');
  expect(hearing.open(3 * minute)).toEqual([
    { server: 'pbx-a', startTime: 2 * minute, endTime: null, reason: 'silent' },
  ]);
  expect(hearing.heard('pbx-a', 5 * minute)).toEqual({
    server: 'pbx-a',
    startTime: 2 * minute,
    endTime: 5 * minute,
    reason: 'silent',
  });
  expect(hearing.open(5 * minute)).toEqual([]);
});

test('the first reason stays: a PBX that was silent before amiws went away was silent', () => {
  const hearing = new Hearing(new Map());
  hearing.heard('pbx-a', minute);
  hearing.lost('pbx-a', 'silent');
  hearing.lost('pbx-a', 'disconnected');
  expect(hearing.heard('pbx-a', 3 * minute)?.reason).toBe('silent');
});

test('what an earlier run heard last begins the gap of a restart', () => {
  const hearing = new Hearing(new Map([['pbx-a', minute]]));
  hearing.lost('pbx-a', 'disconnected');
  expect(hearing.heard('pbx-a', 4 * minute)).toEqual({
    server: 'pbx-a',
    startTime: minute,
    endTime: 4 * minute,
    reason: 'stopped',
  });
  expect(hearing.lastHeard).toEqual(new Map([['pbx-a', 4 * minute]]));
});

test('an interruption of less than a second is no gap', () => {
  const hearing = new Hearing(new Map());
  hearing.heard('pbx-a', minute);
  hearing.lost('pbx-a', 'disconnected');
  expect(hearing.heard('pbx-a', minute + 900)).toBeNull();
});

test('a PBX that was not heard for a week is out of service and no gap is open for it', () => {
  const hearing = new Hearing(new Map([['pbx-old', 0]]));
  const week = 7 * 24 * 60 * minute;
  expect(hearing.serversNow(week - 1000)).toEqual([
    { server: 'pbx-old', state: 'down', silentSeconds: week / 1000 - 1 },
  ]);
  expect(hearing.serversNow(week)).toEqual([]);
  expect(hearing.open(week)).toEqual([]);
});

test('who stops listening has missed nothing until then', () => {
  const hearing = new Hearing(new Map());
  hearing.heard('pbx-a', minute);
  hearing.stop(minute + 14_000);
  expect(hearing.lastHeard).toEqual(new Map([['pbx-a', minute + 14_000]]));
});

test('what an earlier run heard last, known late, gives the gap until the PBX was heard first', () => {
  const hearing = new Hearing(new Map());
  hearing.heard('pbx-a', 3 * minute);
  hearing.heard('pbx-a', 5 * minute);
  expect(hearing.recall(new Map([['pbx-a', minute]]).set('pbx-b', minute))).toEqual([
    { server: 'pbx-a', startTime: minute, endTime: 3 * minute, reason: 'stopped' },
  ]);
  expect(hearing.lastHeard.get('pbx-a')).toBe(5 * minute);
  expect(hearing.open(6 * minute)).toEqual([{ server: 'pbx-b', startTime: minute, endTime: null, reason: 'stopped' }]);
});
