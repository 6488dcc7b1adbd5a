import { FieldType, MappingType, type DataFrame, type Field, type ValueMapping } from '@grafana/data';
import { english } from '../sentences/english';
import type { Text } from '../sentences/sentence';
import { othersText } from '../cdr/alone-groups';
import { noValue } from '../cdr/dimensions';
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

function textsOf({ name, values, config }: Field<string>): ValueMapping[] | undefined {
  const words = hasValueTexts(name) ? [...new Set(values)] : values.includes(othersText) ? [othersText] : [];
  const texts = words.map((value) => [value, valueText(name, value)] as const);
  const said = mappingsOf(texts.filter(([value, text]) => value !== text)) ?? [];
  const all = [...(config.mappings ?? []).map(sayNone), ...(said as ValueMapping[])];
  return all.length > 0 ? all : undefined;
}

/** What has no value is shown by a mapping of the server part. */
function sayNone(mapping: ValueMapping): ValueMapping {
  if (mapping.type !== MappingType.ValueToText || mapping.options['']?.text !== noValue) {
    return mapping;
  }
  const none = { ...mapping.options[''], text: valueText('', noValue) };
  return { ...mapping, options: { ...mapping.options, '': none } };
}

/** A series ends with the values of its groups, in whatever order labels are. */
function saySeries(title: string, labels: Field['labels'] = {}): string {
  const texts = new Map(Object.entries(labels).map(([name, value]) => [name, value || noValue]));
  const last = [...texts].find(([, text]) => title === text || title.endsWith(` ${text}`));
  if (!last) {
    return title;
  }
  const [name, text] = last;
  const others = Object.fromEntries(Object.entries(labels).filter(([other]) => other !== name));
  const before = title.slice(0, -text.length).trimEnd();
  return [saySeries(before, others), valueText(name, text)].filter(Boolean).join(' ');
}
