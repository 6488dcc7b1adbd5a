import { bandOf, bandsOf, bandText } from './bands';

const bounds = [10, 20, 21, 60];

describe('a band', () => {
  it('holds its upper bound, as a service level holds its threshold', () => {
    expect([0, 10, 11, 20, 21, 22, 60, 61].map((seconds) => bandOf(seconds, bounds)).join('')).toBe('00112334');
  });

  it('takes what is between two whole seconds to the upper one', () => {
    expect(bandOf(10.4, bounds)).toBe('1');
  });

  it('is none where no seconds are', () => {
    expect(bandOf(undefined, bounds)).toBe('');
    expect(bandText('', bounds)).toBe('');
  });

  it('is named by its whole seconds', () => {
    expect(bandsOf(bounds).map((band) => bandText(band, bounds))).toEqual([
      '0–10 s',
      '11–20 s',
      '21 s',
      '22–60 s',
      'over 60 s',
    ]);
  });
});
