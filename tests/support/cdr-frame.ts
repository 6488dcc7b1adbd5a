/** A frame of amiws: type 3 is an event, 4 a response. */
export function frameText(id: number, name: string, type: number, data: Record<string, string>): string {
  return JSON.stringify({ type, server_id: id, server_name: name, ssl: false, data });
}

let sequence = 0;

/** A Cdr frame of an answered call of 10 s that ends now. */
export function cdrFrame(overrides: Record<string, string> = {}, server = 'pbx-east'): string {
  const start = Math.floor(Date.now() / 1000) - 10;
  const wall = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const id = `${start}.${sequence++}`;
  return frameText(1, server, 3, {
    Event: 'Cdr',
    Privilege: 'cdr,all',
    AccountCode: '',
    Source: '5551234',
    Destination: '100',
    DestinationContext: 'from-trunk',
    CallerID: '"Ann" <5551234>',
    Channel: 'PJSIP/trunk-acme-00000001',
    DestinationChannel: 'PJSIP/1001-00000002',
    LastApplication: 'Dial',
    LastData: 'PJSIP/1001,20',
    StartTime: wall(start),
    AnswerTime: wall(start + 2),
    EndTime: wall(start + 10),
    Duration: '10',
    BillableSeconds: '8',
    Disposition: 'ANSWERED',
    AMAFlags: 'DOCUMENTATION',
    UniqueID: id,
    UserField: '',
    LinkedID: id,
    Sequence: String(sequence),
    ...overrides,
  });
}
