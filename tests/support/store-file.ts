import path from 'node:path';
import { storeName } from '../../src/store/store-name';

/** Where the server part keeps the store of a data source of organization 1. */
export function storeFile(folder: string, uid = 'cdr'): string {
  return path.join(folder, `${storeName(`1-${uid}`)}.duckdb`);
}
