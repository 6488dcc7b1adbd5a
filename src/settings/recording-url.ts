/** What is wrong with a template of the address of recordings. */
export type RecordingUrlProblem = 'scheme' | 'host' | 'placeholder';

/** `${column}` or `${column:date:FORMAT}`. */
const placeholder = /\$\{([^}:]+)(?::date:([^}]+))?\}/g;

/**
 * Null for a template that can be used: an http or https address whose host is written out, so that nothing a caller sends
 * decides where a link leads, with placeholders such as `${uniqueId}` or `${startTime:date:YYYY/MM/DD}` behind the host.
 */
export function recordingUrlProblem(template: string): RecordingUrlProblem | null {
  if (!/^https?:\/\//i.test(template)) {
    return 'scheme';
  }
  if (!/^https?:\/\/[^/?#${}\s]+\//i.test(template) || !URL.canParse(template)) {
    return 'host';
  }
  return template.replace(placeholder, '').includes('${') ? 'placeholder' : null;
}

/** Names of the columns that a template needs. */
export function recordingUrlColumns(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, column]) => column!);
}

export interface RowTexts {
  text: (column: string) => string;
  /** A time in the PBX's zone, in a format such as `YYYY/MM/DD`. */
  date: (column: string, format: string) => string;
}

/** The address of one row's recording; empty where the row lacks a value. Values can't add a path, only dates can. */
export function fillRecordingUrl(template: string, { text, date }: RowTexts): string {
  let isComplete = true;
  const url = template.replace(placeholder, (_, column: string, format: string | undefined) => {
    const value = format === undefined ? encodeURIComponent(text(column)) : encodeURI(date(column, format));
    isComplete &&= value !== '';
    return value;
  });
  return isComplete ? url : '';
}
