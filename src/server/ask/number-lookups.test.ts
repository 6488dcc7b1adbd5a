import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { itWhere } from '../../../tests/support/describe-where';
import { posix } from '../../../tools/test/needs';
import { NumberLookups } from './number-lookups';

const hour = 3_600_000;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `555${1000 + n}`);

describe('look-ups of numbers', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lookups-'));
    file = path.join(folder, '1-cdr.lookups.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are 60 different ones an hour for a user, each as often as panels refresh', () => {
    const lookups = new NumberLookups(file);
    expect(lookups.admit('ann', numbers(60), 0)).toBe(true);
    expect(lookups.admit('ann', numbers(60), 1)).toBe(true);
    expect(lookups.admit('ann', ['5559999'], 2)).toBe(false);
    expect(lookups.admit('bob', ['5559999'], 2)).toBe(true);
    expect(lookups.admit('ann', ['5559999'], hour + 2)).toBe(true);
  });

  it('are refused whole when they are more', () => {
    expect(new NumberLookups(file).admit('ann', numbers(61), 0)).toBe(false);
  });

  it('count on after the program was killed, without a moment in which they are not on disk', () => {
    expect(new NumberLookups(file).admit('ann', numbers(59), 0)).toBe(true);
    expect(new NumberLookups(file).admit('ann', ['5559999'], 1)).toBe(true);
    const again = new NumberLookups(file);
    expect(again.admit('ann', ['5558888'], 2)).toBe(false);
    expect(again.admit('ann', ['5559999'], 2)).toBe(true);
    expect(again.admit('bob', ['5558888'], 2)).toBe(true);
    expect(again.admit('ann', ['5558888'], hour + 2)).toBe(true);
  });

  it('are counted from nothing where the file can not be read, and in memory where it can not be written', () => {
    writeFileSync(file, '{"ann":');
    expect(new NumberLookups(file).admit('ann', numbers(60), 0)).toBe(true);
    const nowhere = new NumberLookups(path.join(folder, 'none', 'x.json'));
    expect(nowhere.admit('ann', numbers(60), 0)).toBe(true);
    expect(nowhere.admit('ann', ['5559999'], 1)).toBe(false);
  });

  itWhere(posix)('stand in a file that others can not read and that names no number', () => {
    new NumberLookups(file).admit('ann', ['5551234'], 0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain('5551234');
  });
});
