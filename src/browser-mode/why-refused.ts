import { sentence, type Sentence } from '../sentences/sentence';

/** Asks for an address by HTTP; the status of the answer. */
export type ReadStatus = (url: string) => Promise<number>;

/**
 * Why Grafana's proxy opened no WebSocket, and what to try. A browser gives no reason for a failed handshake, but an
 * ordinary request for the same address does.
 */
export async function whyRefused(url: string, readStatus: ReadStatus): Promise<Sentence> {
  const status = await readStatus(url.replace(/^ws/, 'http')).catch(() => 0);
  switch (status) {
    case 401:
    case 403:
      return sentence('connection.proxy.role');
    case 502:
    case 504:
      return sentence('connection.proxy.unreachable');
    case 0:
      return sentence('connection.proxy.silent');
    default:
      return sentence('connection.proxy.other', { status: String(status) });
  }
}
