import { AmiwsState } from './amiws-state';

test.each([
  [-0.4, 0],
  [0.4, 0],
  [-1500.2, -1.5],
])('a clock that is %f ms ahead is %f s ahead, and never -0', (clockOffsetMs, seconds) => {
  const state = new AmiwsState();
  state.update({ kind: 'server', server: 'pbx', state: 'up', since: 0, clockOffsetMs });
  expect(state.clockOffsetSeconds('pbx')).toBe(seconds);
});
