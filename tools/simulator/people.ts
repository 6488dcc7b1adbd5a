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

/** Someone outside: now and then one who calls again, mostly a number that was never seen. */
export function stranger(random: Random): { number: string; callerName: string } {
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
export function inboundChannel(pbx: Pbx, exten: string): Channel {
  const device = pbx.random.weighted([
    [4, 'PJSIP/trunk-acme'],
    [1, 'PJSIP/provider-beta'],
  ]);
  const caller = stranger(pbx.random);
  const channel = pbx.newChannel(device, {
    ...caller,
    context: 'from-trunk',
    exten,
    state: 'Ring',
    did: didOf(exten),
  });
  pbx.setDevice(device, 'INUSE');
  return channel;
}
