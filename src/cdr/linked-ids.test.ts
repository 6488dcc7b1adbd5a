import { LinkedIds } from './linked-ids';

const heard = (...events: Array<[uniqueId: string, channel: string, linkedId: string]>) => {
  const ids = new LinkedIds();
  events.forEach((event) => ids.hear('pbx', ...event));
  return ids;
};

describe('the call of a channel', () => {
  it('is that of the first linked id that it bore, whatever a transfer or a pool of agents gives it later', () => {
    const ids = heard(['1.2', 'PJSIP/1001-00000002', '1.1'], ['1.2', 'PJSIP/1001-00000002', 'login.1']);
    expect(ids.ofChannel('pbx', '1.2', 'PJSIP/1001-00000002')).toBe('1.1');
  });

  it('is that of the Local channel before it for what is behind one', () => {
    const ids = heard(['1.2', 'Local/1001@agents-00000001;1', '1.1']);
    expect(ids.ofChannel('pbx', '1.3', 'Local/1001@agents-00000001;2')).toBe('1.1');
  });

  it('is its own id where nothing was heard of it, or only of another PBX', () => {
    const ids = heard(['1.2', '', '1.1'], ['', '', '1.1'], ['1.3', '', '']);
    expect(ids.ofChannel('other', '1.2', 'PJSIP/1001-00000002')).toBe('1.2');
    expect(ids.ofChannel('pbx', '1.3', '')).toBe('1.3');
  });
});

describe('a consultation', () => {
  it('is part of the call that it was transferred into, through as many transfers as follow', () => {
    const ids = new LinkedIds();
    ids.join('pbx', 'third', 'second');
    ids.join('pbx', 'second', 'first');
    expect(ids.callOf('pbx', 'third')).toBe('first');
    expect(ids.callOf('pbx', 'first')).toBe('first');
    expect(ids.callOf('other', 'second')).toBe('second');
  });

  it('that two transfers put into one another stays what it was', () => {
    const ids = new LinkedIds();
    ids.join('pbx', 'second', 'first');
    ids.join('pbx', 'first', 'second');
    expect(ids.callOf('pbx', 'second')).toBe('first');
  });
});
