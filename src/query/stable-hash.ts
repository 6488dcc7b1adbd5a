const prime = 0x100000001b3n;
const offsetBasis = 0xcbf29ce484222325n;

/**
 * 64-bit FNV-1a of a JSON value as 16 hex digits, the same in whatever order an object's keys were set. Written here
 * because `crypto.subtle` is missing where Grafana is served over plain http.
 */
export function stableHash(json: unknown): string {
  let hash = offsetBasis;
  for (const byte of new TextEncoder().encode(JSON.stringify(json, sortKeys))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  }
  return hash.toString(16).padStart(16, '0');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
