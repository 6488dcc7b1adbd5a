/** Turns rows into the text of a file: head, rows with `between` between them, tail. */
export interface RowWriter<T> {
  contentType: string;
  head: string;
  row: (row: T) => string;
  between: string;
  tail: string;
}
