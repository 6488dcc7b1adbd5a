import { decodeFrame } from '../../src/amiws/decode-frame';
import { parseCapture } from '../../tools/replay/parse-capture';

/** The most callers that each queue had at once by Asterisk's own count: `Count` of QueueCallerJoin. */
export function mostWaiting(capture: string): Map<string, number> {
  const most = new Map<string, number>();
  for (const { at, data } of parseCapture(capture)) {
    const frame = decodeFrame(data, at);
    if (frame.kind === 'event' && frame.name === 'QueueCallerJoin') {
      const { Queue: queue = '', Count: count = '0' } = frame.fields;
      most.set(queue, Math.max(most.get(queue) ?? 0, Number(count)));
    }
  }
  return most;
}
