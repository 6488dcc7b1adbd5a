import { mappedText } from './mapped-text';
import type { CdrRecord } from './record';

/** The number first dialled: FreePBX's `did` where it comes, else where the record leads. */
export function didOf({ custom, destination }: Pick<CdrRecord, 'custom' | 'destination'>): string {
  return mappedText(custom, 'did') || destination;
}
