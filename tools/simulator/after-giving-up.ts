import type { Channel } from './channel';
import { isWithheld } from './people';
import type { Pbx } from './pbx';
import { outboundCall } from './simple-calls';
import type { Script } from './timeline';

/** Who is called back at once is nobody: an agent looks through the list first. Seconds. */
const callBackAfter = [120, 3_600] as const;
const callAgainAfter = [30, 1_200] as const;

/**
 * What follows when a caller gave up: some call again, some are called back, and some never hear of it. Nobody can call back a
 * number that is withheld.
 */
export function* afterGivingUp(pbx: Pbx, caller: Channel, callAgain: () => Script): Script {
  const { random } = pbx;
  const next = random.weighted([
    [40, 'calls again'],
    [35, 'is called back'],
    [25, 'is lost'],
  ] as const);
  if (next === 'calls again') {
    yield random.between(...callAgainAfter);
    yield* callAgain();
  } else if (next === 'is called back' && !isWithheld(caller.number)) {
    yield random.between(...callBackAfter);
    yield* outboundCall(pbx, `9${caller.number.replace('+', '')}`);
  }
}
