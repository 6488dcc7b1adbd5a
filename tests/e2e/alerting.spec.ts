import { startSimulator, type Simulator } from '../../tools/simulator/start-simulator';
import { waitUntilHealthy, type } from './cdr-source';
import { addRules, removeRules, stateOf } from './provisioned-rules';
import { expect, test } from './test';

const uid = 'amiws-cdr-e2e-alerts';
const missed = 'Missed inbound calls';
const abandonment = 'Abandonment above 10 %';
const serviceLevel = 'Service level below 80 %';
const silent = 'PBX silent';

let simulator: Simulator;

test.beforeEach(async ({ page: { request } }) => {
  simulator = await startSimulator({
    servers: [
      { name: 'pbx-east', zone: 'America/New_York' },
      { name: 'pbx-west', zone: 'America/Los_Angeles' },
    ],
    seed: 7,
    speed: 20,
    abandonRate: 1,
  });
  await request.delete(`/api/datasources/uid/${uid}`);
  const jsonData = { amiwsUrl: simulator.url };
  const added = await request.post('/api/datasources', {
    data: { uid, name: 'Asterisk CDR e2e alerts', type, access: 'proxy', jsonData },
  });
  expect(added.ok()).toBe(true);
  await waitUntilHealthy(request, uid);
  await addRules(request, uid);
});

test.afterEach(async ({ page: { request } }) => {
  await removeRules(request);
  await request.delete(`/api/datasources/uid/${uid}`);
  await simulator.close();
});

test('the provisioned rules fire when calls go bad, resolve when they are good, and err while amiws is away', async ({
  page: { request },
}) => {
  test.setTimeout(900_000);
  const states = async (title: string, labels: Record<string, string>) => {
    const { alerts } = await stateOf(request, title);
    const found = alerts.filter((alert) =>
      Object.entries(labels).every(([name, value]) => alert.labels[name] === value)
    );
    return found.map(({ state }) => state.replace(/ .*/, ''));
  };
  const poll = (title: string, labels: Record<string, string> = {}) =>
    expect.poll(() => states(title, labels), { timeout: 180_000, intervals: [2_000], message: title });
  const support = { server: 'pbx-east', queue: 'support' };

  await test.step('everybody gives up, and the link to one PBX breaks', async () => {
    await poll(silent, { server: 'pbx-west' }).toEqual(['Normal']);
    simulator.silence('pbx-west');
    await poll(missed, { server: 'pbx-east' }).toEqual(['Alerting']);
    await poll(abandonment, support).toEqual(['Alerting']);
    await poll(serviceLevel, support).toEqual(['Alerting']);
    await poll(silent, { server: 'pbx-west' }).toEqual(['Alerting']);
    expect(await states(silent, { server: 'pbx-east' })).toEqual(['Normal']);
    const { alerts } = await stateOf(request, abandonment);
    const texts = alerts.map(({ annotations }) => annotations.summary).join('\n');
    expect(texts).toMatch(/^\d+\.\d % of the callers of support on pbx-east gave up$/m);
  });

  await test.step('agents answer everybody again, and the PBX is heard', async () => {
    simulator.setAbandonRate(0);
    simulator.silence('pbx-west', false);
    await poll(silent).toEqual(['Normal', 'Normal']);
    await poll(abandonment, support).toEqual(['Normal']);
    await poll(serviceLevel, support).toEqual(['Normal']);
    await poll(missed, { server: 'pbx-east' }).not.toContain('Alerting');
  });

  await test.step('amiws is away: no rule says that all is well', async () => {
    await simulator.close();
    for (const title of [missed, abandonment, serviceLevel]) {
      // What was known of each queue is given up after two evaluations.
      await poll(title).toEqual(['Error']);
      expect(await stateOf(request, title)).toMatchObject({
        health: 'error',
        lastError: expect.stringContaining("amiws isn't connected"),
        alerts: [{ annotations: { summary: expect.stringMatching(/ (?:isn|aren)'t known$/) } }],
      });
    }
    await poll(silent).toEqual(['Alerting', 'Alerting']);
  });
});
