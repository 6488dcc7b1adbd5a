import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseCapture } from '../../tools/replay/parse-capture';

const capture = path.join(__dirname, '../captures/all-classes.jsonl.gz');
/** Ids within a round are lower. */
const idsPerRound = 10_000;
/** A UniqueID, the number in the name of a channel, the beginning of a bridge's UUID, or a time of a record. */
const changing =
  /\b(1\d{9})\.(\d+)|-([0-9a-f]{8})\b|\b([0-9a-f]{8})(?=(?:-[0-9a-f]{4}){3}-)|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g;

/** Everything that a real Asterisk sent in a minute, all classes: events as its AMI writes them. */
export function amiMixture(): string[] {
  return parseCapture(gunzipSync(readFileSync(capture)).toString())
    .map(({ data }) => messageOf(data))
    .filter((message) => message.startsWith('Event: '));
}

/** Sends the same minute again and again: each round has channels, bridges, and calls of its own, which end now. */
export class AmiRounds {
  private readonly events = amiMixture();
  private readonly text = this.events.join('');
  private readonly capturedAt = Math.max(...this.events.flatMap((text) => epochsIn(text)));
  readonly eventsPerRound = this.events.length;
  readonly recordsPerRound = this.count('Cdr');
  readonly joinsPerRound = this.count('QueueCallerJoin');

  /** The events of a round, from 0 on. `now` in epoch milliseconds. */
  round(n: number, now: number): string {
    const later = Math.floor(now / 1000) - this.capturedAt;
    const shiftedHex = (hex: string, by: number): string =>
      ((parseInt(hex, 16) + by) >>> 0).toString(16).padStart(8, '0');
    return this.text.replace(changing, (found, epoch?: string, id?: string, channel?: string, bridge?: string) => {
      if (epoch !== undefined) {
        return `${Number(epoch) + later}.${Number(id) + n * idsPerRound}`;
      }
      if (channel !== undefined) {
        return `-${shiftedHex(channel, n * idsPerRound)}`;
      }
      return bridge === undefined
        ? wallText(Date.parse(`${found.replace(' ', 'T')}Z`) + later * 1000)
        : shiftedHex(bridge, n);
    });
  }

  private count(name: string): number {
    return this.events.filter((event) => event.startsWith(`Event: ${name}\r\n`)).length;
  }
}

/** A frame of amiws as the PBX wrote it; empty where it can't be read. */
function messageOf(frame: string | Uint8Array): string {
  try {
    const { data } = JSON.parse(typeof frame === 'string' ? frame : Buffer.from(frame).toString()) as {
      data: Record<string, string>;
    };
    const lines = Object.entries(data).map(([key, value]) => `${key}: ${value}`);
    return `${lines.join('\r\n')}\r\n\r\n`;
  } catch {
    return '';
  }
}

const epochsIn = (text: string): number[] => [...text.matchAll(/\b(1\d{9})\.\d+/g)].map(([, epoch]) => Number(epoch));

const wallText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
