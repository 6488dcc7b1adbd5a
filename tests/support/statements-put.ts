import type { PoolClient } from 'pg';

export interface PutStatement {
  text: string;
  values: readonly unknown[];
  /** Schema that the tables without one are in. */
  schema: string;
}

/** Statements that clients put, one of each shape: what differs in bound values alone is put once. */
export class StatementsPut {
  private readonly byShape = new Map<string, PutStatement>();

  get all(): PutStatement[] {
    return [...this.byShape.values()];
  }

  listen(client: PoolClient): void {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    let schema = '';
    client.query = ((...args: unknown[]) => {
      const [first, second] = args as [string | { text: string; values?: unknown[] }, unknown[]?];
      const { text, values } = typeof first === 'string' ? { text: first, values: second } : first;
      schema = /^BEGIN.*SET LOCAL search_path TO "([^"]+)"/.exec(text)?.[1] ?? schema;
      this.byShape.set(shapeOf(text), { text, values: values ?? [], schema });
      return query(...args);
    }) as typeof client.query;
  }
}

/** A statement without the numbers of its values and the month of its part of a table, lists of any length as one. */
function shapeOf(text: string): string {
  return text
    .replace(/_\d{4}_\d\d\b/g, '_month')
    .replace(/\$\d+/g, '$')
    .replace(/(\([^()]*\$[^()]*\)|\$|CAST\(\$ AS \w+\))(, \1)+/g, '$1, …');
}
