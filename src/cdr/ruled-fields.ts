import type { CallRules } from './call-rules';
import { didOf } from './did';
import type { DirectionInput } from './direction';
import type { CdrRecord } from './record';

/** What the data source's rules make of a record. */
export type RuledFields = Pick<CdrRecord, 'direction' | 'agent' | 'did' | 'trunk' | 'callingAgent'>;

/** Where they stand in a record that is read, and in one that is derived again. */
export function ruledFields(record: DirectionInput & Pick<CdrRecord, 'custom'>, rules: CallRules): RuledFields {
  const { direction } = rules.direction(record);
  return {
    direction,
    agent: rules.agent(record.destinationChannel),
    did: didOf(record),
    trunk: rules.trunk(record, direction),
    callingAgent: rules.callingAgent({ ...record, direction }),
  };
}
