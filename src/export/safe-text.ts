/**
 * Where a spreadsheet may begin to read a formula: the start of a cell, or what becomes one where the spreadsheet of a
 * user with a decimal comma cuts lines at semicolons, quotes or no quotes. Full-width signs count as the plain ones.
 */
const formulaStart = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** A number has nothing in it to run: +4930123456 stays a phone number that other programs know. */
const signedNumber = /^[+-]\d+$/;

/**
 * A text that no spreadsheet takes for a formula: an apostrophe before what might be one.
 * Source: OWASP, CSV Injection (the signs), but for numbers with a sign, which OWASP has marked too.
 */
export function safeText(text: string): string {
  return signedNumber.test(text) ? text : text.replace(formulaStart, "'");
}
