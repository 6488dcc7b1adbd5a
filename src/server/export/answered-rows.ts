import { AnswerBudget } from '../../answers/answer-budget';
import type { Answer } from '../../answers/answer';
import { answerQuery } from '../../answers/answer-query';
import { answerFileColumns } from '../../export/answer-columns';
import type { ExportSelection } from '../../export/export-request';
import type { LookAtRows } from '../../export/exported-rows';
import type { NumberView } from '../ask/number-view';
import type { Exporting } from '../sources/roles';

export async function countAnswered(
  source: Exporting,
  selection: ExportSelection,
  view: NumberView,
  signal: AbortSignal
): Promise<number> {
  return rowCount(await ask(source, selection, view, signal));
}

/** What a panel shows, which is in memory as a whole: what an answer may hold bounds it. */
export async function answeredRows(
  source: Exporting,
  selection: ExportSelection,
  fields: readonly string[],
  view: NumberView,
  look: LookAtRows,
  signal: AbortSignal
): Promise<void> {
  const answer = await ask(source, selection, view, signal);
  const { directory, defaults } = source.answers;
  const { clock } = defaults.clocks.ofQuestion(selection.query.filters.server, selection.to);
  const offsetOf = (server: string | null, instant: number): number =>
    (server ? defaults.clocks.of(server) : clock).offsetAt(instant) ?? 0;
  const total = rowCount(answer);
  const rows = Array.from({ length: total }, (_, row) => row);
  await look({
    total,
    columns: answerFileColumns(answer, fields, offsetOf, view.text, directory),
    pages: () => [rows],
  });
}

async function ask(
  { answers }: Exporting,
  { query, from, to, intervalMs }: ExportSelection,
  view: NumberView,
  signal: AbortSignal
): Promise<Answer> {
  const answer = await answerQuery(answers, view.query(query), { from, to, intervalMs }, signal);
  await new AnswerBudget().spend(answer);
  return view.answer(answer);
}

function rowCount({ fields }: Answer): number {
  return fields[0]?.values.length ?? 0;
}
