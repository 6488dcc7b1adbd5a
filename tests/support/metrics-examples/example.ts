export type Value = string | number | null | undefined;

/** What an example of docs/metrics.md says, each value a group, and the same values computed. */
export type Example = [says: RegExp, computed: () => Value[] | Promise<Value[]>];
