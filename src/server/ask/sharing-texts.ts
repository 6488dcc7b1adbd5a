import { utcText } from '../../query/utc-text';
import type { Status } from './status';

/** Seconds that the clock of this machine may be off by that of the database. */
const worrying = 2;

/** What this Grafana does with a store that it shares with others, in words; nothing where it has one to itself. */
export function sharingTexts(sharing: Status['sharing']): string[] {
  return sharing === null ? [] : [roleText(sharing), ...clockText(sharing)];
}

function roleText({ role, writer }: NonNullable<Status['sharing']>): string {
  if (writer === null) {
    return 'no Grafana writes to the store now; one that listens takes over within some seconds';
  }
  const since = utcText(writer.since);
  return role === 'writes'
    ? `this Grafana writes to the store since ${since}`
    : `this Grafana ${role}; ${writer.name} writes to the store since ${since}`;
}

function clockText({ clockOffset }: NonNullable<Status['sharing']>): string[] {
  const seconds = Math.round(Math.abs(clockOffset) / 1000);
  return seconds < worrying
    ? []
    : [
        `the clock of this Grafana is ${seconds} s ${clockOffset < 0 ? 'ahead of' : 'behind'} the database's: set both by NTP`,
      ];
}
