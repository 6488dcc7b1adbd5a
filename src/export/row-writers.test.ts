import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { TextOrigin } from '../answers/answer';
import { cdrRecord, noon } from '../../tests/support/cdr-builders';
import type { CdrRecord } from '../cdr/record';
import { csvWriter } from './csv-writer';
import { exportColumns } from './export-columns';
import { jsonWriter } from './json-writer';
import type { RowWriter } from './row-writer';
import { safeText } from './safe-text';
import { timeText } from './time-text';

const iso = timeText('iso', 'UTC');
const asIs = (_: string, value: string) => value;
const columns = (fields: string[]) => exportColumns('records', fields, [], asIs);
const file = <T>({ head, row, between, tail }: RowWriter<T>, rows: T[]): string =>
  head + rows.map(row).join(between) + tail;
const csv = (records: CdrRecord[], fields: string[], header = true): string =>
  file(csvWriter(columns(fields), iso, header), records);

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[=+\-@;,"'\t\r\n0-9a \uFF1D]{0,8}$/));
const anyRecord: fc.Arbitrary<CdrRecord> = fc
  .record({
    source: text,
    callerId: text,
    sequence: fc.option(fc.nat()),
    startTime: fc.integer({ min: 1, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
    answerTime: fc.constant(null),
    custom: fc.dictionary(fc.constantFrom('Tenant', 'a,"b"'), text),
  })
  .map(cdrRecord);

describe('CSV', () => {
  it('has the titles, then a line a row, and begins with the mark that Excel knows UTF-8 by', () => {
    expect(csv([cdrRecord()], ['startTime', 'source', 'callerId', 'duration'])).toBe(
      '\uFEFFStart time,Source,Caller ID,Duration\r\n2026-11-24T13:00:00+00:00,5551234,"""Caller"" <5551234>",10\r\n'
    );
  });

  it('leaves the titles out when asked', () => {
    expect(csv([cdrRecord({ answerTime: null })], ['source', 'answerTime'], false)).toBe('\uFEFF5551234,\r\n');
  });

  it('writes a line for a row with nothing in its only field', () => {
    expect(csv([cdrRecord({ queue: '' })], ['queue'], false)).toBe('\uFEFF""\r\n');
  });

  it('is read back by another program with the text that was written, for any text', () => {
    const fields = ['startTime', 'source', 'sequence', 'answerTime', 'custom.a,"b"', 'callerId', 'custom.Tenant'];
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 5 }), fc.subarray(fields, { minLength: 1 }), (records, some) => {
        const lines: string[][] = parse(csv(records, some), { bom: true, record_delimiter: '\r\n' });
        const chosen = columns(some);
        expect(lines).toEqual([
          chosen.map(({ title }) => title),
          ...records.map((record) =>
            chosen.map(({ utcOffset, value }) => {
              const cell = value(record);
              return cell === null
                ? ''
                : utcOffset
                  ? iso(Number(cell), 0)
                  : typeof cell === 'string'
                    ? safeText(cell)
                    : String(cell);
            })
          ),
        ]);
      })
    );
  });

  it('leaves numbers alone, below zero too', () => {
    expect(csv([cdrRecord({ duration: -3 })], ['duration'], false)).toBe('\uFEFF-3\r\n');
  });
});

describe('a text', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1+cmd|x', "'+1+cmd|x"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['\uFF1D1+1', "'\uFF1D1+1"],
    ['a;=1+1', "a;'=1+1"],
    ['+49 30 1234', "'+49 30 1234"],
  ])('that begins a formula, %j, gets an apostrophe', (found, safe) => {
    expect(safeText(found)).toBe(safe);
  });

  it.each(['+4930123456', '-5', '5551234', 'Müller', 'a=b', 'PJSIP/1001-00000002', 'Local/1001@from-queue-1;1', ''])(
    'that is none, %j, stays as it is',
    (found) => {
      expect(safeText(found)).toBe(found);
    }
  );

  it('never leaves the sign of a formula at the start of a cell, whether cut at commas or at semicolons', () => {
    fc.assert(
      fc.property(text, (found) => {
        expect(safeText(found)).not.toMatch(/^[\t\r]/);
        for (const cell of safeText(found).split(/[;\t\r\n]/)) {
          expect(cell).not.toMatch(/^[=@\uFF1D\uFF0B\uFF0D\uFF20]|^[+-](?!\d+$)/);
        }
      }),
      { numRuns: 1_000 }
    );
  });
});

describe('JSON', () => {
  it('is an array of objects that keep numbers, texts and nulls, for any text', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 5 }), (records) => {
        const chosen = columns(['startTime', 'answerTime', 'source', 'sequence', 'custom.Tenant']);
        expect(JSON.parse(file(jsonWriter(chosen, iso), records))).toEqual(
          records.map(({ startTime, source, sequence, custom }) => ({
            startTime: iso(startTime!, 0),
            answerTime: null,
            source,
            sequence,
            'custom.Tenant': custom.Tenant ?? '',
          }))
        );
      })
    );
  });

  it('has epoch milliseconds as numbers', () => {
    const writer = jsonWriter(columns(['startTime']), timeText('epoch', 'UTC'));
    expect(JSON.parse(file(writer, [cdrRecord()]))).toEqual([{ startTime: noon }]);
  });
});

describe('columns', () => {
  it('are all, custom fields last, unless some are chosen', () => {
    const names = (fields: string[]) => exportColumns('calls', fields, ['Tenant'], asIs).map(({ name }) => name);
    expect(names([]).slice(0, 2)).toEqual(['startTime', 'answerTime']);
    expect(names([]).at(-1)).toBe('custom.Tenant');
    expect(names(['custom.Other', 'source'])).toEqual(['custom.Other', 'source']);
  });

  it('hold texts as they may be seen', () => {
    const seen = (origin: TextOrigin, value: string) => (origin === 'free' ? '••••' : value);
    const chosen = exportColumns('records', ['source', 'server', 'duration', 'custom.Tenant'], [], seen);
    const record = cdrRecord({ custom: { Tenant: 'acme' } });
    expect(chosen.map(({ value }) => value(record))).toEqual(['••••', 'pbx', 10, '••••']);
  });

  it('that do not exist are told', () => {
    expect(() => exportColumns('calls', ['sorce'], [], asIs)).toThrow(
      'The answer has no field "sorce". Expected some of startTime'
    );
  });
});
