import type { AnswerSource } from '../../src/answers/answer-query';
import type { AnswerStore } from '../../src/answers/answer-store';
import { noDirectory } from '../../src/cdr/directory';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { parseSettings } from '../../src/settings/settings';
import { defaultDerivation } from './cdr-builders';

/** A store as the source of answers, with the settings that a new data source has, and nothing that goes on now. */
export function answerSource<S extends AnswerStore>(
  store: S,
  clocks = new PbxClocks(defaultDerivation)
): AnswerSource & { store: S } {
  const { serviceLevelThreshold } = parseSettings({});
  return {
    store,
    defaults: { serviceLevelThreshold, clocks },
    directory: noDirectory,
    boardNow: () => ({ queues: [], calls: [], now: Date.now() }),
    agentOf: (memberInterface) => memberInterface,
    serversNow: () => [],
    gaps: async () => [],
    differences: async () => [],
  };
}
