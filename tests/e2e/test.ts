import { expect, test as base } from '@grafana/plugin-e2e';

/** Signs in as the administrator for each test: Grafana renews a session's token, and a long run would outlast the first. */
export const test = base.extend({
  storageState: async ({ playwright, baseURL }, provide) => {
    const context = await playwright.request.newContext({ baseURL });
    const answer = await context.post('/login', {
      data: { user: process.env.GRAFANA_USER ?? 'admin', password: process.env.GRAFANA_PASSWORD ?? 'admin' },
    });
    expect(answer.ok()).toBe(true);
    await provide(await context.storageState());
    await context.dispose();
  },
});

export { expect };
