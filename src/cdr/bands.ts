import type { Phase } from './distributions';

/** Dimensions that cut facts by the seconds that they spent in a phase. */
export const bandPhases = {
  waitBand: 'wait',
  answerBand: 'answer',
  ringBand: 'ring',
  talkBand: 'talk',
} as const satisfies Record<string, Phase>;

export type BandDimension = keyof typeof bandPhases;

/** Upper bounds of bands, whole seconds in ascending order: a band holds its own, and what exceeds all has one more. */
export type BandBounds = readonly number[];

const shortTimes: BandBounds = [10, 20, 30, 60, 120];

export const defaultBounds: Readonly<Record<BandDimension, BandBounds>> = {
  waitBand: shortTimes,
  answerBand: shortTimes,
  ringBand: shortTimes,
  talkBand: [30, 60, 120, 300, 600],
};

export function isBand(dimension: string): dimension is BandDimension {
  return dimension in bandPhases;
}

/** Place of the band that seconds fall in, from 0, as text; empty where there are none. */
export function bandOf(seconds: number | undefined, bounds: BandBounds): string {
  const place = seconds === undefined ? -1 : bounds.findIndex((bound) => seconds <= bound);
  return seconds === undefined ? '' : String(place < 0 ? bounds.length : place);
}

/** Every band of some bounds, as `bandOf` gives them. */
export function bandsOf(bounds: BandBounds): string[] {
  return [...bounds.keys(), bounds.length].map(String);
}

/** A band for people, such as `11–20 s`. */
export function bandText(band: string, bounds: BandBounds): string {
  const place = Number(band);
  const from = place === 0 ? 0 : bounds[place - 1]! + 1;
  return band === ''
    ? ''
    : place === bounds.length
      ? `over ${bounds.at(-1)} s`
      : from === bounds[place]
        ? `${from} s`
        : `${from}–${bounds[place]} s`;
}
