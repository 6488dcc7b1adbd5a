import fc from 'fast-check';
import { decodeText } from '../cdr/decode-text';
import { recoverFrame } from './recover-frame';

/** What amiws does to the bytes of one value: frozen.c json_encode_string, with the zero byte that C ends a text with. */
function amiwsEncode(value: number[]): number[] {
  const memory = [...value, 0, 0, 0];
  const written: number[] = [];
  for (let i = 0; i < value.length; i++) {
    const byte = memory[i]!;
    const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (byte === 0x22 || byte === 0x5c) {
      written.push(0x5c, byte);
    } else if (byte >= 8 && byte <= 13) {
      written.push(0x5c, 'btnvfr'.charCodeAt(byte - 8));
    } else if (length === 1 && byte < 0x20) {
      written.push(...ascii(`\\u00${byte.toString(16).padStart(2, '0')}`));
    } else {
      written.push(...memory.slice(i, i + length));
      i += length - 1;
    }
  }
  return written;
}

function ascii(text: string): number[] {
  return Array.from(text, (c) => c.charCodeAt(0));
}

/** A frame as amiws sends it: up to the first zero byte (websock_send, strlen), so that it may not be whole. */
function amiwsFrame(values: number[][]): { bytes: Uint8Array; isWhole: boolean } {
  const pairs = values.flatMap((value, i) => [...ascii(`${i ? ',' : ''}"Key${i}": "`), ...amiwsEncode(value), 0x22]);
  const frame = [
    ...ascii('{ "type": 3, "server_id": 1, "server_name": "a", "ssl": false, "data": {'),
    ...pairs,
    ...ascii('}}'),
  ];
  const end = frame.indexOf(0);
  return { bytes: Uint8Array.from(end < 0 ? frame : frame.slice(0, end)), isWhole: end < 0 };
}

// 0x1f is left out: amiws writes it as 0x10 (its hex digits count modulo 15), so nobody can tell the two apart.
const byte = fc.oneof(
  fc.integer({ min: 1, max: 0x1e }),
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0x80, max: 0xff }),
  fc.constantFrom(...ascii('"\\ ,:}'), 0xe9, 0xc4, 0xfc)
);

it('undoes what amiws does to any bytes, up to the frame that a last accented letter cuts', () => {
  fc.assert(
    fc.property(fc.array(fc.array(byte, { maxLength: 12 }), { minLength: 1, maxLength: 5 }), (values) => {
      const { bytes, isWhole } = amiwsFrame(values);
      // A value that itself holds what looks like its own end can't be told from one that ends.
      fc.pre(!values.some((value) => /"\s*([,}]|$)/.test(String.fromCharCode(...value))));
      const fields = Object.values(recoverFrame(bytes)?.fields ?? {});
      expect(fields.length).toBeGreaterThan(0);
      expect(fields).toEqual(values.slice(0, fields.length).map((value) => decodeText(Uint8Array.from(value))));
      expect(fields.length === values.length || !isWhole).toBe(true);
    }),
    { numRuns: 500, examples: [[[[0xf0, 0x7d, 0x7d], []]]] }
  );
});

it('gives nothing for what is not a frame', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(recoverFrame(bytes)).toBeNull();
    })
  );
});
