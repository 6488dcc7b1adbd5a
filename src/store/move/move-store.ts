import { callKey, noParts, type CallId, type CallParts } from '../../cdr/call-parts';
import { deriveParts, type Derivation } from '../../cdr/derivation';
import { PbxClocks, type KnownSpan } from '../../cdr/pbx-clocks';
import type { CallStore } from '../call-store';
import type { StoreEngine } from '../engine';
import { joined } from '../parts';

export interface MoveOptions {
  source: StoreEngine;
  /** May have calls of its own, and may be written to by others meanwhile. */
  target: CallStore;
  /** Of the target. */
  derivation: Derivation;
  /** Tells one source from another, so that a move that was broken off goes on where it was. */
  name: string;
  onProgress: (done: number, total: number) => void;
}

/** How far a move came, as the target keeps it. */
interface MoveState {
  /** The last call that is moved; null before the first. */
  after: CallId | null;
  /** Calls that are. */
  done: number;
}

/** Calls that are moved in one transaction. */
const movedAtOnce = 1_000;
const always = [0, Number.MAX_SAFE_INTEGER] as const;

/**
 * Adds all that one store has to another: calls in the order of their linked ids, then what is kept besides. What the
 * target has already is stored once. A run that was broken off goes on where it was.
 *
 * @returns false where other rules made the calls of the source, whose figures are then others than those of the target
 */
export async function moveStore(options: MoveOptions): Promise<boolean> {
  const { source, target, derivation } = options;
  const isMadeAlike = (await source.write(({ logbook }) => logbook.derivation(), 'anyone')) === derivation.key;
  if (target.sharing.isHeld) {
    // A store that is empty until now is made by its derivation from then on.
    await target.deriveAgain(() => undefined);
  }
  await moveCalls(options, isMadeAlike ? (parts) => parts : await deriving(source, derivation));
  await moveLogbook(options);
  return isMadeAlike;
}

async function moveCalls(
  { source, target, name, onProgress }: MoveOptions,
  asDerived: (parts: CallParts) => CallParts
): Promise<void> {
  const { calls: total } = await source.questions.counts();
  const key = `move:${name}`;
  let { after, done } = ((await target.importState(key)) as MoveState | undefined) ?? { after: null, done: 0 };
  for (;;) {
    onProgress(done, Math.max(done, total));
    const { ids, parts } = await readAfter(source, after);
    const last = ids.at(-1);
    if (!last) {
      break;
    }
    await target.add(joined(ids.map((id) => asDerived(parts.get(callKey(id)) ?? noParts))));
    after = last;
    done += ids.length;
    await target.keepImportState(key, { after, done } satisfies MoveState);
  }
  // Run again, it looks for what came since.
  await target.keepImportState(key, { after: null, done: 0 } satisfies MoveState);
}

async function moveLogbook({ source, target }: MoveOptions): Promise<void> {
  const { questions } = source;
  let stretches = await questions.stretchesAfter(null, movedAtOnce);
  while (stretches.length > 0) {
    await target.addStretches(stretches);
    stretches = await questions.stretchesAfter(stretches.at(-1)!, movedAtOnce);
  }
  for (const gap of await questions.gaps(...always)) {
    await target.addGap(gap);
  }
  for (const restart of await questions.restarts(...always)) {
    await target.addRestart(restart);
  }
  for (const [key, state] of await questions.importStates()) {
    if ((await target.importState(key)) === undefined) {
      await target.keepImportState(key, state);
    }
  }
  // Another process that listens meanwhile keeps these, and knows better.
  if (target.sharing.isHeld) {
    const heard = await target.lastHeard();
    const before = [...(await questions.lastHeard())].filter(([server]) => !heard.has(server));
    await target.rememberHeard(new Map([...heard, ...before]));
    await target.keepClocks(withEarlier(await questions.clocks(), await target.clocks()));
    const isAudited = (await target.readings()).length + (await target.differences(...always)).length > 0;
    if (!isAudited) {
      await target.keepAudit(await questions.readings(), await questions.differences(...always));
    }
  }
}

/** What is known of clocks, and of the time before that what another knows. */
function withEarlier(other: readonly KnownSpan[], known: readonly KnownSpan[]): KnownSpan[] {
  const earliest = new Map<string, number>();
  known.forEach(({ server, from }) => earliest.set(server, Math.min(from, earliest.get(server) ?? from)));
  return [...other.filter(({ server, to }) => to < (earliest.get(server) ?? Infinity)), ...known];
}

function readAfter(
  source: StoreEngine,
  after: CallId | null
): Promise<{ ids: CallId[]; parts: Map<string, CallParts> }> {
  return source.write(async ({ calls }) => {
    const ids = await calls.after(after, movedAtOnce);
    return { ids, parts: await calls.read(ids) };
  }, 'anyone');
}

/** Calls that other rules made are moved as the target's would read them. */
async function deriving(source: StoreEngine, derivation: Derivation): Promise<(parts: CallParts) => CallParts> {
  const clocks = new PbxClocks(derivation);
  clocks.recall(await source.questions.clocks());
  return (parts) => {
    const [first] = [...parts.records, ...parts.events];
    return first ? deriveParts(parts, derivation.rules, clocks.of(first.server)) : parts;
  };
}
