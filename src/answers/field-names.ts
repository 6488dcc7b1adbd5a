import type { Directory, DirectoryKind } from '../cdr/directory';

/** What the ids of a field are of, the likeliest first: a number may be that of an agent. */
const kindsOf: ReadonlyMap<string, readonly DirectoryKind[]> = new Map([
  ['agent', ['agent']],
  ['ringing', ['agent']],
  ['queue', ['queue']],
  ['queues', ['queue']],
  ['source', ['number', 'agent']],
  ['destination', ['number', 'agent', 'queue']],
  ['did', ['number', 'agent', 'queue']],
  ['trunk', ['trunk']],
  ['callingAgent', ['agent']],
  ['party', ['number', 'agent', 'queue']],
  ['transferTarget', ['agent', 'queue', 'number']],
]);

/** Fields whose ids may have names. */
export const namedFields: readonly string[] = [...kindsOf.keys()];

/** The name of an id that a field holds; empty where it has none. */
export function nameIn(directory: Directory, field: string, id: string): string {
  for (const kind of kindsOf.get(field) ?? []) {
    const name = directory.nameOf(kind, id);
    if (name !== '') {
      return name;
    }
  }
  return '';
}

/** An id that a field holds as it is shown, such as `Alice Miller (1001)`. */
export function labelIn(directory: Directory, field: string, id: string): string {
  const name = id === '' ? '' : nameIn(directory, field, id);
  return name === '' || name === id ? id : `${name} (${id})`;
}
