/** A question that can't be answered as it stands; the message names the field, what was found and what is expected. */
export class InvalidQueryError extends Error {
  override name = 'InvalidQueryError';
}
