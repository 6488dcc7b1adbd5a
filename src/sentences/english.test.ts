import { english } from './english';
import { listOf, mapMentions, mention, sentence, verbatim } from './sentence';

test('a text is said sentence by sentence, with its values, numbers in groups of three', () => {
  const text = [sentence('notice.store.newest-missing'), sentence('notice.store.waiting', { records: 200_000 })];
  expect(english(text)).toBe(
    "The newest calls are missing because the store doesn't accept CDRs. 200,000 CDRs and events wait in memory."
  );
});

test('what counts is said of one and of several', () => {
  expect(english([sentence('notice.gap.more', { count: 1 })])).toBe('1 more gap is in this time range.');
  expect(english([sentence('notice.gap.more', { count: 2 })])).toBe('2 more gaps are in this time range.');
});

test('sentences within a sentence and lists are put in, lists by the first and how many more there are', () => {
  const since = (server: string) => sentence('notice.now.since', { server, time: 'noon' });
  const servers = listOf([since('a'), since('b'), since('c')], 2);
  expect(english([sentence('notice.now.recent', { servers })])).toContain(': a since noon, b since noon, and 1 more.');
});

test('what a sentence mentions is its text, or its name where it has one', () => {
  const agent = sentence('difference.agent', { agent: mention('agent', '1001') });
  const text = [sentence('annotation.difference.title', { place: ['pbx', agent] })];
  expect(english(text)).toContain('pbx, agent 1001');
  const named = mapMentions(text, (one) => ({ ...one, named: 'Alice (1001)' }));
  expect(english(named)).toContain('pbx, agent Alice (1001)');
});

test('braces of a PBX are put in as they are', () => {
  expect(english([verbatim('a {{- name}} of $& theirs')])).toBe('a {{- name}} of $& theirs');
});

test('a sentence that this version does not have is its id', () => {
  expect(english([{ id: 'of.tomorrow' as 'verbatim', values: {} }])).toBe('of.tomorrow');
});
