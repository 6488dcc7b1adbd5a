import { isAllowedLicence } from './allowed-licence';

test.each(['MIT', '(MPL-2.0 OR Apache-2.0)', 'MIT AND BSD-3-Clause', '(Apache-2.0 AND BSD-3-Clause)'])(
  '%s may be shipped',
  (licence) => expect(isAllowedLicence(licence)).toBe(true)
);

test.each(['GPL-3.0', 'AGPL-3.0-only OR LGPL-3.0', 'MIT AND GPL-2.0', 'UNLICENSED', 'SEE LICENSE IN LICENSE.md', ''])(
  '%j may not',
  (licence) => expect(isAllowedLicence(licence)).toBe(false)
);
