import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PbxClocks } from '../../../src/cdr/pbx-clocks';
import { waitingIn } from '../../../src/cdr/queue-board';
import { readFrames } from '../../../tools/replay/read-frames';
import { defaultDerivation, defaultRules } from '../cdr-builders';
import type { Example } from './example';

const capture = path.join(__dirname, '../../captures/all-classes.jsonl.gz');

/** Queues and calls of the capture as they were at a time, such as 01:47:12. */
function boardAt(time: string) {
  const lines = gunzipSync(readFileSync(capture)).toString().split('\n');
  const before = lines.filter((line) => line !== '' && line.slice('{"at":"2026-11-25T'.length) < time);
  const { board } = readFrames(before.join('\n'), defaultRules, new PbxClocks(defaultDerivation));
  return board.board(defaultRules);
}

/** Examples of what goes on at a moment. */
export const examplesOfNow: readonly Example[] = [
  [
    /Example, `tests\/captures\/all-classes\.jsonl\.gz` at ([\d:]+) UTC: (\d+) waiting, (\d+) talking, (\d+) ringing and (\d+) in an application; 5550111 waits in silent at position (\d+) for (\d+) s while (\d+) rings\./,
    () => {
      const time = '01:47:12';
      const { calls, queues } = boardAt(time);
      const count = (state: string): number => calls.filter((call) => call.state === state).length;
      const [caller] = waitingIn(queues).filter(({ number }) => number === '5550111');
      const call = calls.find(({ waitingId }) => waitingId === caller!.uniqueId);
      const wait = Math.floor((Date.parse(`2026-11-25T${time}Z`) - caller!.since) / 1000);
      return [
        time,
        ...['waiting', 'talking', 'ringing', 'application'].map(count),
        ...[caller!.position, wait, call!.ringing.join()],
      ];
    },
  ],
];
