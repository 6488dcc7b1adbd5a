/**
 * What a PBX says of a queue since its counters began: `QueueParams`, Completed and Abandoned; or of one member of it:
 * `QueueMember`, CallsTaken, who abandons nothing.
 */
export interface QueueReading {
  server: string;
  queue: string;
  /** The member's; empty for the queue as a whole. */
  interface: string;
  /** When the member was added, epoch seconds, as the PBX says: the counting began then. 0 where it is not said. */
  since: number;
  completed: number;
  abandoned: number;
  /** Epoch milliseconds. */
  at: number;
}

export type Fields = Readonly<Record<string, string>>;

const comingsAndGoings: ReadonlySet<string> = new Set(['QueueMemberAdded', 'QueueMemberRemoved']);

/** The counter that an event ends, as its key: a member who comes again begins at 0. Null for other events. */
export function endedCounter(server: string, name: string, fields: Fields): string | null {
  return comingsAndGoings.has(name)
    ? counterKey({ server, queue: fields.Queue ?? '', interface: interfaceOf(fields) })
    : null;
}

/** Null for what is no reading. */
export function readingFrom(server: string, name: string, fields: Fields, at: number): QueueReading | null {
  const { Queue: queue = '' } = fields;
  const memberInterface = interfaceOf(fields);
  if (queue !== '' && name === 'QueueParams') {
    const { Completed = '', Abandoned = '' } = fields;
    const counts = { completed: Number(Completed), abandoned: Number(Abandoned) };
    return isCount(Completed) && isCount(Abandoned) ? { server, queue, interface: '', since: 0, ...counts, at } : null;
  }
  if (queue !== '' && name === 'QueueMember' && memberInterface !== '') {
    const { CallsTaken = '', LoginTime } = fields;
    const counts = { since: Number(LoginTime) || 0, completed: Number(CallsTaken), abandoned: 0 };
    return isCount(CallsTaken) ? { server, queue, interface: memberInterface, ...counts, at } : null;
  }
  return null;
}

const isCount = (text: string): boolean => /^\d{1,9}$/.test(text);

/** QueueMember names it Location, the other events Interface. */
const interfaceOf = (fields: Fields): string => fields.Interface || fields.Location || '';

/** True where the counting began again between two readings. */
export function isReset(before: QueueReading, now: QueueReading): boolean {
  return now.completed < before.completed || now.abandoned < before.abandoned || now.since !== before.since;
}

export function counterKey({
  server,
  queue,
  interface: member,
}: Pick<QueueReading, 'server' | 'queue' | 'interface'>): string {
  return JSON.stringify([server, queue, member]);
}

/** The same for all queues of a member. */
export const memberKey = ({ server, interface: member }: QueueReading): string => JSON.stringify([server, member]);
