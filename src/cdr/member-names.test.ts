import { MemberNames } from './member-names';

const member = (name: string, memberInterface: string, queue = 'one') => ({
  Event: 'AgentConnect',
  MemberName: name,
  Interface: memberInterface,
  Queue: queue,
});

describe('members by their names', () => {
  it('have the interface that events show, of the same PBX, in other queues too', () => {
    const names = new MemberNames();
    names.hear('pbx', member('Alice', 'PJSIP/1001'));
    names.hear('pbx', { Event: 'QueueMember', Name: 'Bob', Location: 'SIP/1002', Queue: 'one' });
    names.hear('pbx', member('PJSIP/1003', 'PJSIP/1003'));
    expect(names.interfaceOf('pbx', 'one', 'Alice')).toBe('PJSIP/1001');
    expect(names.interfaceOf('pbx', 'two', 'Bob')).toBe('SIP/1002');
    expect(names.interfaceOf('other', 'one', 'Alice')).toBe('Alice');
    expect(names.interfaceOf('pbx', 'one', 'PJSIP/1003')).toBe('PJSIP/1003');
  });

  it('that several have are those of a queue where one alone has it', () => {
    const names = new MemberNames();
    names.hear('pbx', member('Alice', 'PJSIP/1001', 'one'));
    names.hear('pbx', member('Alice', 'PJSIP/1009', 'two'));
    expect(names.interfaceOf('pbx', 'two', 'Alice')).toBe('PJSIP/1009');
    expect(names.interfaceOf('pbx', 'three', 'Alice')).toBe('Alice');
    names.hear('pbx', member('Alice', 'PJSIP/1002', 'two'));
    expect(names.interfaceOf('pbx', 'two', 'Alice')).toBe('Alice');
  });

  it('are the agents whom an earlier run knew by these names', () => {
    const names = new MemberNames({ agentNamed: (server, name) => (name === 'Alice' ? `${server}-1001` : null) });
    expect(names.interfaceOf('pbx', 'one', 'Alice')).toBe('pbx-1001');
    expect(names.interfaceOf('pbx', 'one', 'PJSIP/1')).toBe('PJSIP/1');
    names.hear('pbx', member('Alice', 'PJSIP/1001'));
    expect(names.interfaceOf('pbx', 'one', 'Alice')).toBe('PJSIP/1001');
  });
});
