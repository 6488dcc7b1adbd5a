import { defaultDerivation } from '../../../tests/support/cdr-builders';
import { quietLog } from '../../../tests/support/quiet-log';
import { MemberNames } from '../../cdr/member-names';
import { PbxClocks } from '../../cdr/pbx-clocks';
import { Importer } from '../../import/importer';
import { parseSettings, type SavedSettings } from '../../settings/settings';
import type { StoreWriter } from '../ingest/store-writer';
import { Imports } from './imports';

const place = { type: 'postgres', host: 'db', database: 'calls', user: 'cdr' } as const;

function options(changes: SavedSettings = {}, secrets: Record<string, string> = {}) {
  return {
    settings: parseSettings({ imports: [{ server: 'pbx', type: 'csv', path: 'Master.csv' }], ...changes }),
    secrets,
    csvFolder: undefined,
    derivation: defaultDerivation,
    clocks: new PbxClocks(defaultDerivation),
    names: new MemberNames(),
    writer: {} as StoreWriter,
    log: quietLog,
  };
}

test.each<[what: string, changes: SavedSettings, secrets: Record<string, string>, ended: number]>([
  ['goes on where other settings change', { retentionDays: 30 }, {}, 0],
  ['begins by what another store knows of it', { store: place }, {}, 1],
  ['begins again where the store is reached by another password', {}, { storePassword: 'secret' }, 1],
])('an import %s', async (_, changes, secrets, ended) => {
  const closed = jest.spyOn(Importer.prototype, 'close');
  const imports = new Imports(options());
  imports.use(options(changes, secrets));
  expect(closed).toHaveBeenCalledTimes(ended);
  await imports.close();
  closed.mockRestore();
});
