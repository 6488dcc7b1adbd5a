import {
  FieldType,
  getDisplayProcessor,
  getFieldDisplayName,
  formattedValueToString,
  type DataFrame,
  type Field,
} from '@grafana/data';
import { useTheme2 } from '@grafana/ui';

const shownRows = 50;

/** The first rows of an answer, each value in its unit. */
export function AnswerTable({ frame }: { frame: DataFrame }) {
  const theme = useTheme2();
  const cell = {
    padding: '4px 10px',
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    whiteSpace: 'nowrap',
  } as const;
  const texts = frame.fields.map((field) => ({ name: getFieldDisplayName(field, frame), text: textOf(field, theme) }));
  const rows = Array.from({ length: Math.min(frame.length, shownRows) }, (_, row) => row);
  return (
    <div style={{ overflowX: 'auto' }}>
      <table style={{ borderCollapse: 'collapse', width: '100%', fontSize: 12 }}>
        <thead>
          <tr>
            {texts.map(({ name }, column) => (
              <th key={column} scope="col" style={{ ...cell, textAlign: 'left', color: theme.colors.text.secondary }}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {texts.map(({ text }, column) => (
                <td key={column} style={cell}>
                  {text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p style={{ color: theme.colors.text.secondary }}>
        {frame.length === 0 ? 'No rows in this time range yet.' : `${rows.length} of ${frame.length} rows`}
      </p>
    </div>
  );
}

function textOf(field: Field, theme: ReturnType<typeof useTheme2>): (row: number) => string {
  const display = getDisplayProcessor({ field, theme });
  return (row) => {
    const value: unknown = field.values[row];
    if (value === null || value === undefined) {
      return '';
    }
    return field.type === FieldType.string ? String(value) : formattedValueToString(display(value));
  };
}
