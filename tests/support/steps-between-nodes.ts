/**
 * Statements that a cluster carries out in steps, the rows of one given to the next, by what keeps those rows few. All others
 * are carried out by each node on its own rows, and the coordinator only puts sums together or takes the first rows.
 */
export const stepsBetweenNodes: Readonly<Record<string, RegExp>> = {
  'one row of sums from each table': /^SELECT least\(\(SELECT min\(|^SELECT \* FROM \(SELECT coalesce\(sum\(/,
  'rows without a value, to know whether a table has 100,000':
    /^SELECT count\(\*\) AS found FROM \(SELECT 1 AS one FROM /,
  'one row for each second that facts of a group took': /^SELECT v\.bucket.* AS facts FROM /,
  'two rows of each fact of a month': /^SELECT v\.bucket.* AS level FROM /,
  'as many ids as are wanted, from each table': /^SELECT \* FROM \(SELECT DISTINCT server, linked_id FROM .* LIMIT /,
  'as many ids as calls are wanted': / JOIN \(SELECT server, linked_id FROM call .* LIMIT .*\) l USING /,
  'calls by number, in whose order few columns of each are put':
    / JOIN \(SELECT server, linked_id, .* OVER (later|calls) /,
  'one row of each group that is ranked': /^SELECT g0(, g\d+)* FROM \(SELECT .* r ORDER BY .* LIMIT \d+$/,
  'calls of the numbers that call again, a few columns of each': /^SELECT n\.number, count\(\*\) AS calls, /,
  'numbers of the lost calls of a range': / IN \(SELECT CASE WHEN \(f\.direction = /,
  'one row of each PBX': /^\(SELECT server FROM queue_event WHERE imported .* LIMIT 1\) UNION ALL /,
};
