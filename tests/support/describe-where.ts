import { thisMachine } from '../../tools/test/machine';
import type { Need } from '../../tools/test/needs';

/** `describe` where the machine meets the needs. Elsewhere `npm test` names them as left out, and fails in CI. */
export const describeWhere = (...needs: Need[]): jest.Describe => (areMet(needs) ? describe : describe.skip);

/** The same for one test. */
export const itWhere = (...needs: Need[]): jest.It => (areMet(needs) ? it : it.skip);

const areMet = (needs: readonly Need[]): boolean => needs.every(({ isMet }) => isMet(thisMachine));
