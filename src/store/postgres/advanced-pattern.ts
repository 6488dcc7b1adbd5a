/** An RE2 pattern as PostgreSQL's regular expressions take it. */
export function advancedPattern(re2: string): string {
  return re2;
}
