/** What a task gives, or null where it can't: then a note says so. */
export async function orLeftOut<T>(what: string, task: () => Promise<T>, notes: string[]): Promise<T | null> {
  try {
    return await task();
  } catch (error) {
    notes.push(`${what} is left out: ${String(error)}`);
    return null;
  }
}
