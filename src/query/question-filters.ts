import { isSecondsBound, secondsBounds, type ConditionField, type FilterField } from '../cdr/filter-fields';
import type { QueryType } from './model';

const ofCallsNow = [
  'source',
  'destination',
  'direction',
  'queue',
  'agent',
  'team',
  'callingAgent',
  'did',
  'trunk',
  'accountCode',
  'server',
  'linkedId',
  'duration',
] as const satisfies readonly ConditionField[];

/** Fields that the answers of some types can be filtered by; those of the others by all. */
const fieldsOf: Partial<Record<QueryType, readonly ConditionField[]>> = {
  queueStatus: ['queue', 'server'],
  agentStatus: ['queue', 'agent', 'team', 'server', 'pauseReason'],
  callsNow: ofCallsNow,
  callersWaiting: ofCallsNow,
  servers: ['server'],
  journey: ['linkedId', 'server'],
};

/** Whether an answer of a type can be filtered by a field, or by a bound of it. */
export function canFilterBy(type: QueryType, filter: FilterField): boolean {
  const field = isSecondsBound(filter) ? secondsBounds[filter].field : filter;
  return fieldsOf[type]?.includes(field) ?? true;
}
