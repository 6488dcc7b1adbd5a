import type { Client } from 'pg';

const reason =
  'asks for the password in clear text, which is only sent with TLS that checks the certificate: switch TLS on, or ' +
  'have pg_hba.conf ask for scram-sha-256';

/**
 * Breaks a login off whose server asks for the password itself, before pg sends it: that goes only to a server whose
 * certificate was checked. For a client that is not connected yet.
 *
 * @param breakOff ends the connection; is given what the server did, to follow its name
 */
export function refuseClearText(client: Client, breakOff: (whatItDid: string) => void): void {
  client.connection.on('authenticationCleartextPassword', () => breakOff(reason));
}
