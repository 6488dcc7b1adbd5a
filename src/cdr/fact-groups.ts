import { aloneOrOther, type AloneGroups } from './alone-groups';
import { bandOf, bandPhases, isBand, type BandBounds } from './bands';
import { businessHourValues, type BusinessHours } from './business-hours';
import {
  customLabel,
  customText,
  hourDimensions,
  type Dimension,
  type HourDimension,
  type OwnDimension,
  type StoredDimension,
} from './dimensions';
import type { Teams } from './directory';
import type { FactRow } from './fact-rows';
import { isInHours } from './hour-test';
import { monthsSince1970, offsetAt, type ZoneStretch } from './time-buckets';

/** How facts are put into groups. */
export interface Grouping {
  groupBy: readonly Dimension[];
  /** Zone of days, months, years, hours of a day and days of a week; null for that of each row's PBX. */
  clock: readonly ZoneStretch[] | null;
  /** By which agents are grouped under teams, each in every team of theirs; none where left out. */
  teams?: Teams;
  /** Bounds of the bands that are grouped by; none where left out. */
  bands?: BandBounds;
  /** By which facts are grouped as in or out of hours; none are either where left out. */
  businessHours?: BusinessHours | null;
  /** All groups stand alone where left out. */
  alone?: AloneGroups;
}

/**
 * The groups that a fact counts in, each as values in the order of `groupBy`: one, but for an agent of several teams. It is
 * in the hour, the day, the month and the year of its time.
 */
export function groupsOf(row: FactRow, plan: Grouping): string[][] {
  const { alone, groupBy } = plan;
  const groups = teamsOf(row, plan).map((team) =>
    groupBy.map((dimension) => (dimension === 'team' ? team : dimensionValue(row, dimension, plan)))
  );
  return alone ? groups.map((group) => aloneOrOther(group, alone)) : groups;
}

/** The teams that a row counts in; one that is empty where it is of none, or where groups are no teams. */
function teamsOf({ agent }: FactRow, { groupBy, teams }: Grouping): readonly string[] {
  return (groupBy.includes('team') ? teams?.get(agent) : undefined) ?? [''];
}

function dimensionValue(row: FactRow, dimension: Dimension, plan: Grouping): string {
  const label = customLabel(dimension);
  if (label !== null) {
    return customText(row.custom, label);
  }
  if (isHourDimension(dimension)) {
    const local = row.time + (plan.clock ? offsetAt(plan.clock, row.time) : row.utcOffset * 1000);
    return localHourValue(dimension, local);
  }
  if (isBand(dimension)) {
    return bandOf(row.seconds[bandPhases[dimension]], plan.bands ?? []);
  }
  if (dimension === 'businessHours') {
    const { businessHours, clock } = plan;
    return businessHours ? businessHourValues[isInHours(businessHours, clock, row) ? 0 : 1] : '';
  }
  return row[dimension as StoredDimension | OwnDimension] ?? '';
}

export function isHourDimension(dimension: Dimension): dimension is HourDimension {
  return hourDimensions.some((one) => one === dimension);
}

const hoursOf = (local: number): number => Math.floor(local / 3_600_000);
const daysOf = (local: number): number => Math.floor(local / 86_400_000);

const localValues: Readonly<Record<HourDimension, (local: number) => number>> = {
  day: daysOf,
  month: monthsSince1970,
  year: (local) => new Date(local).getUTCFullYear(),
  hourOfDay: (local) => hoursOf(local) % 24,
  dayOfWeek: (local) => ((daysOf(local) + 3) % 7) + 1,
};

/** What a local time in milliseconds is in, as groups have it: days and months are counted from January 1970. */
export function localHourValue(dimension: HourDimension, local: number): string {
  return String(localValues[dimension](local));
}
