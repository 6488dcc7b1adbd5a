import { utcText } from '../../query/utc-text';
import { sentence, type Sentence, type Text } from '../../sentences/sentence';
import type { Status } from './status';

type Sharing = NonNullable<Status['sharing']>;

/** Seconds that the clock of this machine may be off by that of the database. */
const worrying = 2;

/** What this Grafana does with a store that it shares with others; nothing where it has one to itself. */
export function sharingTexts(sharing: Status['sharing']): Text {
  if (sharing === null) {
    return [];
  }
  const off = clockSentence(sharing);
  return [roleSentence(sharing), ...(off === null ? [] : [off, sentence('sharing.clock-advice')])];
}

export function roleSentence({ role, writer }: Sharing): Sentence {
  if (writer === null) {
    return sentence('sharing.no-writer');
  }
  const time = utcText(writer.since);
  switch (role) {
    case 'writes':
      return sentence('sharing.writes', { time });
    case 'stands by':
      return sentence('sharing.stands-by', { time, writer: writer.name });
    case 'only answers':
      return sentence('sharing.only-answers', { time, writer: writer.name });
  }
}

/** By how much the clock of this machine is off; null where it is right. */
export function clockSentence({ clockOffset }: Sharing): Sentence | null {
  const seconds = Math.round(Math.abs(clockOffset) / 1000);
  if (seconds < worrying) {
    return null;
  }
  return clockOffset < 0 ? sentence('sharing.clock-ahead', { seconds }) : sentence('sharing.clock-behind', { seconds });
}
