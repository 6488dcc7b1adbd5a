import { wellFormed, wellFormedFields } from './well-formed';

describe('a text that comes in', () => {
  it('has U+FFFD for what a store can not keep', () => {
    expect(wellFormed('a\0b')).toBe('a\ufffdb');
    expect(wellFormed('half \ud83d')).toBe('half \ufffd');
    expect(wellFormed('whole 😀')).toBe('whole 😀');
  });

  it('is well-formed as a label too', () => {
    const fields = { Note: 'fine' };
    expect(wellFormedFields(fields)).toBe(fields);
    expect(wellFormedFields({ 'a\0': 'b\0' })).toEqual({ 'a\ufffd': 'b\ufffd' });
  });
});
