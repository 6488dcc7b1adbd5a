import { assert, array, constantFrom, integer, property, string, tuple, uint8Array } from 'fast-check';
import type { AmiFrame } from '../amiws/event';
import { AmiBlocks } from './ami-blocks';
import { badBlock, decodeBlock } from './decode-block';

/** Frames of bytes that come in these packets. */
function framesOf(packets: readonly Uint8Array[]): AmiFrame[] {
  const frames: AmiFrame[] = [];
  const blocks = new AmiBlocks({
    block: (bytes) => frames.push(decodeBlock(bytes, 'pbx', 7)),
    tooLarge: (start) => frames.push(badBlock('too-large', start, 7)),
  });
  packets.forEach((packet) => blocks.push(packet));
  return frames;
}

function splitAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.slice(places[index], end));
}

const line = tuple(constantFrom('Event', 'Response', 'Queue', 'CallerID'), string({ unit: 'grapheme', maxLength: 12 }));
const message = array(line, { minLength: 1, maxLength: 5 }).map((lines) =>
  Buffer.from(`${lines.map(([key, value]) => `${key}: ${value.replace(/[\r\n]/g, '')}`).join('\r\n')}\r\n\r\n`)
);

test('any split of the bytes gives the same messages', () => {
  assert(
    property(
      array(message, { maxLength: 8 }).map((messages) => Buffer.concat(messages)),
      array(integer({ min: 0, max: 10_000 }), { maxLength: 30 }),
      (bytes, cuts) => expect(framesOf(splitAt(bytes, cuts))).toEqual(framesOf([bytes]))
    )
  );
});

test('any bytes in any packets are read without an error, and what follows is read whole', () => {
  const cdr = Buffer.from('\r\n\r\nEvent: Cdr\r\nUniqueID: 1.1\r\n\r\n');
  assert(
    property(array(uint8Array({ maxLength: 200 }), { maxLength: 10 }), (packets) => {
      const last = framesOf([...packets, cdr]).at(-1);
      expect(last).toMatchObject({ kind: 'event', name: 'Cdr', fields: { UniqueID: '1.1' } });
    })
  );
});

test('a value may hold a colon or nothing, and a key that comes again replaces the one before', () => {
  const text = 'Event: Cdr\r\nCallerID: "A: B" <1>\r\nEmpty:\r\nVariable: a=1\r\nVariable: b=2\r\n\r\n';
  expect(framesOf([Buffer.from(text)])).toEqual([
    {
      kind: 'event',
      server: 'pbx',
      name: 'Cdr',
      fields: { Event: 'Cdr', CallerID: '"A: B" <1>', Empty: '', Variable: 'b=2' },
      at: 7,
      recovered: false,
      direct: true,
    },
  ]);
});

test('Latin-1 and UTF-8 are both read, in one message too', () => {
  const bytes = Buffer.concat([
    Buffer.from('Event: Cdr\r\nSource: Zoë\r\nCallerID: "M', 'utf8'),
    Buffer.from('üller" <1>\r\n\r\n', 'latin1'),
  ]);
  expect(framesOf([bytes])).toMatchObject([
    { kind: 'event', recovered: true, fields: { Source: 'Zoë', CallerID: '"Müller" <1>' } },
  ]);
});

test('an event that nothing reads is told by its name, and an answer is none', () => {
  expect(framesOf([Buffer.from('Event: VarSet\r\nX: 1\r\n\r\nResponse: Success\r\nPing: Pong\r\n\r\n')])).toEqual([
    { kind: 'skipped', server: 'pbx', at: 7 },
    { kind: 'response', server: 'pbx', fields: { Response: 'Success', Ping: 'Pong' }, at: 7 },
  ]);
});

test('a message beyond a megabyte is passed over, wherever it is split, and costs no other', () => {
  const bytes = Buffer.concat([
    Buffer.from(`Event: Cdr\r\nX: ${'a'.repeat(1024 * 1024)}\r\n\r\n`),
    Buffer.from('Event: Cdr\r\nUniqueID: 1.1\r\n\r\n'),
  ]);
  for (const cuts of [[], [1024 * 1024 + 20], [500_000, bytes.length - 32, bytes.length - 31]]) {
    const frames = framesOf(splitAt(bytes, cuts));
    expect(frames).toMatchObject([
      { kind: 'bad', reason: 'too-large' },
      { kind: 'event', fields: { UniqueID: '1.1' } },
    ]);
  }
});

test('a message of more lines than any has is bad', () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `Key${index}: 1`).join('\r\n');
  expect(framesOf([Buffer.from(`Event: Cdr\r\n${lines}\r\n\r\n`)])).toMatchObject([
    { kind: 'bad', reason: 'too-large' },
  ]);
});

test('a message that is neither event nor answer is bad', () => {
  expect(framesOf([Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')])).toMatchObject([
    { kind: 'bad', reason: 'not-ami' },
  ]);
});
