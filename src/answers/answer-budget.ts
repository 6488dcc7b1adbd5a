import { InvalidQueryError } from '../query/invalid-query-error';
import type { Answer } from './answer';
import { mapInTurns } from '../cdr/in-turns';
import { sentence } from '../sentences/sentence';

/** Values that the answers of one request may hold together. */
export const maxValues = 6_000_000;
/** UTF-16 characters of their texts. */
export const maxCharacters = 200_000_000;

/** What the answers to the queries of one request may hold together: they are all in memory until the last is there. */
export class AnswerBudget {
  private values = 0;
  private characters = 0;

  /** @throws InvalidQueryError where the answers hold more with this one than those of a request may */
  async spend({ fields }: Answer): Promise<void> {
    for (const { values } of fields) {
      this.values += values.length;
      this.check();
      await mapInTurns(values, (value) => {
        this.characters += charactersOf(value);
      });
      this.check();
    }
  }

  /**
   * Once an answer was too much, the others are not even made.
   * @throws InvalidQueryError where the answers hold more than those of a request may
   */
  check(): void {
    if (this.values > maxValues || this.characters > maxCharacters) {
      throw new InvalidQueryError([
        this.values > maxValues
          ? sentence('query.bound.values', { most: maxValues })
          : sentence('query.bound.characters', { most: maxCharacters }),
      ]);
    }
  }
}

function charactersOf(value: Answer['fields'][number]['values'][number]): number {
  if (typeof value === 'string') {
    return value.length;
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).reduce((sum, [name, text]) => sum + name.length + String(text).length, 0)
    : 0;
}
