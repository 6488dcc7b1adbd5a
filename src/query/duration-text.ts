const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** A length of time (milliseconds) as people read it, in whole seconds and by its two largest units: `4 s`, `2 h 5 min`. */
export function durationText(length: number): string {
  const seconds = Math.round(length / 1000);
  if (seconds === 0) {
    return 'less than 1 s';
  }
  const first = units.findIndex(([, size]) => seconds >= size);
  let rest = seconds;
  return units
    .slice(first, first + 2)
    .flatMap(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? [] : `${count} ${name}`;
    })
    .join(' ');
}
