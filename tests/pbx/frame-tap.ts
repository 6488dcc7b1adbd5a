import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Keeps every frame that amiws sends, in the form of `tests/captures`. */
export class FrameTap {
  private readonly lines: Array<{ at: number; line: string }> = [];
  private socket: WebSocket | null = null;

  async listen(url: string): Promise<void> {
    this.close();
    this.socket = new WebSocket(url);
    this.socket.on('message', (data) => {
      const at = new Date();
      this.lines.push({ at: at.getTime(), line: JSON.stringify({ at: at.toISOString(), frame: String(data) }) });
    });
    await once(this.socket, 'open');
  }

  /** Epoch milliseconds. */
  text({ from = 0, to = Infinity } = {}): string {
    const wanted = this.lines.filter(({ at }) => at >= from && at <= to);
    return `${wanted.map(({ line }) => line).join('\n')}\n`;
  }

  close(): void {
    this.socket?.terminate();
  }
}
