import * as v from 'valibot';

/** 0 for the database's own. */
export const databasePort = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 0);
