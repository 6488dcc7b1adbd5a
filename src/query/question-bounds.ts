import type { SizeBounds } from '../settings/size-problem';

/** How large a question may be; a variable with all of its values put in is the largest that people make. */
export const questionSize: SizeBounds = { values: 12_000, entries: 5_000, text: 4_000, texts: 200_000, depth: 8 };

/** Patterns of all filters of a question; each runs over every row of the range. */
export const maxPatterns = 20;
/** Custom fields and ad hoc filters that one question may filter by, each. */
export const maxConditions = 50;
/** Fields that statistics may be grouped by. */
export const maxGroupBy = 8;
/** Groups that a question may ask to be told apart from the rest. */
export const maxTop = 1_000;
/** Bounds of bands. */
export const maxBands = 20;
/** Hours in which a lost caller may be reached: a month. */
export const maxCallBackHours = 744;
/** Days in which a call may be a repeated one. */
export const maxRepeatDays = 31;
/** Rows that one answer may hold. */
export const maxLimit = 100_000;
/** Rows that may be left out before the first. */
export const maxOffset = 100_000_000;
/** Seconds that a duration or a threshold may be: a year. */
export const maxSeconds = 366 * 86_400;
