import { setTimeout as sleep } from 'node:timers/promises';
import { AmiRounds } from './ami-mixture';
import { startFakeAmi } from './fake-ami';
import type { AmiFed, AmiFeed } from './start-ami-feeder';

/** A PBX in a process of its own, started by `startAmiFeeder`: sends the event stream of a real Asterisk, all classes. */
async function main(): Promise<void> {
  const rounds = new AmiRounds();
  const ami = await startFakeAmi();
  let next = 0;

  async function feed({ events, perSecond = Infinity }: AmiFeed): Promise<AmiFed> {
    const fed: AmiFed = { events: 0, records: 0, joins: 0, seconds: 0 };
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1000;
    while (fed.events < events) {
      await sleep(Math.max(0, (fed.events / perSecond - seconds()) * 1000));
      ami.say(rounds.round(next++, Date.now()));
      await ami.taken();
      fed.events += rounds.eventsPerRound;
      fed.records += rounds.recordsPerRound;
      fed.joins += rounds.joinsPerRound;
    }
    return { ...fed, seconds: seconds() };
  }

  process.on('message', (order: AmiFeed) => void feed(order).then((fed) => process.send?.(fed)));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port: ami.port });
}

void main();
