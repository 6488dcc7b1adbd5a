/** Grafana's value mappings, by which a panel shows a text in the place of a value. Links and filters keep the value. */
export type ValueMappings = ReadonlyArray<{ type: 'value'; options: Record<string, { text: string; index: number }> }>;

/** Mappings of ids to texts; undefined for none. */
export function mappingsOf(texts: ReadonlyArray<readonly [id: string, text: string]>): ValueMappings | undefined {
  return texts.length === 0
    ? undefined
    : [{ type: 'value', options: Object.fromEntries(texts.map(([id, text], index) => [id, { text, index }])) }];
}

/** The ids and texts of mappings. */
export function textsOf(mappings: ValueMappings = []): Array<readonly [id: string, text: string]> {
  return mappings.flatMap(({ options }) => Object.entries(options).map(([id, { text }]) => [id, text] as const));
}
