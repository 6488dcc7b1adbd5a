// cspell:disable
/**
 * Widths of the letters of Inter Medium, Grafana's font, at the 14 px of tables, for texts that can't be drawn: by how wide they
 * are, in pixels.
 */
const letters: ReadonlyArray<readonly [px: number, letters: string]> = [
  [3.75, 'ijl '],
  [4.0, 'I'],
  [4.25, ',.:'],
  [4.5, "!';"],
  [4.75, '`'],
  [5.0, 't|'],
  [5.25, '()[]/\\'],
  [5.5, 'fr'],
  [6.0, '1'],
  [6.25, '{}'],
  [6.5, '-_'],
  [6.75, '^'],
  [7.0, '"'],
  [7.5, '*?'],
  [7.75, 's'],
  [8.0, 'xkzLa7'],
  [8.25, 'JvyceF'],
  [8.5, 'hnu5Eo'],
  [8.75, '2bdpqg'],
  [9.0, '3869#ZP'],
  [9.25, '$0SRT&4B'],
  [9.5, '+<=>~'],
  [9.75, 'KY'],
  [10.0, 'XAV'],
  [10.25, 'D'],
  [10.5, 'CUHG'],
  [10.75, 'NO'],
  [11.0, 'Q'],
  [11.75, 'w'],
  [12.5, 'm'],
  [13.0, 'M'],
  [13.75, '@'],
  [14.0, '%'],
  [14.25, 'W'],
];
const widths = new Map(letters.flatMap(([px, all]) => [...all].map((letter) => [letter, px] as const)));

/** Between letters, by Grafana's typography (0.01071 em). */
const spacingPx = 0.15;

/** What a text takes in a table of Grafana, in pixels. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (widths.get(letter) ?? 9) + spacingPx, 0);
}
