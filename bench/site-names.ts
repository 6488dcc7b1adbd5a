import type { AgentStretch } from '../src/cdr/agent-presence';
import type { CallParts } from '../src/cdr/call-parts';

/** Sites and PBXes, each with call ids of its own. */
const places = 8;

/**
 * Gives what a simulated site told names of its own: the simulator knows three queues and ten agents a PBX. `support`
 * becomes `support-2`, 1001 on the second PBX 1301, and no two calls have one id.
 */
export function atSite(site: number, { records, events }: CallParts): CallParts {
  return {
    records: records.map((record) => {
      const { id, extension, queue } = namesOf(site, record.server);
      return {
        ...record,
        uniqueId: id(record.uniqueId),
        linkedId: id(record.linkedId),
        source: extension(record.source),
        destination: extension(record.destination),
        callerId: extension(record.callerId),
        channel: extension(record.channel),
        destinationChannel: extension(record.destinationChannel),
        lastData: queue(extension(record.lastData)),
        agent: extension(record.agent),
        queue: queue(record.queue),
      };
    }),
    events: events.map((event) => {
      const { id, extension, queue } = namesOf(site, event.server);
      return {
        ...event,
        uniqueId: id(event.uniqueId),
        linkedId: id(event.linkedId),
        memberUniqueId: id(event.memberUniqueId),
        queue: queue(event.queue),
        interface: extension(event.interface),
        memberChannel: extension(event.memberChannel),
        consultLinkedId: id(event.consultLinkedId),
      };
    }),
  };
}

export function stretchAtSite(site: number, stretch: AgentStretch): AgentStretch {
  const { extension, queue } = namesOf(site, stretch.server);
  return { ...stretch, agent: extension(stretch.agent), queues: stretch.queues.map(queue) };
}

function namesOf(site: number, server: string) {
  const place = 2 * site + (server === 'pbx-east' ? 0 : 1);
  return {
    id: (text: string) => text.replace(/\.(\d+)$/, (_, n: string) => `.${Number(n) * places + place}`),
    extension: (text: string) => text.replace(/(?<=^|[/<])([12])0(0\d)(?=$|[-@,>/])/, `$1${place}$2`),
    queue: (text: string) => text.replace(/^(support|sales|billing)(?=$|,)/, `$1-${site + 1}`),
  };
}
