import fc from 'fast-check';
import { csvRecord } from './csv-record';

const fieldsOf = (text: string | Buffer) => csvRecord(Buffer.from(text as string), 0)?.fields ?? null;

describe('a record of a CSV file', () => {
  it.each([
    ['a,b\n', ['a', 'b']],
    ['a,b\r\n', ['a', 'b']],
    ['"","a,b",5\n', ['', 'a,b', '5']],
    ['"""A"" <1>","x"\n', ['"A" <1>', 'x']],
    ['"one\ntwo","x"\n', ['one\ntwo', 'x']],
    ['""A" <1>","x"\n', ['"A" <1>', 'x']],
    [',,\n', ['', '', '']],
  ])('%j is read', (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each(['', 'a,b', '"a', '"a,b\n', '"a"'])('%j does not end yet', (text) => {
    expect(fieldsOf(text)).toBeNull();
  });

  it('has fields in Latin-1 beside such in UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('"M\xfcller","', 'latin1'), Buffer.from('דנה 😀"\n')]);
    expect(csvRecord(bytes, 0)!.fields).toEqual(['Müller', 'דנה 😀']);
  });

  it('is what was written, whatever its fields hold', () => {
    const field = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'ü', ' ') });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        const line = fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(',') + '\n';
        expect(csvRecord(Buffer.from(line), 0)).toEqual({ fields, end: Buffer.byteLength(line) });
      })
    );
  });
});
