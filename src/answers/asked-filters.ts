import type { BusinessHours } from '../cdr/business-hours';
import type { Directory } from '../cdr/directory';
import { asLists } from '../cdr/as-lists';
import type { CdrFilters } from '../cdr/filters';
import { withoutHours } from '../cdr/without-hours';
import { withoutTeams } from '../cdr/without-teams';
import { zoneStretches, type ZoneStretch } from '../cdr/time-buckets';

const day = 86_400_000;

/** What filters are looked at with that is no part of a fact. */
export interface FilterContext {
  directory: Pick<Directory, 'teams'>;
  businessHours: BusinessHours | null;
}

/** Filters as a store takes them: those by teams and by hours as tests of agents and of times. */
export function askedFilters(
  filters: CdrFilters,
  { directory, businessHours }: FilterContext,
  clock: readonly ZoneStretch[] | null
): CdrFilters {
  return withoutHours(withoutTeams(asLists(filters), directory.teams), businessHours, clock);
}

/** The zone of days and hours that a question names, over its range in epoch milliseconds; null for that of each row's PBX. */
export function namedClock(timeZone: string, from: number, to: number): ZoneStretch[] | null {
  return timeZone === 'pbx' ? null : zoneStretches(timeZone, from - day, to + day);
}
