/**
 * Seconds by which a record was answered before the person was: after Answer() by an IVR or an announcement its billable
 * seconds hold the ringing too. Less than two may be the difference of clocks. A record's times are whole seconds.
 */
export function secondsBefore(answerTime: number | null, personAt: number | null): number {
  const early = answerTime === null || personAt === null ? 0 : Math.floor(personAt / 1000) - answerTime / 1000;
  return early >= 2 ? early : 0;
}
