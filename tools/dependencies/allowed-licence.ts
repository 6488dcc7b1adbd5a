/** Licences of what may be shipped under Apache-2.0: permissive ones. Source: Apache's categories, category A. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Whether an SPDX expression lets a package be shipped: one choice of it must, with all that it joins. */
export function isAllowedLicence(expression: string): boolean {
  const choices = expression.replaceAll(/[()]/g, '').split(/\s+OR\s+/);
  return choices.some((choice) => choice.split(/\s+AND\s+/).every((licence) => allowed.has(licence.trim())));
}
