import { noDirectory } from '../src/cdr/directory';
import { PbxClocks } from '../src/cdr/pbx-clocks';
import { defaultDerivation } from '../tests/support/cdr-builders';
import type { AnswerSource } from '../src/answers/answer-query';
import { parseSettings } from '../src/settings/settings';
import type { AnswerStore } from '../src/answers/answer-store';

/** A store as the source of answers, with the settings that a new data source has, and nothing that goes on now. */
export function answerSource(store: AnswerStore): AnswerSource {
  const { serviceLevelThreshold } = parseSettings({});
  return {
    store,
    defaults: { serviceLevelThreshold, clocks: new PbxClocks(defaultDerivation) },
    directory: noDirectory,
    queuesNow: () => [],
    serversNow: () => [],
    gaps: async () => [],
    differences: async () => [],
  };
}
