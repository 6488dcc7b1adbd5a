import { callerFrom, type LineCaller } from './waiting-caller';

/** A channel goes on in the place of another: in a queue, or with whom it talks. */
export interface PlaceTaken {
  uniqueId: string;
  by: Pick<LineCaller, 'uniqueId' | 'number' | 'name'>;
}

type Fields = Readonly<Record<string, string>>;

/**
 * Whose place an AttendedTransfer gives to whom: the one who was talked to first goes on where the transferer consulted, or the one who
 * was consulted where the transferer was first, as where he waited in a queue himself and asks a colleague meanwhile.
 */
export function placesTaken(fields: Fields): PlaceTaken[] {
  return [
    { uniqueId: fields.SecondTransfererUniqueid ?? '', by: callerFrom(fields, 'Transferee') },
    { uniqueId: fields.OrigTransfererUniqueid ?? '', by: callerFrom(fields, 'TransferTarget') },
  ].filter(({ uniqueId, by }) => uniqueId !== '' && by.uniqueId !== '');
}
