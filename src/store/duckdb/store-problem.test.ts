import { english } from '../../sentences/english';
import { FileStillOpenError } from './open-files';
import { storeProblem } from './store-problem';

const file = '/var/lib/grafana/amiws-cdr-data/1-cdr.0123456789abcdef.duckdb';
const opening = (text: string): Error => new Error(`The store ${file} can't be opened: ${text}`);

/** Errors of the real DuckDB and of the system, and what has to be done. */
const cases: Array<[what: string, error: Error, advice: RegExp]> = [
  [
    'locked',
    opening(`IO Error: Could not set lock on file "${file}": Conflicting lock is held in /usr/bin/node (PID 7).`),
    /Another process has the file of the store open\. End that process/,
  ],
  [
    'not writable',
    opening(`EACCES: permission denied, mkdir '/var/lib/grafana/amiws-cdr-data'`),
    /isn't writable\. Allow the user that runs Grafana to write there, or set data_path/,
  ],
  [
    'in the way of a file',
    opening(`EEXIST: file already exists, mkdir '/var/lib/grafana/amiws-cdr-data'`),
    /A file exists at the path of the folder of the store\. Remove it, or set data_path/,
  ],
  [
    'full',
    new Error(`IO Error: Could not write file "${file}.wal": No space left on device`),
    /No space is left on the disk of the store\. Free some space/,
  ],
  [
    'damaged',
    opening(`IO Error: The file "${file}" exists, but it is not a valid DuckDB database file!`),
    /is damaged\. .* To keep the history, restore the file from a backup\. .* \.wal file next to it away/,
  ],
  ['out of file handles', opening('EMFILE: too many open files, open /dev/null'), /Raise the limit of open files/],
  ['still open', opening(new FileStillOpenError().message), /A statement from before has not ended/],
  [
    'of a newer version',
    opening(
      'The store has schema version 9, this version of the plugin knows up to 4. Install the newer plugin again.'
    ),
    /schema version 9, .* Install the newer plugin again\./,
  ],
  ['something else', new Error(`IO Error: Input/output error: "${file}" and /tmp/other.file`), /Input\/output error/],
  [
    'something else on Windows',
    new Error('IO Error: Cannot open file "C:\\Users\\Jane Doe\\1.duckdb": it is strange'),
    /Cannot open file the file: it is strange/,
  ],
];

describe('what is wrong with a store', () => {
  it.each(cases)('that is %s is said with what to do, and names no folder but in the detail', (_, error, advice) => {
    const { text: said, detail } = storeProblem(error);
    const text = english(said);
    expect(text).toMatch(advice);
    expect(text).not.toMatch(/\/var|\/tmp|\/dev|cdr-data\/|Users/);
    expect(text).toMatch(/[^.]\.$/);
    expect(detail).toBe(error.message);
  });

  it('is not judged by the name of its folder', () => {
    const error = new Error("The store /srv/corrupt/read-only/1.duckdb can't be opened: Out of memory");
    expect(english(storeProblem(error).text)).toBe("The store can't be opened: Out of memory.");
  });
});
