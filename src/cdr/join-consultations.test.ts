import { cdrRecord, queueEvent } from '../../tests/support/cdr-builders';
import { callKey } from './call-parts';
import { consultationsOf, joinConsultations } from './join-consultations';

const transfer = queueEvent('AttendedTransfer', 20, { linkedId: 'call', consultLinkedId: 'consultation' });
const ofConsultation = { linkedId: 'consultation', uniqueId: 'consultation' };

it('what was known of a consultation, and what comes with the transfer, is part of the call', () => {
  const known = { records: [], events: [queueEvent('QueueCallerJoin', 10, ofConsultation)] };
  const parts = { records: [cdrRecord(ofConsultation)], events: [transfer] };
  expect(consultationsOf(parts)).toEqual([{ server: 'pbx', linkedId: 'consultation' }]);
  const joined = joinConsultations(parts, new Map([[callKey({ server: 'pbx', linkedId: 'consultation' }), known]]));
  expect([...joined.records, ...joined.events].map(({ linkedId }) => linkedId)).toEqual(['call', 'call', 'call']);
});

it('a transfer within one call joins nothing', () => {
  const parts = { records: [], events: [{ ...transfer, consultLinkedId: 'call' }] };
  expect(consultationsOf(parts)).toEqual([]);
  expect(joinConsultations(parts, new Map()).events).toEqual(parts.events);
});
