import { thisMachine } from '../../tools/test/machine';
import type { Need } from '../../tools/test/needs';

/** `describe` where the machine meets the needs. Elsewhere `npm test` names them as left out, and fails in CI. */
export const describeWhere = (...needs: Need[]): jest.Describe =>
  needs.every(({ isMet }) => isMet(thisMachine)) ? describe : describe.skip;
