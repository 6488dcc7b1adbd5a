/** For whom numbers are masked; Admins see them always. */
export const maskChoices = ['none', 'viewers', 'editors'] as const;
export type MaskNumbersFor = (typeof maskChoices)[number];

/**
 * Whether someone sees numbers in full.
 * @param role a person's role in the organization; whoever has none (a public dashboard, a service) counts as a Viewer
 */
export function seesNumbers(maskNumbersFor: MaskNumbersFor, role: string): boolean {
  return maskNumbersFor === 'none' || role === 'Admin' || (maskNumbersFor === 'viewers' && role === 'Editor');
}
