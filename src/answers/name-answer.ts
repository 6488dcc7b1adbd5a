import type { Directory } from '../cdr/directory';
import { mapInTurns } from '../cdr/in-turns';
import type { Mention } from '../sentences/sentence';
import type { Answer, AnswerField, SeriesGroup } from './answer';
import { labelIn, namedFields, nameIn } from './field-names';
import { holdsNumber } from './mask-numbers';
import { withMentions } from './with-mentions';
import { seriesField } from './series-field';
import { mappingsOf, textsOf } from './value-mappings';

/** An answer that is shown with names: its values stay ids. */
export async function nameAnswer(answer: Answer, directory: Directory): Promise<Answer> {
  const fields: AnswerField[] = [];
  for (const field of answer.fields) {
    fields.push(field.series ? nameSeries(field, directory) : await nameColumn(field, directory));
  }
  return withMentions({ ...answer, fields }, (mention) => nameMention(mention, directory));
}

function nameMention({ field, text }: Mention, directory: Directory): Mention {
  const named = labelIn(directory, field, text);
  return named === text ? { field, text } : { field, text, named };
}

async function nameColumn(field: AnswerField, directory: Directory): Promise<AnswerField> {
  if (field.type === 'json') {
    const values = await mapInTurns(field.values, (labels) => nameLabels(labels as Record<string, string>, directory));
    return { ...field, values };
  }
  if (field.type !== 'string' || !namedFields.includes(field.name)) {
    return field;
  }
  const texts = new Map<string, string>();
  await mapInTurns(field.values, (value) => {
    if (typeof value === 'string' && !texts.has(value)) {
      const ids = field.isList ? value.split(', ') : [value];
      texts.set(value, ids.map((id) => labelIn(directory, field.name, id)).join(', '));
    }
  });
  const named = [...texts].filter(([id, text]) => id !== text);
  const known = textsOf(field.config.mappings);
  return named.length > 0
    ? { ...field, config: { ...field.config, mappings: mappingsOf([...named, ...known]) } }
    : field;
}

/** Labels of a line of a log, which have no mappings, with the names of its agent and its queue. */
function nameLabels(labels: Record<string, string>, directory: Directory): Record<string, string> {
  const named = Object.entries(labels).flatMap(([label, id]) => {
    // The name of a number would tell whose it is where the number is masked.
    const name = namedFields.includes(label) && !holdsNumber(id) ? nameIn(directory, label, id) : '';
    return name === '' ? [] : [[`${label}Name`, name] as const];
  });
  return named.length === 0 ? labels : { ...labels, ...Object.fromEntries(named) };
}

function nameSeries(field: AnswerField, directory: Directory): AnswerField {
  const { series } = field;
  const groups = series!.groups.map((group): SeriesGroup => {
    const named = labelIn(directory, group.label, group.text);
    return named === group.text ? group : { ...group, named };
  });
  return seriesField({ ...field, series: { ...series!, groups } });
}
