import { PatternError } from '../../cdr/pattern-error';
import { PluginError } from '../../plugin-protocol/plugin';
import { InvalidQueryError } from '../../query/invalid-query-error';
import { SettingsError } from '../../settings/settings-error';
import { HeavyQueryError } from '../../store/heavy-query-error';
import { SlowQueryError } from '../../store/slow-query-error';
import { StoreClosedError } from '../../store/store-closed-error';
import { shownError } from './shown-error';
import { sentence } from '../../sentences/sentence';

const path = '/var/lib/grafana/cdr-data/1-cdr.duckdb';
const failure = new Error(`IO Error: Could not read from file "${path}"`);

describe('shownError', () => {
  it('tells an Admin what failed inside, others where to look', () => {
    expect(shownError(failure, true)).toMatchObject({ message: failure.message, source: 'plugin', status: 500 });
    const { message, cause } = shownError(failure, false);
    expect(message).not.toContain(path);
    expect(message).toContain('Save & test');
    expect(cause).toBe(failure);
  });

  it.each<[number, Error]>([
    [400, new InvalidQueryError([sentence('query.invalid')])],
    [504, new SlowQueryError(30_000)],
    [400, new HeavyQueryError(new Error('Out of Memory Error'))],
    [503, new StoreClosedError()],
    [400, new RangeError('too many time buckets')],
    [400, new PatternError([sentence('pattern.nothing')])],
    [400, new SettingsError([sentence('settings.invalid')])],
    [400, new SyntaxError('no JSON')],
    [429, new PluginError('not now', 'downstream', 429)],
  ])('tells everybody what is wrong with the question: %d %s', (status, error) => {
    expect(shownError(error, false)).toMatchObject({ message: error.message, source: 'downstream', status });
  });
});
