import { FieldType, type DataFrame, type Field, type ValueMapping } from '@grafana/data';
import { english } from '../sentences/english';
import type { Text } from '../sentences/sentence';
import { mappingsOf } from '../answers/value-mappings';
import { columnTitle } from './column-title';
import { sayText } from '../say/say-text';
import { hasValueTexts, valueText } from '../say/value-text';

/** Columns that hold sentences. */
const spoken: readonly string[] = ['title', 'text', 'detail'];

/** The sentences of a frame, its notices and marks, in the user's language. */
export function saySentences(frame: DataFrame): DataFrame {
  const texts = frame.meta?.custom?.texts as Text[] | undefined;
  if (!texts?.length) {
    return frame;
  }
  const said = new Map(texts.map((text) => [english(text), sayText(text)]));
  const inWords = (text: string): string => said.get(text) ?? text;
  return {
    ...frame,
    meta: {
      ...frame.meta,
      notices: frame.meta?.notices?.map((notice) => ({ ...notice, text: inWords(notice.text) })),
    },
    fields: frame.fields.map((field) =>
      spoken.includes(field.name) ? { ...field, values: field.values.map(inWords) } : field
    ),
  };
}

/** The titles and the values of columns in the user's language. Names of fields stay, and so do values: they are shown by mappings. */
export function sayColumns(frame: DataFrame): DataFrame {
  return { ...frame, fields: frame.fields.map(sayColumn) };
}

function sayColumn(field: Field): Field {
  const { name, type, labels, config } = field;
  const title = config.displayNameFromDS;
  const mappings = labels || type !== FieldType.string ? undefined : textsOf(field);
  return {
    ...field,
    config: {
      ...config,
      ...(title !== undefined && { displayNameFromDS: saySeries(columnTitle(name, title), labels) }),
      ...(mappings && { mappings }),
    },
  };
}

function textsOf({ name, values, config }: Field): ValueMapping[] | undefined {
  if (!hasValueTexts(name)) {
    return undefined;
  }
  const texts = [...new Set<string>(values)]
    .map((value) => [value, valueText(name, value)] as const)
    .filter(([value, text]) => value !== text);
  const named = mappingsOf(texts) as ValueMapping[] | undefined;
  return named && [...(config.mappings ?? []), ...named];
}

/** A series ends with the values of its groups. */
function saySeries(title: string, labels: Field['labels']): string {
  const [name, value] = Object.entries(labels ?? {}).at(-1) ?? ['', ''];
  return value !== '' && title.endsWith(value) ? title.slice(0, -value.length) + valueText(name, value) : title;
}
