import { parseAmi } from './parse-ami';

const text = 'Event: Cdr\r\nCallerID: "A: B" <1>\r\nEmpty:\r\n\r\nResponse: Success\r\n\r\n';
const messages = [
  [
    ['Event', 'Cdr'],
    ['CallerID', '"A: B" <1>'],
    ['Empty', ''],
  ],
  [['Response', 'Success']],
];

test('a message ends at an empty line, and a value may hold a colon or nothing', () => {
  expect(parseAmi(Buffer.from(text))).toEqual({ messages, rest: Buffer.alloc(0) });
});

test('messages are the same wherever the packets are split', () => {
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const first = parseAmi(bytes.subarray(0, cut));
    const second = parseAmi(Buffer.concat([first.rest, bytes.subarray(cut)]));
    expect([...first.messages, ...second.messages]).toEqual(messages);
  }
});

test('a repeated key keeps each value in order', () => {
  const parsed = parseAmi(Buffer.from('ChanVariable: a=1\r\nChanVariable: b=2\r\n\r\n'));
  expect(parsed.messages).toEqual([
    [
      ['ChanVariable', 'a=1'],
      ['ChanVariable', 'b=2'],
    ],
  ]);
});

test('bytes that are not UTF-8 are read as Latin-1', () => {
  expect(parseAmi(Buffer.from('Name: Zoë\r\n\r\n', 'latin1')).messages).toEqual([[['Name', 'Zoë']]]);
  expect(parseAmi(Buffer.from('Name: Zoë\r\n\r\n', 'utf8')).messages).toEqual([[['Name', 'Zoë']]]);
});
