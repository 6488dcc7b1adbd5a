import { callKey, type CallId, type CallParts } from './call-parts';

/** Calls that an attended transfer in `parts` makes part of another one: the consultations with those it was made to. */
export function consultationsOf({ events }: CallParts): CallId[] {
  return events
    .filter(({ consultLinkedId, linkedId }) => consultLinkedId !== '' && consultLinkedId !== linkedId)
    .map(({ server, consultLinkedId }) => ({ server, linkedId: consultLinkedId }));
}

/**
 * Parts with those of each consultation, what was known of it before too, as parts of the call that was transferred: its
 * caller goes on where the transferer was.
 * @param known what stands of calls, by `callKey`
 */
export function joinConsultations(parts: CallParts, known: ReadonlyMap<string, CallParts>): CallParts {
  const into = new Map(
    parts.events
      .filter(({ consultLinkedId }) => consultLinkedId !== '')
      .map(({ server, consultLinkedId, linkedId }) => [callKey({ server, linkedId: consultLinkedId }), linkedId])
  );
  if (into.size === 0) {
    return parts;
  }
  const place = <T extends CallId>(part: T): T => ({ ...part, linkedId: into.get(callKey(part)) ?? part.linkedId });
  const before = [...into.keys()].flatMap((key) => known.get(key) ?? []);
  return {
    records: [...before.flatMap(({ records }) => records), ...parts.records].map(place),
    events: [...before.flatMap(({ events }) => events), ...parts.events].map(place),
  };
}
