import fc from 'fast-check';
import type { CallerSpans } from '../../src/cdr/caller-rows';
import { directions, type CdrRecord } from '../../src/cdr/record';
import { cdrRecord, noon } from './cdr-builders';

const hour = 3_600_000;
const numbers = ['+4930123456789', '030123456789', '9030 123 456 789', '5551234', 'anonymous'];

/** Spans that some of the calls of `arbitraryCalls` fall within, and others not. */
export const arbitrarySpans: fc.Arbitrary<CallerSpans> = fc.record({
  lostWithin: fc.constantFrom(hour, 3 * hour),
  repeatWithin: fc.constantFrom(hour, 2 * hour),
  now: fc.constantFrom(noon + 3 * hour, noon + 24 * hour),
});

/** Records of calls of few numbers within some hours, many at the same time, one record each. */
export const arbitraryCalls: fc.Arbitrary<CdrRecord[]> = fc
  .array(
    fc.record({
      server: fc.constantFrom('pbx-east', 'pbx-west'),
      quarter: fc.integer({ min: 0, max: 24 }),
      source: fc.constantFrom(...numbers),
      destination: fc.constantFrom(...numbers),
      direction: fc.constantFrom(...directions, 'inbound' as const, 'inbound' as const, 'outbound' as const),
      disposition: fc.constantFrom('ANSWERED', 'ANSWERED', 'NO ANSWER', 'NO ANSWER', 'BUSY'),
      lastApplication: fc.constantFrom('Dial', 'Dial', 'Queue', 'Queue', 'Playback'),
      callingAgent: fc.constantFrom('', '1001'),
      did: fc.constantFrom('100', '200'),
    }),
    { minLength: 10, maxLength: 30 }
  )
  .map((calls) =>
    calls.map(({ quarter, ...call }, index) => {
      const startTime = noon + (quarter * hour) / 4;
      const isAnswered = call.disposition === 'ANSWERED';
      return cdrRecord({
        ...call,
        uniqueId: `${noon / 1000}.${index}`,
        startTime,
        answerTime: isAnswered ? startTime + 2000 : null,
        endTime: startTime + 10_000,
        billableSeconds: isAnswered ? 8 : 0,
        queue: call.lastApplication === 'Queue' ? 'support' : '',
        destinationChannel: call.lastApplication === 'Playback' ? '' : 'PJSIP/1001-00000002',
      });
    })
  );
