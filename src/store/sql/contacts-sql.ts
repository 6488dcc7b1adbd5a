import type { ContactSelection } from '../../answers/answer-store';
import { mostContacts } from '../../answers/answer-bounds';
import type { Binds } from './binds';
import { contactNumberSql, isOfKind } from './contact-sql';
import { whereSql } from './filter-sql';
import { callTable } from './tables';

/**
 * Statement that gives the calls to and from the numbers of lost calls, and in `asked` whether a call is one of those lost
 * calls: the counterpart of `selectContactsOf`. The numbers are found first, so that a cluster sends few calls about.
 */
export function contactsSql({ from, to, filters, within }: ContactSelection, binds: Binds): string {
  const asked = (): string => `(${isOfKind('lost')} AND ${whereSql('call', { from, to }, filters, binds)})`;
  const around = `f.start_time >= ${binds.integer(from - within)} AND f.start_time < ${binds.integer(to + within)}`;
  const number = contactNumberSql(binds.dialect);
  const ofNumbers = `${number} IN (SELECT ${number} FROM call f WHERE ${asked()})`;
  return (
    `SELECT ${callTable.columnsOf('f')}, ${asked()} AS asked FROM call f WHERE ${around} ` +
    `AND (${asked()} OR (${number} <> '' AND ${isOfKind('cameThrough', 'calledBack', 'triedBack', 'lost')} ` +
    `AND ${ofNumbers})) LIMIT ${mostContacts + 1}`
  );
}
