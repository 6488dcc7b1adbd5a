import { connectionSentences } from './connection-sentences';
import { healthSentences } from './health-sentences';
import { importSentences } from './import-sentences';
import { inputSentences } from './input-sentences';
import { journeySentences } from './journey-sentences';
import { needSentences } from './need-sentences';
import { noticeSentences } from './notice-sentences';
import { querySentences } from './query-sentences';
import { setupSentences } from './setup-sentences';
import { storeSentences } from './store-sentences';
import { stretchSentences } from './stretch-sentences';

/**
 * Every sentence that the server part says and a page shows, in English by its id. `{{- name}}` is a value, `{{name, number}}` one
 * that is a number; of two forms with `_one` and `_other`, the value `count` chooses.
 */
export const sentences = {
  ...noticeSentences,
  ...stretchSentences,
  ...journeySentences,
  ...setupSentences,
  ...needSentences,
  ...querySentences,
  ...inputSentences,
  ...connectionSentences,
  ...healthSentences,
  ...importSentences,
  ...storeSentences,
  /** What another program said, such as a database, the system or a PBX, in its own words. */
  verbatim: '{{- text}}',
} as const;
