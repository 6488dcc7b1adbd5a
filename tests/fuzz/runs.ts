/** Bad inputs of one whole run, all tests together: some thousand in CI, a million by `npm run fuzz`. */
const all = Number(process.env.FUZZ_INPUTS ?? 6_000);

/** How often a property is tried that gets a share (0 to 1) of all inputs. */
export function runs(share: number): number {
  return Math.ceil(all * share);
}

/** Milliseconds that a test may take before it counts as hanging: far more than it needs, whatever the number of inputs. */
export const patience = 120_000 + all * 10;
