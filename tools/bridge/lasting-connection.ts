import { setTimeout as sleep } from 'node:timers/promises';
import { connectAmi, type AmiConnection, type AmiMessage, type AmiServer } from './ami-connection';

/** Until a PBX that ended the connection is tried again. Milliseconds. */
const pause = 1000;

/**
 * An AMI connection that is opened again when the PBX ends it, as a restart does. What is sent in between is lost.
 * @throws Error when the PBX can't be reached or refuses the login at first
 */
export async function lastingConnection(
  server: AmiServer,
  onMessage: (message: AmiMessage) => void
): Promise<AmiConnection> {
  let isWanted = true;
  let current = await open(server, onMessage);
  const keep = async (): Promise<void> => {
    for (let ended = current.ended; isWanted;) {
      await ended;
      await sleep(isWanted ? pause : 0);
      if (isWanted) {
        const opened = await open(server, onMessage).catch(() => null);
        current = opened ?? current;
        ended = current.ended;
      }
    }
    current.close();
  };
  void keep();
  return {
    send: (action) => current.send(action),
    close: () => {
      isWanted = false;
      current.close();
    },
  };
}

async function open(
  server: AmiServer,
  onMessage: (message: AmiMessage) => void
): Promise<AmiConnection & { ended: Promise<void> }> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ...(await connectAmi(server, onMessage, end)), ended };
}
