/** What amiws sent at an instant (epoch milliseconds). */
export interface TimedFrame {
  at: number;
  server: string;
  frame: string | Uint8Array;
}

export type Fields = Readonly<Record<string, string | number>>;

const types = { event: 3, response: 4 } as const;

/** A frame in the very form that amiws 2.2.1 writes (amiws_lib.c, amipack_to_json): every value is text. */
export function wireFrame(type: keyof typeof types, serverId: number, server: string, fields: Fields): string {
  const data = Object.entries(fields)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(String(value))}`)
    .join(',');
  const name = JSON.stringify(server);
  return `{ "type": ${types[type]}, "server_id": ${serverId}, "server_name": ${name}, "ssl": false, "data": {${data}}}`;
}
