/** Digits at the end of a number that tell it from others: those before are prefixes of countries and outside lines. */
export const tellingDigits = 9;

/**
 * What telephone numbers are compared by, however they are written: their last nine digits, all where there are fewer. Empty
 * for a number that is withheld: `anonymous`, `Unknown`, `Restricted` and whatever else has no digit.
 */
export function numberKey(number: string): string {
  return number.replace(/[^0-9]/g, '').slice(-tellingDigits);
}
