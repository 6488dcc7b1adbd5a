import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { ColumnType } from '../sql/table';
import { largestInt, largestTime, whole } from '../sql/whole';

type Fill<T> = (vector: Vector, values: ReadonlyArray<T | null>) => void;

/** Bytes of a text in a vector: its length and, of a short one, the text; of a longer one, where it is. */
const textBytes = 16;
const lengthBytes = 4;
const mostInPlace = textBytes - lengthBytes;
const twoTo32 = 2 ** 32;

const fills: { [type in ColumnType]: Fill<never> } = {
  text: fillTexts,
  int: (vector, values: ReadonlyArray<number | null>) =>
    copy(vector, new Int32Array(values.map((value) => whole(value ?? 0, largestInt)))),
  real: (vector, values: ReadonlyArray<number | null>) =>
    copy(vector, new Float64Array(values.map((value) => value ?? 0))),
  ms: fillTimes,
  bool: (vector, values: ReadonlyArray<boolean | null>) => copy(vector, new Uint8Array(values.map(Number))),
  list: fillLists,
  json: (vector, values: ReadonlyArray<object | null>) =>
    fillTexts(
      vector,
      values.map((value) => (value === null ? null : JSON.stringify(value)))
    ),
};

/**
 * Writes the values of a column into a vector as DuckDB has them in memory, by a call for all of them instead of one for
 * each. Source: DuckDB, C API, vectors and `duckdb_string_t`.
 *
 * @param values null where there is none
 */
export function fillVector(vector: Vector, type: ColumnType, values: readonly unknown[]): void {
  fills[type](vector, values as readonly never[]);
  if (values.includes(null)) {
    markNulls(vector, values);
  }
}

/** A bit of each value, set where there is one. */
function markNulls(vector: Vector, values: readonly unknown[]): void {
  const bits = new Uint8Array(8 * Math.ceil(values.length / 64));
  values.forEach((value, index) => {
    bits[index >> 3]! |= Number(value !== null) << (index & 7);
  });
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, bits.byteLength);
}

/** Most are short and of ASCII, or stand in few rows; DuckDB itself keeps the others. */
function fillTexts(vector: Vector, texts: ReadonlyArray<string | null>): void {
  const bytes = new Uint8Array(textBytes * texts.length);
  const lengths = new Uint32Array(bytes.buffer);
  const others: number[] = [];
  texts.forEach((text, index) => {
    if (text === null || putInPlace(text, bytes, textBytes * index + lengthBytes)) {
      lengths[(textBytes / lengthBytes) * index] = text?.length ?? 0;
    } else {
      others.push(index);
    }
  });
  copy(vector, bytes);
  others.forEach((index) => duckdb.vector_assign_string_element(vector, index, texts[index]!));
}

/** False, with nothing written, for a text that is not short and of ASCII. */
function putInPlace(text: string, bytes: Uint8Array, at: number): boolean {
  if (text.length > mostInPlace) {
    return false;
  }
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0 || unit > 0x7f) {
      bytes.fill(0, at, at + index);
      return false;
    }
    bytes[at + index] = unit;
  }
  return true;
}

/** Without a bigint of each. */
function fillTimes(vector: Vector, times: ReadonlyArray<number | null>): void {
  const words = new Uint32Array(2 * times.length);
  times.forEach((time, index) => {
    const value = whole(time ?? 0, largestTime);
    const high = Math.floor(value / twoTo32);
    words[2 * index] = value - high * twoTo32;
    words[2 * index + 1] = high;
  });
  copy(vector, words);
}

function fillLists(vector: Vector, lists: ReadonlyArray<readonly string[] | null>): void {
  const texts = lists.flatMap((list) => list ?? []);
  const places = new BigUint64Array(2 * lists.length);
  let from = 0;
  lists.forEach((list, index) => {
    places[2 * index] = BigInt(from);
    places[2 * index + 1] = BigInt(list?.length ?? 0);
    from += list?.length ?? 0;
  });
  duckdb.list_vector_reserve(vector, texts.length);
  duckdb.list_vector_set_size(vector, texts.length);
  fillTexts(duckdb.list_vector_get_child(vector), texts);
  copy(vector, places);
}

function copy(vector: Vector, { buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): void {
  duckdb.copy_data_to_vector(vector, 0, buffer, byteOffset, byteLength);
}
