import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeFrame } from '../../src/amiws/decode-frame';
import type { AmiEvent } from '../../src/amiws/event';
import { ChannelBoard } from '../../src/cdr/channel-board';
import { LiveBoard } from '../../src/cdr/live-board';
import { waitingIn } from '../../src/cdr/queue-board';
import { parseCapture } from '../../tools/replay/parse-capture';
import { defaultRules } from '../support/cdr-builders';

const tests = path.join(__dirname, '..');
const recordings = globSync(['cases/*/frames.jsonl*', 'captures/*.jsonl*'], { cwd: tests }).sort();
const captures = recordings.filter((file) => path.basename(path.dirname(file)).startsWith('pbx-'));

/** Events of a real PBX. */
function eventsOf(file: string): AmiEvent[] {
  const bytes = readFileSync(path.join(tests, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return parseCapture(text).flatMap(({ at, data }) => {
    const frame = decodeFrame(data, at);
    return frame.kind === 'event' ? [frame] : [];
  });
}

/** Plays them and looks at the board after each event. */
function play(file: string, look: (board: LiveBoard, event: AmiEvent) => void): LiveBoard {
  const board = new LiveBoard();
  for (const event of eventsOf(file)) {
    board.apply(event.server, event.name, event.fields, event.at);
    look(board, event);
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

test('as many wait, at the place, after each one who joins or leaves a queue of any recording as Asterisk counts then', () => {
  let counted = 0;
  const wrong: string[] = [];
  for (const file of recordings) {
    play(file, (board, { server, name, fields, at }) => {
      if (!['QueueCallerJoin', 'QueueCallerLeave'].includes(name) || fields.Count === undefined) {
        return;
      }
      counted++;
      const line = waitingIn(board.board(defaultRules).queues).filter(
        (caller) => caller.server === server && caller.queue === fields.Queue
      );
      const position = line.find(({ uniqueId }) => uniqueId === fields.Uniqueid)?.position;
      const isRight =
        line.length === Number(fields.Count) &&
        position === (name === 'QueueCallerJoin' ? Number(fields.Position) : undefined);
      wrong.push(...(isRight ? [] : [`${file} ${new Date(at).toISOString()} ${name} ${fields.Queue}`]));
    });
  }
  expect(counted).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});

test('as many hear each other, after each one who enters or leaves a bridge of any recording, as Asterisk counts then', () => {
  let counted = 0;
  const wrong: string[] = [];
  for (const file of recordings) {
    const board = new ChannelBoard();
    for (const { server, name, fields, at } of eventsOf(file)) {
      board.apply(server, name, fields, at);
      if (/^Bridge(?:Enter|Leave)$/.test(name) && fields.BridgeTechnology !== 'holding_bridge') {
        const inBridge = [...board.channels].filter(
          (channel) => channel.server === server && channel.bridge === fields.BridgeUniqueid
        );
        counted++;
        const isRight = inBridge.length === Number(fields.BridgeNumChannels);
        wrong.push(...(isRight ? [] : [`${file} ${new Date(at).toISOString()} ${name} ${fields.Channel}`]));
      }
    }
  }
  expect(counted).toBeGreaterThan(700);
  expect(wrong).toEqual([]);
});

test('who is taken out of a queue by AMI Bridge waits no more, and talks', () => {
  const seen: string[] = [];
  play('cases/taken-out-of-queue/frames.jsonl.gz', (board, { name, fields }) => {
    if (name === 'BridgeEnter' && fields.BridgeNumChannels === '2') {
      const { calls, queues } = board.board(defaultRules);
      seen.push(`${waitingIn(queues).length} wait, ${calls.map(({ state, agents }) => `${agents} ${state}`).join()}`);
    }
  });
  expect(seen).toEqual(['0 wait, 1013 talking', '0 wait, 1013 talking']);
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
