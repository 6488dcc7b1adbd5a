import type { Channel } from './channel';
import { didOf } from './numbers';
import type { Pbx } from './pbx';
import type { Random } from './random';

const callers: ReadonlyArray<readonly [number: string, name: string]> = [
  ['+33144556677', 'Amélie Poulain'],
  ['+34911223344', 'José "Pepe" Núñez'],
  ['+4930112233', 'Jürgen Groß'],
  ['+12025550142', 'Smith & Sons'],
  ['+12025550177', 'WIRELESS CALLER'],
  ['+442079460123', 'Back\\slash Ltd'],
  ['+81312345678', '山田太郎'],
  ['+48221234567', 'Łukasz Żak'],
];

const withheld = 'anonymous';

/** Who calls from outside. */
export type Caller = Pick<Channel, 'number' | 'callerName'>;

/** Whether a caller hides the number. */
export function isWithheld(number: string): boolean {
  return number === withheld;
}

/** Someone outside: now and then one who calls again, mostly a number that was never seen, seldom one that is withheld. */
export function stranger(random: Random): Caller {
  if (random.chance(0.04)) {
    return { number: withheld, callerName: 'Anonymous' };
  }
  const [number, callerName] = random.chance(0.3) ? random.pick(callers) : [`+1${tenDigits(random)}`, ''];
  return { number, callerName: callerName || number };
}

export function outsideNumber(random: Random): string {
  return `9${tenDigits(random)}`;
}

function tenDigits(random: Random): string {
  return String(Math.floor(random.between(2_000_000_000, 9_999_999_999)));
}

/** A call from outside arrives. */
export function inboundChannel(pbx: Pbx, exten: string, caller = stranger(pbx.random)): Channel {
  const device = pbx.random.weighted([
    [4, 'PJSIP/trunk-acme'],
    [1, 'PJSIP/provider-beta'],
  ]);
  const { number, callerName } = caller;
  const channel = pbx.newChannel(device, {
    number,
    callerName,
    context: 'from-trunk',
    exten,
    state: 'Ring',
    did: didOf(exten),
  });
  pbx.setDevice(device, 'INUSE');
  return channel;
}
