import * as v from 'valibot';

/** What databases listen at by default. */
export const databasePorts = { mysql: 3306, postgres: 5432 } as const;

/** 0 for the database's own. */
export const databasePort = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 0);
