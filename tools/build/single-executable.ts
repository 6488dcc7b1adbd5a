import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource } from 'resedit';

/** What a Node binary does by itself: the script it runs, and its own options for that. */
export interface Start {
  script: string;
  options: readonly string[];
}

/** Where a Node binary looks for its script, and what tells it to. Source: Node's documentation of single executables. */
const resource = 'NODE_SEA_BLOB';
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:';

/** Windows' type of a resource with bytes of its own, RT_RCDATA. */
const rawData = 10;

/**
 * A node.exe that needs no arguments. Its signature, which would no longer be right, is taken out.
 *
 * @param version of that Node: the one that runs this must be the same, since it packs the script
 * @throws Error when it is another one, or a binary that takes no script
 */
export function singleExecutable(node: Buffer, version: string, start: Start): Buffer {
  if (process.version !== version) {
    throw new Error(`Node ${version.slice(1)} packs its script itself: run this with it, not with ${process.version}.`);
  }
  const executable = NtExecutable.from(node, { ignoreCert: true });
  const resources = NtExecutableResource.from(executable);
  resources.entries.push({ type: rawData, id: resource, lang: 0, codepage: 0, bin: pack(start) });
  resources.outputResource(executable);
  return lightFuse(Buffer.from(executable.generate()));
}

function pack({ script, options }: Start): ArrayBuffer {
  const folder = mkdtempSync(join(tmpdir(), 'single-executable-'));
  try {
    const [main, output, config] = [join(folder, 'main.js'), join(folder, 'blob'), join(folder, 'config.json')];
    writeFileSync(main, script);
    writeFileSync(config, JSON.stringify({ main, output, execArgv: options, disableExperimentalSEAWarning: true }));
    execFileSync(process.execPath, ['--experimental-sea-config', config], { stdio: 'pipe' });
    return new Uint8Array(readFileSync(output)).buffer;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lightFuse(binary: Buffer): Buffer {
  const at = binary.indexOf(`${fuse}0`);
  if (at < 0 || binary.indexOf(fuse, at + 1) >= 0) {
    throw new Error(`Expected ${fuse}0 once in the Node binary: it is made to take no script.`);
  }
  binary.write('1', at + fuse.length);
  return binary;
}
