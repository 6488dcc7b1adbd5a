import { connectAmi, valueOf, type AmiServer } from '../../tools/bridge/ami-connection';

/** A queue as the PBX itself counts it: AMI QueueParams. Levels in percent. */
export interface QueueParams {
  queue: string;
  completed: number;
  abandoned: number;
  serviceLevel: number;
  serviceLevel2: number;
}

/** Counters of each queue since Asterisk started. */
export async function askQueueStatus(server: AmiServer): Promise<QueueParams[]> {
  const found: QueueParams[] = [];
  let end: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => (end = resolve));
  const ami = await connectAmi(server, (message) => {
    const name = valueOf(message, 'Event');
    const number = (key: string): number => Number(valueOf(message, key));
    if (name === 'QueueParams') {
      found.push({
        queue: valueOf(message, 'Queue'),
        completed: number('Completed'),
        abandoned: number('Abandoned'),
        serviceLevel: number('ServicelevelPerf'),
        serviceLevel2: number('ServicelevelPerf2'),
      });
    } else if (name === 'QueueStatusComplete') {
      end();
    }
  });
  ami.send({ Action: 'QueueStatus' });
  await complete;
  ami.close();
  return found;
}
