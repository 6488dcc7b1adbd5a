import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeFrame } from './decode-frame';
import type { AmiEvent } from './event';
import { usedEvents } from './used-events';

const captures = join(__dirname, '../../tests/captures');
const framesOf = (capture: string): string[] =>
  capture
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { frame: string }).frame);
const frames = framesOf(readFileSync(join(captures, 'two-pbx.jsonl'), 'utf8'));
const allClasses = framesOf(gunzipSync(readFileSync(join(captures, 'all-classes.jsonl.gz'))).toString());
const broken = JSON.parse(readFileSync(join(captures, 'broken-json-latin1.jsonl'), 'utf8')) as { base64: string };
const brokenBytes = Uint8Array.from(Buffer.from(broken.base64, 'base64'));
const at = 1_795_526_700_000;

function event(data: string | Uint8Array): AmiEvent {
  const frame = decodeFrame(data, at);
  if (frame.kind !== 'event') {
    throw new Error(`expected an event, found ${JSON.stringify(frame)}`);
  }
  return frame;
}

function amiws(data: string, type = 3): string {
  return `{ "type": ${type}, "server_id": 1, "server_name": "pbx-east", "ssl": false, "data": ${data}}`;
}

describe('frames of the captures', () => {
  it.each([
    ['text', (frame: string): string | Uint8Array => frame],
    ['bytes', (frame: string): string | Uint8Array => new TextEncoder().encode(frame)],
  ])('give as %s the fields that JSON.parse gives, and no others than the used events', (_, form) => {
    for (const frame of [...frames, ...allClasses]) {
      const json = JSON.parse(frame) as { type: number; server_name: string; data: Record<string, string> };
      const head = { server: json.server_name, at };
      const name = json.data.Event ?? '';
      const fields = json.data;
      const expected =
        json.type === 4
          ? { kind: 'response', ...head, fields }
          : usedEvents.has(name)
            ? { kind: 'event', ...head, name, fields, recovered: false }
            : { kind: 'skipped', ...head };
      expect(decodeFrame(form(frame), at)).toEqual(expected);
    }
  });

  it('hold 31 CDRs per server', () => {
    const cdrs = frames.map((frame) => decodeFrame(frame, at)).filter((f) => f.kind === 'event' && f.name === 'Cdr');
    expect(cdrs.filter((f) => f.kind === 'event' && f.server === 'pbx-east')).toHaveLength(31);
    expect(cdrs).toHaveLength(62);
  });
});

describe('a Cdr frame that is neither UTF-8 nor JSON', () => {
  it('gives every field with the text that Asterisk had', () => {
    const cdr = event(brokenBytes);
    expect(cdr).toMatchObject({ server: 'pbx-east', name: 'Cdr', recovered: true, at });
    // Asterisk itself escapes quotes and backslashes in a caller's name: the caller sent `José "The \\ Boss"`.
    expect(cdr.fields.CallerID).toBe(String.raw`"José \"The \\\\ Boss\"" <sipp>`);
    expect(cdr.fields.UniqueID).toBe('1795527088.82');
    expect(cdr.fields.Department).toBe('café');
    expect(Object.keys(cdr.fields)).toHaveLength(21);
  });

  it('gives wherever it is cut the whole pairs and what is there of the last value', () => {
    const whole = Object.entries(event(brokenBytes).fields);
    for (let length = brokenBytes.length; length > 160; length--) {
      const fields = Object.entries(event(brokenBytes.subarray(0, length)).fields);
      const last = fields.length - 1;
      expect(fields.slice(0, last)).toEqual(whole.slice(0, last));
      expect(fields[last]![0]).toBe(whole[last]![0]);
      // A cut within an escape may leave one backslash of it.
      expect(whole[last]![1].startsWith(fields[last]![1])).toBe(true);
    }
  });

  it('gives the fields behind an accented letter that ends a value when the sender escapes rightly', () => {
    const frame = amiws('{"Event": "Cdr","Department": "caf\xe9","LinkedID": "1.1"}');
    expect(event(Uint8Array.from(frame, (c) => c.charCodeAt(0))).fields).toEqual({
      Event: 'Cdr',
      Department: 'café',
      LinkedID: '1.1',
    });
  });

  it('keeps UTF-8 in one field when another is Latin-1', () => {
    const bytes = Buffer.concat([
      Buffer.from(amiws('{"Event": "Cdr","AccountCode": "Łódź","CallerID": "').slice(0, -1)),
      Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]),
      Buffer.from('"}}'),
    ]);
    expect(event(bytes).fields).toMatchObject({ AccountCode: 'Łódź', CallerID: 'Müller' });
  });
});

describe('a frame that can not be used', () => {
  it.each([
    ['not-json', 'hello'],
    ['not-json', ''],
    ['not-json', '{"type": 3, "server_name"'],
    ['not-json', Uint8Array.from([0, 255, 254, 123, 34, 0xe9])],
    ['not-amiws', '{"jsonrpc": "2.0", "method": "ping"}'],
    ['not-amiws', '[1, 2]'],
    ['not-amiws', 'null'],
    ['not-amiws', '"text"'],
    ['wrong-type', '{"type": "event", "server_name": "a", "data": {"Event": "Cdr"}}'],
    ['wrong-type', '{"type": 3, "server_name": null, "data": {"Event": "Cdr"}}'],
    ['wrong-type', '{"type": 3, "server_name": "a", "data": [1]}'],
    ['wrong-type', amiws('{"Event": null}')],
    ['wrong-type', amiws('{"Event": {"name": "Cdr"}}')],
  ])('is bad as %s: %s', (reason, data) => {
    expect(decodeFrame(data, at)).toMatchObject({ kind: 'bad', reason, at });
  });

  it('is too large beyond 1 MiB, and tells its first 200 characters', () => {
    const frame = amiws(`{"Event": "Cdr","UserField": "${'x'.repeat(5_000_000)}"}`);
    const expected = { kind: 'bad', reason: 'too-large', excerpt: frame.slice(0, 200), at };
    expect(decodeFrame(frame, at)).toEqual(expected);
    expect(decodeFrame(new TextEncoder().encode(frame), at)).toEqual(expected);
  });

  it('does not break on nesting deeper than a parser can go', () => {
    expect(decodeFrame(amiws('{"a":'.repeat(100_000)), at).kind).toBe('bad');
  });
});

describe('values that are not text', () => {
  it('become text when they are numbers or booleans', () => {
    const cdr = event(amiws('{"Event": "Cdr","Duration": 6,"Flag": true}'));
    expect(cdr).toMatchObject({ fields: { Duration: '6', Flag: 'true' }, recovered: false });
  });

  it('are left out and told as recovered when they are null or nested', () => {
    const cdr = event(amiws('{"Event": "Cdr","Source": null,"Extra": {"a": "b"},"UniqueID": "1.1"}'));
    expect(cdr).toMatchObject({ fields: { Event: 'Cdr', UniqueID: '1.1' }, recovered: true });
    expect(Object.keys(cdr.fields)).toEqual(['Event', 'UniqueID']);
  });

  it('do not reach the prototype', () => {
    const cdr = event(amiws('{"Event": "Cdr","__proto__": {"polluted": "yes"},"Duration": 1}'));
    expect(Object.getPrototypeOf(cdr.fields)).toBe(Object.prototype);
    expect(cdr.fields.polluted).toBeUndefined();
  });
});

describe('the time of an event', () => {
  it('is its own Timestamp where timestampevents is on', () => {
    expect(event(amiws('{"Event": "Cdr","Timestamp": "1795526699.123456"}')).at).toBe(1_795_526_699_123);
  });

  it.each(['yesterday', '1795526699', '0.5', '1895526699.123456', '915148800.5', '1e9.1'])(
    'is the arrival for Timestamp %s',
    (value) => {
      expect(event(amiws(`{"Event": "Cdr","Timestamp": "${value}"}`)).at).toBe(at);
    }
  );

  it('is the arrival for a response, whose Timestamp is what is measured', () => {
    expect(decodeFrame(amiws('{"Response": "Success","Timestamp": "1795526699.123456"}', 4), at)).toMatchObject({
      kind: 'response',
      at,
    });
  });
});

describe('frames of other forms', () => {
  it('are read when a proxy wrote the JSON anew', () => {
    const compact = JSON.stringify(JSON.parse(amiws('{"Event": "Cdr","UniqueID": "1.1"}')));
    expect(event(compact)).toMatchObject({ server: 'pbx-east', fields: { UniqueID: '1.1' }, recovered: false });
    const skipped = JSON.stringify(JSON.parse(amiws('{"Event": "VarSet"}')));
    expect(decodeFrame(skipped, at)).toEqual({ kind: 'skipped', server: 'pbx-east', at });
  });

  it('keep a server name beyond ASCII', () => {
    const frame = amiws('{"Event": "Cdr"}').replace('pbx-east', 'pbx-köln \\"2\\"');
    expect(event(frame).server).toBe('pbx-köln "2"');
  });

  it('are signs of life when they answer a command of another client', () => {
    expect(decodeFrame(amiws('{"QueueName": "support","Calls": 0}', 6), at)).toMatchObject({ kind: 'skipped' });
  });
});

test('half a surrogate pair becomes a replacement character, in labels, values and the name of the server', () => {
  const frame = (server: string) =>
    `{ "type": 3, "server_id": 1, "server_name": "${server}", "ssl": false, "data": {"Event": "Cdr","La\\ud83d": "a\\ud83d","Ok": "\\ud83d\\ude00"}}`;
  expect(decodeFrame(frame('pbx'), 0)).toMatchObject({ fields: { 'La\ufffd': 'a\ufffd', Ok: '😀' } });
  expect(decodeFrame(new TextEncoder().encode(frame('pbx\\udc00')), 0)).toMatchObject({ server: 'pbx\ufffd' });
});

it('an event of Asterisk 11 has the name of today', () => {
  const data = JSON.stringify({
    type: 3,
    server_name: 'pbx',
    data: { Event: 'Join', Uniqueid: '1.1', Queue: 'support' },
  });
  expect(decodeFrame(data, 0)).toMatchObject({ kind: 'event', name: 'QueueCallerJoin' });
});
