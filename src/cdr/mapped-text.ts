/** Value of a field that the PBX maps under a label in any case of letters, as FreePBX's `did`; empty where it maps none. */
export function mappedText(custom: Readonly<Record<string, string>>, label: string): string {
  for (const known of Object.keys(custom)) {
    if (known.length === label.length && known.toLowerCase() === label && custom[known] !== '') {
      return custom[known]!;
    }
  }
  return '';
}
