import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Keeps every frame that amiws sends, in the form of `tests/captures`. */
export class FrameTap {
  private readonly lines: string[] = [];
  private socket: WebSocket | null = null;

  async listen(url: string): Promise<void> {
    this.close();
    this.socket = new WebSocket(url);
    this.socket.on('message', (data) =>
      this.lines.push(JSON.stringify({ at: new Date().toISOString(), frame: String(data) }))
    );
    await once(this.socket, 'open');
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  close(): void {
    this.socket?.terminate();
  }
}
