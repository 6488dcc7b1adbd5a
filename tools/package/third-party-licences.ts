import type { BundledPackage } from './bundled-packages';

/** Something in a package that others made. */
export interface ThirdParty {
  title: string;
  text: string;
}

/** One text with the licences of all that a package holds of others. */
export function thirdPartyLicences(parts: readonly ThirdParty[]): string {
  const introduction = 'This package holds the following works of others, each under the terms that follow its name.';
  const sections = parts.map(({ title, text }) => `${'='.repeat(80)}\n${title}\n\n${text.trim()}`);
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

/** A bundled npm package as such a part. */
export function partOf({ name, version, licence, text }: BundledPackage): ThirdParty {
  return { title: `${name} ${version} (${licence.replaceAll(/^\(|\)$/g, '')})`, text };
}
