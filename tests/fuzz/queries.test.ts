import fc from 'fast-check';
import { answerQuery } from '../../src/answers/answer-query';
import { maskedQuery } from '../../src/answers/ask-masked';
import { maskAnswer } from '../../src/answers/mask-numbers';
import { InvalidQueryError } from '../../src/query/invalid-query-error';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { parseLiveRequest } from '../../src/server/live/live-request';
import { PluginError } from '../../src/plugin-protocol/plugin';
import { cdrRecord, defaultDerivation, noon } from '../support/cdr-builders';
import { badQuestion } from './bad-question';
import { patience, runs } from './runs';
import { answerSource } from '../support/answer-source';

/** Gives what `task` makes, or null for one of the errors that tell a user what was wrong. */
function orRefused<T>(task: () => T): T | null {
  try {
    return task();
  } catch (error) {
    expectClear(error);
    return null;
  }
}

function expectClear(error: unknown): void {
  const isUsers = error instanceof InvalidQueryError || error instanceof PluginError || error instanceof RangeError;
  if (!isUsers || error.message.length < 10) {
    throw new Error(`Expected an error that tells what is wrong with the question, found ${String(error)}`, {
      cause: error,
    });
  }
}

test(
  'any question is answered or refused with what is wrong with it, masked or not',
  async () => {
    const store = await openDuckDbStore(':memory:', defaultDerivation);
    await store.add({ records: [cdrRecord({ custom: { Mobile: '4930555123' } })], events: [] });
    const source = answerSource(store);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(badQuestion, fc.constantFrom(0, noon - 3_600_000, noon), async (json, from) => {
        const query = orRefused(() => parseQuery(json));
        if (query === null) {
          return;
        }
        const masked = orRefused(() => maskedQuery(query));
        const range = { from, to: noon + 3_600_000, intervalMs: 60_000 };
        for (const asked of [query, ...(masked ? [masked] : [])]) {
          try {
            await maskAnswer(await answerQuery(source, asked, range), 4);
            answered++;
          } catch (error) {
            expectClear(error);
          }
        }
      }),
      { numRuns: runs(0.05), endOnFailure: true }
    );
    console.log(`${runs(0.05)} questions, right and masked: ${answered} answers, the others refused`);
    expect(answered).toBeGreaterThan(0);
    expect(await store.counts()).toMatchObject({ records: 1, calls: 1 });
    await store.close();
  },
  patience
);

test(
  'settings and data of live channels are taken or refused with what is wrong with them',
  () => {
    const object = fc.oneof(
      fc.object({
        maxDepth: 2,
        key: fc.constantFrom(
          'amiwsUrl',
          'headerNames',
          'directionRules',
          'retentionDays',
          'query',
          'start',
          'intervalMs',
          'rangeMs'
        ),
      }),
      fc.jsonValue()
    );
    fc.assert(
      fc.property(object, (json) => {
        for (const parse of [parseSettings, parseLiveRequest]) {
          try {
            parse(json);
          } catch (error) {
            expect((error as Error).message).toMatch(/can't be (used|answered)|A query must be an object/);
          }
        }
      }),
      { numRuns: runs(0.02), endOnFailure: true }
    );
    console.log(`${runs(0.02)} settings and requests of live channels`);
  },
  patience
);
