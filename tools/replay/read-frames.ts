import { decodeFrame } from '../../src/amiws/decode-frame';
import { EventReader } from '../../src/amiws/event-reader';
import type { CallParts } from '../../src/cdr/call-parts';
import type { CallRules } from '../../src/cdr/call-rules';
import type { PbxClocks } from '../../src/cdr/pbx-clocks';
import { LiveBoard } from '../../src/cdr/live-board';
import { parseCapture } from './parse-capture';

export interface ReadFrames {
  /** Records and queue events of each frame that has any, in the order of arrival. */
  parts: CallParts[];
  /** Queues and calls as they are after the last frame, and when that arrived (epoch milliseconds). */
  board: LiveBoard;
  now: number;
  /** A sentence a value that could not be read. */
  problems: string[];
}

/** Reads a capture as the server part reads what arrives. */
export function readFrames(capture: string, rules: CallRules, clocks: PbxClocks): ReadFrames {
  const problems: string[] = [];
  const reader = new EventReader({
    rules,
    clocks,
    clockOffset: () => 0,
    onProblem: (problem, event) => problems.push(`A record of ${event.server} has a bad ${problem}.`),
  });
  const board = new LiveBoard();
  const parts: CallParts[] = [];
  let now = 0;
  for (const { at, data } of parseCapture(capture)) {
    const frame = decodeFrame(data, at);
    if (frame.kind === 'event') {
      now = frame.at;
      const read = reader.read(frame);
      if (read.records.length + read.events.length > 0) {
        parts.push(read);
      }
      board.apply(frame.server, frame.name, frame.fields, frame.at);
    }
  }
  return { parts, board, now, problems };
}
