import { utcText } from '../../query/utc-text';
import type { Status } from './status';

type Sharing = NonNullable<Status['sharing']>;

/** Seconds that the clock of this machine may be off by that of the database. */
const worrying = 2;

/** What this Grafana does with a store that it shares with others, in words; nothing where it has one to itself. */
export function sharingTexts(sharing: Status['sharing']): string[] {
  if (sharing === null) {
    return [];
  }
  const off = clockText(sharing);
  return [roleText(sharing), ...(off === null ? [] : [`${off}: set both by NTP`])];
}

export function roleText({ role, writer }: Sharing): string {
  if (writer === null) {
    return 'no Grafana writes to the store now; one that listens takes over within some seconds';
  }
  const since = utcText(writer.since);
  return role === 'writes'
    ? `this Grafana writes to the store since ${since}`
    : `this Grafana ${role}; ${writer.name} writes to the store since ${since}`;
}

/** By how much the clock of this machine is off; null where it is right. */
export function clockText({ clockOffset }: Sharing): string | null {
  const seconds = Math.round(Math.abs(clockOffset) / 1000);
  return seconds < worrying
    ? null
    : `the clock of this Grafana is ${seconds} s ${clockOffset < 0 ? 'ahead of' : 'behind'} the database's`;
}
