import { askCase } from '../ask-examples';
import type { Example, Value } from './example';

/** `blind by 1001 of one to two`, of each transfer of a case. */
async function transfersOf(name: string): Promise<string[]> {
  const rows = await askCase(name, 'frames', {
    ...{ queryType: 'statistics', metrics: ['transfers', 'blindTransfers'] },
    groupBy: ['agent', 'queue', 'transferTarget'],
  });
  return rows
    .filter(({ transfers }) => transfers === 1)
    .map(
      ({ agent, queue, transferTarget, blindTransfers }) =>
        `${blindTransfers === 1 ? 'blind' : 'attended'} by ${String(agent)} of ${String(queue || 'no queue')} to ${String(transferTarget)}`
    );
}

const toldOf = (name: string): Example => [
  new RegExp(`Case \`${name}\`: ((?:blind|attended) by \\S+ of (?:no queue|\\S+) to \\w+)\\.`),
  () => transfersOf(name),
];

/** Examples of transfers, and of what a call's journey tells of them. */
export const examplesOfTransfers: readonly Example[] = [
  ...[
    'pbx-blind-to-queue',
    'pbx-att-to-agent',
    'pbx-att-to-queue',
    'direct-attended-transfer',
    'pbx-freepbx-blind',
  ].map(toldOf),
  [/Case `pbx-park-retrieve`: (\d+) transfers\./, async () => [(await transfersOf('pbx-park-retrieve')).length]],
  [
    /Case `pbx-blind-to-queue`: (\d+) transfers (\d+) of (\d+), rate (\d+) %, handle time (\d+) s; (\d+) (\d+) of (\d+), handle time (\d+) s; both together (\d+) %\./,
    async () => {
      const asked = {
        queryType: 'statistics',
        metrics: ['transfers', 'callsHandled', 'transferRate', 'totalHandleTime'],
      };
      const [first, second] = await askCase('pbx-blind-to-queue', 'frames', { ...asked, groupBy: ['agent'] });
      const [both] = await askCase('pbx-blind-to-queue', 'frames', asked);
      const { transferRate: rate, ...of1001 } = first!;
      return [
        ...[of1001.agent, of1001.transfers, of1001.callsHandled, rate, of1001.totalHandleTime],
        ...[second!.agent, second!.transfers, second!.callsHandled, second!.totalHandleTime, both!.transferRate],
      ] as Value[];
    },
  ],
  [
    /Case `pbx-blind-to-queue`: (began, [a-z, ]*, ended)\./,
    async () => {
      const calls = await askCase('pbx-blind-to-queue', 'frames', { queryType: 'calls' });
      const filters = { linkedId: calls.map(({ linkedId }) => linkedId) };
      const steps = await askCase('pbx-blind-to-queue', 'frames', { queryType: 'journey', filters });
      return [steps.map(({ step }) => step).join(', ')];
    },
  ],
];
