import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json, text } from 'node:stream/consumers';
import { packages, root, zipFile } from '../../tools/package/packages';
import { signPlugin } from '../../tools/package/sign-plugin';
import { writeZip } from '../../tools/package/write-zip';
import { selfSignedCertificate } from '../self-signed-certificate';
import { readZip } from './read-zip';

const environment = { ...process.env };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sign-'));
  delete process.env.GRAFANA_ACCESS_POLICY_TOKEN;
  delete process.env.GRAFANA_API_KEY;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.env = { ...environment };
});

test('without a token nothing is signed, which is told plainly, and the zips stay as they are', async () => {
  const changed = (): number[] => packages.map(({ name }) => statSync(zipFile(name)).mtimeMs);
  const before = changed();
  const child = spawn('tsx', ['tools/package/sign.ts'], { cwd: root, env: process.env });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect(code).toBe(1);
  expect(output + errors).toContain('Missing GRAFANA_ACCESS_POLICY_TOKEN');
  expect(errors).toContain('linux-amd64 is not signed.');
  expect(changed()).toEqual(before);
});

test('with a token Grafana is sent the files with their checksums, and what it answers goes into the zip', async () => {
  const certificate = selfSignedCertificate();
  const authority = path.join(folder, 'authority.pem');
  writeFileSync(authority, certificate.cert);
  const plugin = path.join(folder, 'plugin');
  mkdirSync(plugin);
  writeFileSync(path.join(plugin, 'plugin.json'), '{"id":"some-datasource","info":{"version":"1.2.3"}}');

  const asked: Array<{ token?: string; manifest: unknown }> = [];
  const grafana = createServer(certificate, async (request, response) => {
    asked.push({ token: request.headers.authorization, manifest: await json(request) });
    response.end('signed by Grafana');
  });
  await new Promise<void>((resolve) => grafana.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    GRAFANA_COM_URL: `https://127.0.0.1:${(grafana.address() as AddressInfo).port}/api`,
    NODE_EXTRA_CA_CERTS: authority,
    NO_PROXY: '127.0.0.1',
    GRAFANA_ACCESS_POLICY_TOKEN: 'glc_test',
  });
  const signed = await signPlugin(plugin, ['--rootUrls', 'https://grafana.example.com/']);
  grafana.close();

  expect(signed).toBe(true);
  const sha256 = createHash('sha256')
    .update(readFileSync(path.join(plugin, 'plugin.json')))
    .digest('hex');
  expect(asked).toMatchObject([
    {
      token: 'Bearer glc_test',
      manifest: { plugin: 'some-datasource', version: '1.2.3', files: { 'plugin.json': sha256 } },
    },
  ]);
  expect(asked[0]!.manifest).toMatchObject({ rootUrls: ['https://grafana.example.com/'] });
  await writeZip(plugin, path.join(folder, 'plugin.zip'));
  const { files, close } = await readZip(path.join(folder, 'plugin.zip'));
  const manifest = files.find(({ name }) => name === 'plugin/MANIFEST.txt')!;
  expect(await text(await manifest.read())).toBe('signed by Grafana');
  close();
});
