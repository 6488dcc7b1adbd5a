import { PluginError } from '../plugin-protocol/plugin';
import { english } from '../sentences/english';
import type { Text } from '../sentences/sentence';

/** An error in sentences, which the page says in the user's language and everybody else in English. */
export class Refusal extends PluginError {
  constructor(
    readonly text: Text,
    source: PluginError['source'],
    status?: number,
    cause?: unknown
  ) {
    super(english(text), source, status, { cause, details: { texts: [text] } });
  }
}
