import { toJson } from './to-json';

describe('toJson', () => {
  it('writes schema and data in the form that Grafana Live carries', () => {
    const json = toJson({
      name: 'calls',
      refId: 'A',
      meta: { channel: 'ds/uid/path' },
      fields: [
        { name: 'time', type: 'time', values: [1709210096789] },
        { name: 'wait', type: 'number', labels: { queue: 'q' }, config: { unit: 's' }, values: [null] },
        { name: 'open', type: 'boolean', nullable: false, values: [true] },
        { name: 'more', type: 'json', values: [{ a: 1 }] },
      ],
    });
    expect(JSON.parse(json)).toEqual({
      schema: {
        name: 'calls',
        refId: 'A',
        meta: { channel: 'ds/uid/path' },
        fields: [
          { name: 'time', type: 'time', typeInfo: { frame: 'time.Time' } },
          {
            name: 'wait',
            type: 'number',
            typeInfo: { frame: 'float64', nullable: true },
            labels: { queue: 'q' },
            config: { unit: 's' },
          },
          { name: 'open', type: 'boolean', typeInfo: { frame: 'bool' } },
          { name: 'more', type: 'other', typeInfo: { frame: 'json.RawMessage', nullable: true } },
        ],
      },
      data: { values: [[1709210096789], [null], [true], [{ a: 1 }]] },
    });
  });

  it('keeps the numbers that JSON lacks as entities of their field', () => {
    const json = toJson({
      fields: [
        { name: 'name', type: 'string', values: ['a', 'b', 'c', 'd'] },
        { name: 'share', type: 'number', values: [NaN, 1, Infinity, -Infinity] },
      ],
    });
    expect(JSON.parse(json).data).toEqual({
      values: [
        ['a', 'b', 'c', 'd'],
        [null, 1, null, null],
      ],
      entities: [null, { NaN: [0], Inf: [2], NegInf: [3] }],
    });
  });

  it('names the fields whose lengths differ', () => {
    const uneven = [
      { name: 'a', type: 'number' as const, values: [1] },
      { name: 'b', type: 'number' as const, values: [] },
    ];
    expect(() => toJson({ fields: uneven })).toThrow('"a" has 1, "b" has 0');
  });
});
