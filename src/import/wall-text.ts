/** Milliseconds read as UTC, as `2026-11-24 13:25:00`. */
export function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}
