import { noon } from '../tests/support/cdr-builders';

export const day = 86_400_000;

/** The year that is asked: it ends while calls come in. Epoch milliseconds. */
export const year = { from: noon - 365 * day, to: noon };

/** The evening after, when more calls come. Epoch milliseconds. */
export const afterYear = year.to + 9 * 3_600_000;
