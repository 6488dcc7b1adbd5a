/** What a phone does; one whose state Asterisk does not know can be called. */
export type PhoneState = 'free' | 'ringing' | 'busy' | 'unavailable';

/** A member of a queue as it stands until the next event. Times in epoch milliseconds, by our clock. */
export interface QueueMember {
  phone: PhoneState;
  /** Since when; of what a phone did before it was heard, since it was. */
  phoneSince: number;
  /** Since when the member is paused for this reason; null where it is not paused. */
  pausedSince: number | null;
  /** Empty where none was given. */
  pauseReason: string;
  /** Seconds for which the queue keeps the member from calls after each talk. */
  wrapUp: number;
  /** Until when it does, after the last talk; null where there was none. */
  restsUntil: number | null;
}

/** What a member does in a queue, which keeps one who is paused, or who writes up a talk, from calls. */
export type MemberState = PhoneState | 'paused' | 'wrap-up';

type Fields = Readonly<Record<string, string>>;

/** Device states of a queue member. Source: Asterisk devicestate.h. */
const phones: Readonly<Record<string, PhoneState>> = {
  '0': 'free',
  '1': 'free',
  '2': 'busy',
  '3': 'busy',
  '4': 'unavailable',
  '5': 'unavailable',
  '6': 'ringing',
  '7': 'busy',
  '8': 'busy',
};

/** A pause's reason as it is kept: a word or two (Asterisk: 80 characters). */
export function pauseReasonOf(text = ''): string {
  return text.trim().slice(0, 80);
}

/**
 * A member from the fields of an event about it. Asterisk 11 sends no state with a pause, and calls its reason Reason; it says
 * since when a member is paused from version 13 on (LastPause).
 *
 * @param known what was known of it before
 * @param at epoch milliseconds, by our clock
 * @param ahead milliseconds that the PBX's clock is ahead of ours
 * @param ofQueue seconds of wrap-up that the queue gives to members who have none of their own
 */
export function memberFrom(
  fields: Fields,
  known: QueueMember | undefined,
  at: number,
  ahead: number,
  ofQueue: number
): QueueMember {
  const { Status: status, Paused: paused } = fields;
  const phone = status === undefined ? (known?.phone ?? 'free') : (phones[status] ?? 'unavailable');
  const pauseReason = paused === '1' ? pauseReasonOf(fields.PausedReason ?? fields.Reason) : '';
  const wrapUp = /^[1-9]\d{0,5}$/.test(fields.Wrapuptime ?? '') ? Number(fields.Wrapuptime) : ofQueue;
  const lastCall = timeOf(fields.LastCall, ahead);
  const goesOn = known !== undefined && known.pausedSince !== null && known.pauseReason === pauseReason;
  return {
    phone,
    phoneSince: known?.phone === phone ? known.phoneSince : at,
    pausedSince:
      paused !== '1'
        ? null
        : goesOn
          ? known.pausedSince
          : known
            ? at
            : Math.min(timeOf(fields.LastPause, ahead) ?? at, at),
    pauseReason,
    wrapUp,
    restsUntil: lastCall === null ? (known?.restsUntil ?? null) : later(known, lastCall, wrapUp),
  };
}

/** A member whose talk has ended. */
export function talkEnded(member: QueueMember, at: number): QueueMember {
  return { ...member, restsUntil: later(member, at, member.wrapUp) };
}

function later(known: QueueMember | undefined, talkEnd: number, wrapUp: number): number | null {
  const restsUntil = known?.restsUntil ?? null;
  return wrapUp === 0 ? restsUntil : Math.max(restsUntil ?? 0, talkEnd + wrapUp * 1000);
}

/** Epoch seconds of the PBX's clock, 0 for never, by our clock. */
function timeOf(seconds: string | undefined, ahead: number): number | null {
  return /^[1-9]\d{0,10}$/.test(seconds ?? '') ? Number(seconds) * 1000 - ahead : null;
}

/** A member who counts as logged in: one that can be reached, or that is paused. */
export function isLoggedIn({ phone, pausedSince }: QueueMember): boolean {
  return phone !== 'unavailable' || pausedSince !== null;
}

/** @param now epoch milliseconds */
export function memberState({ phone, pausedSince, restsUntil }: QueueMember, now: number): MemberState {
  if (pausedSince !== null) {
    return 'paused';
  }
  return phone === 'free' && restsUntil !== null && restsUntil > now ? 'wrap-up' : phone;
}
