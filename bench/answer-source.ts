import type { AnswerSource } from '../src/answers/answer-query';
import { parseSettings } from '../src/settings/settings';
import type { AnswerStore } from '../src/answers/answer-store';

/** A store as the source of answers, with the settings that a new data source has, and nothing that goes on now. */
export function answerSource(store: AnswerStore): AnswerSource {
  const { serviceLevelThreshold, timeZone } = parseSettings({});
  return {
    store,
    defaults: { serviceLevelThreshold, timeZone, pbxOffset: 0 },
    queuesNow: () => [],
    serversNow: () => [],
    gaps: async () => [],
  };
}
