import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeFrame } from '../../src/amiws/decode-frame';
import { LiveBoard } from '../../src/cdr/live-board';
import { waitingIn } from '../../src/cdr/queue-board';
import { parseCapture } from '../../tools/replay/parse-capture';
import { defaultRules } from '../support/cdr-builders';

const tests = path.join(__dirname, '..');
const captures = readdirSync(path.join(tests, 'cases'))
  .filter((name) => name.startsWith('pbx-'))
  .map((name) => path.join('cases', name, 'frames.jsonl.gz'));

/** Plays the frames of a real PBX and looks at the board after each event. */
function play(file: string, look: (board: LiveBoard, name: string) => void): LiveBoard {
  const text = gunzipSync(readFileSync(path.join(tests, file))).toString();
  const board = new LiveBoard();
  for (const { at, data } of parseCapture(text)) {
    const frame = decodeFrame(data, at);
    if (frame.kind === 'event') {
      board.apply(frame.server, frame.name, frame.fields, frame.at);
      look(board, frame.name);
    }
  }
  return board;
}

test.each(captures)('no call stays in progress, and nobody waits, after the last frame of %s', (file) => {
  let most = 0;
  const board = play(file, (playing) => (most = Math.max(most, playing.board(defaultRules).calls.length)));
  expect(most).toBeGreaterThan(0);
  const { calls, queues } = board.board(defaultRules);
  expect(calls).toEqual([]);
  expect(waitingIn(queues)).toEqual([]);
});

test('each caller of a full event stream waits, with the phones that ring, and talks to the agent who connects', () => {
  const seen = new Set<string>();
  play('captures/all-classes.jsonl.gz', (board) => {
    for (const { state, source, queue, agents, ringing } of board.board(defaultRules).calls) {
      seen.add(`${source} ${state} ${queue} ${state === 'waiting' ? ringing.join() : agents.join()}`.trim());
    }
  });
  expect([...seen]).toEqual(
    expect.arrayContaining([
      '5550101 waiting support 1001',
      '5550101 talking support 1001',
      '5550131 waiting freepbx 1004',
      '5550131 talking freepbx 1004',
      '5550152 on hold  1006',
      '5550152 talking  1007',
    ])
  );
});
