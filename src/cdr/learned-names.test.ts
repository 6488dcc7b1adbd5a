import { cdrRecord, defaultRules } from '../../tests/support/cdr-builders';
import { LearnedNames } from './learned-names';

const member = (Interface: string, MemberName: string) => ({ Event: 'QueueMemberStatus', Interface, MemberName });

function learned(...events: Array<Record<string, string>>): LearnedNames {
  const names = new LearnedNames();
  events.forEach((fields) => names.learn('pbx', fields, undefined, defaultRules));
  return names;
}

function ofRecord(fields: Parameters<typeof cdrRecord>[0]): string[] {
  const names = new LearnedNames();
  names.learn('pbx', {}, cdrRecord(fields), defaultRules);
  return names.all.map(({ agent, name }) => `${agent} ${name}`);
}

test('a queue member has the name that app_queue calls him by, the latest one', () => {
  const names = learned(member('PJSIP/1001', 'Alice'), member('PJSIP/1001', 'Alice Miller'), {
    Event: 'QueueMember',
    Name: 'Zoë Müller',
    Location: 'Local/2002@from-queue/n',
  });
  expect(names.of('agent', '1001')).toEqual(['Alice Miller']);
  expect(names.of('agent', '2002')).toEqual(['Zoë Müller']);
  expect(names.of('queue', '1001')).toEqual([]);
  expect(names.lessons).toBe(3);
});

test.each(['PJSIP/1001', '1001', '', '<unknown>', '+49 30', 'SIP/other'])('%j is no name of a member', (name) => {
  expect(learned(member('PJSIP/1001', name)).all).toEqual([]);
});

test("a phone's own call names it, and one that the trunk renamed does so by cnum and cnam", () => {
  const channel = 'PJSIP/1001-00000001';
  expect(ofRecord({ channel, callerId: '"Ann \\"A\\" Miller" <1001>' })).toEqual(['1001 Ann "A" Miller']);
  expect(ofRecord({ channel, callerId: 'Ann <1001>' })).toEqual(['1001 Ann']);
  expect(ofRecord({ channel, callerId: '"ACME Inc" <4930555000>' })).toEqual([]);
  const custom = { CNUM: '1001', cnam: 'Ann Miller' };
  expect(ofRecord({ channel, callerId: '"ACME Inc" <4930555000>', custom })).toEqual(['1001 Ann Miller']);
});

test('a caller from outside names nobody, whatever number he sends', () => {
  expect(ofRecord({ channel: 'PJSIP/trunk-a-00000001', callerId: '"Not Ann" <1001>' })).toEqual([]);
});

test('two PBXes may call one extension differently, and one of them may be forgotten', () => {
  const names = new LearnedNames();
  names.learn('pbx-west', member('PJSIP/1001', 'Bob'), undefined, defaultRules);
  names.learn('pbx-east', member('PJSIP/1001', 'Alice'), undefined, defaultRules);
  expect(names.of('agent', '1001')).toEqual(['Alice', 'Bob']);
  names.forget('pbx-east');
  expect(names.of('agent', '1001')).toEqual(['Bob']);
});

test('what a run before knew stands until a newer name comes', () => {
  const names = learned(member('PJSIP/1001', 'Alice Miller'));
  const before = (agent: string, name: string) => ({ server: 'pbx', agent, name });
  names.recall([before('1001', 'Alice'), before('1002', 'Bob')]);
  expect([names.of('agent', '1001'), names.of('agent', '1002')]).toEqual([['Alice Miller'], ['Bob']]);
});

test('of more names than are kept those that were learned first go', () => {
  const names = new LearnedNames();
  names.recall(Array.from({ length: 10_002 }, (_, n) => ({ server: 'pbx', agent: `a${n}`, name: 'Ann' })));
  expect(names.all).toHaveLength(10_000);
  expect(names.all[0]!.agent).toBe('a2');
});
