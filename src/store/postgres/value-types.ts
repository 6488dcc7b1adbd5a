import { types, type CustomTypesConfig } from 'pg';

const asText = (value: string): string => value;
const textList = (types.getTypeParser as (type: number) => (value: string) => unknown)(1009);

/** How values come from the server, by the number of their type. Source: PostgreSQL, pg_type.dat. */
const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  16: (value) => value === 't',
  // int8, int2, int4, float4, float8, numeric: whole numbers of a store are times and counts, far below 2^53.
  20: Number,
  21: Number,
  23: Number,
  700: Number,
  701: Number,
  1700: Number,
  // text[], varchar[]
  1009: textList,
  1015: textList,
};

/** Of single statements: what else the process asks through `pg`, such as the import, has types of its own. */
export const asStored: CustomTypesConfig = {
  getTypeParser: ((type: number) => parsers[type] ?? asText) as CustomTypesConfig['getTypeParser'],
};
