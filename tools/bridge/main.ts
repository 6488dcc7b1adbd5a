import { parseArgs } from 'node:util';
import { startBridge } from './start-bridge';

const usage =
  'Usage: AMI_SECRET=… npm run bridge -- --server NAME=HOST:PORT [--server …] --user USER [--port 8090]\n' +
  '       speaks amiws’ wire on ws://127.0.0.1:PORT for PBXes whose AMI it reads directly';

/** A direct AMI connection for a PBX without amiws. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      server: { type: 'string', multiple: true, default: [] },
      user: { type: 'string', default: '' },
      port: { type: 'string', default: '8090' },
    },
  });
  const servers = values.server.map((text) => {
    const match = /^([^=]+)=([^:]+):(\d+)$/.exec(text);
    if (!match) {
      throw new Error(`--server is "${text}". Expected NAME=HOST:PORT.\n${usage}`);
    }
    const [, name, host, port] = match as unknown as [string, string, string, string];
    return { name, host, port: Number(port), user: values.user, secret: process.env.AMI_SECRET ?? '' };
  });
  if (servers.length === 0) {
    throw new Error(usage);
  }
  const bridge = await startBridge({ servers, port: Number(values.port) });
  console.log(`The bridge is at ${bridge.url}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
