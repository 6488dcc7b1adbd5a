/** A place in a table or file, and what its reader must know to go on from there. */
export interface NotedPosition {
  place: string;
  note: string;
}

const separator = '\n';

export function positionText({ place, note }: NotedPosition): string {
  return note === '' ? place : `${place}${separator}${note}`;
}

export function notedPosition(position: string): NotedPosition {
  const at = position.indexOf(separator);
  return at < 0 ? { place: position, note: '' } : { place: position.slice(0, at), note: position.slice(at + 1) };
}
