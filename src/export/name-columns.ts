import { nameIn } from '../answers/field-names';
import type { Directory } from '../cdr/directory';
import type { SeenText } from './seen-text';

/** Fields that rows of every kind have and that the directory names. */
interface NamedRow {
  source: string;
  destination: string;
  queue: string;
  agent: string;
  callingAgent: string;
  did: string;
  trunk: string;
}

interface NameColumn {
  name: string;
  title: string;
  value: (row: NamedRow, directory: Directory, seen: SeenText) => string;
}

/** The name of an id, which says nothing where the id is masked. */
const nameOf =
  (field: keyof NamedRow): NameColumn['value'] =>
  (row, directory, seen) => {
    const id = row[field];
    const origin = field === 'queue' ? 'system' : 'free';
    return seen(origin, id) === id ? seen(origin, nameIn(directory, field, id)) : '';
  };

/** Columns of files that stand beside those of ids. */
export const nameColumns: readonly NameColumn[] = [
  { name: 'sourceName', title: 'Source name', value: nameOf('source') },
  { name: 'destinationName', title: 'Destination name', value: nameOf('destination') },
  { name: 'queueName', title: 'Queue name', value: nameOf('queue') },
  { name: 'agentName', title: 'Agent name', value: nameOf('agent') },
  { name: 'callingAgentName', title: 'Calling agent name', value: nameOf('callingAgent') },
  { name: 'didName', title: 'DID name', value: nameOf('did') },
  { name: 'trunkName', title: 'Trunk name', value: nameOf('trunk') },
  {
    name: 'agentTeams',
    title: 'Agent teams',
    value: ({ agent }, directory) => (directory.teams.get(agent) ?? []).join('; '),
  },
];
