import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { targetOf, type Target } from '../build/target';

export const root = join(import.meta.dirname, '../..');
export const { name: pluginId, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};

/** One of the zips that are handed out. */
export interface Package {
  /** Go's names of the platform, with what else it is for. */
  name: string;
  target: Target;
  /** Node's names of the platform, by which npm chooses. */
  os: NodeJS.Platform;
  cpu: NodeJS.Architecture;
  /** For a system with glibc in this folder but without the runtime library of GCC: Grafana's stock image. */
  glibcFolder?: string;
}

const make = (name: string, os: NodeJS.Platform, cpu: NodeJS.Architecture, glibcFolder?: string): Package => ({
  name,
  target: targetOf(os, cpu),
  os,
  cpu,
  glibcFolder,
});

export const packages: readonly Package[] = [
  make('linux-amd64', 'linux', 'x64'),
  make('linux-arm64', 'linux', 'arm64'),
  make('linux-amd64-alpine', 'linux', 'x64', '/usr/glibc-compat/lib'),
  make('darwin-arm64', 'darwin', 'arm64'),
  make('windows-amd64', 'win32', 'x64'),
];

/** The package without server part, for every platform. */
export const browserOnly = 'browser-only';

/** Names of all zips. */
export const packageNames: readonly string[] = [...packages.map(({ name }) => name), browserOnly];

/** What packages are made of, kept from one run to the next. */
export const cacheFolder = join(root, '.cache/package');

const folder = join(root, 'packages');

/** The folder that Grafana loads. */
export const pluginFolder = (name: string): string => join(folder, name, pluginId);

/** The same, packed. */
export const zipFile = (name: string): string => join(folder, `${pluginId}-${version}.${name}.zip`);

/** What a signature would be made of: each file of the plugin folder and its SHA-256. */
export const manifestFile = (name: string): string => join(folder, `${pluginId}-${version}.${name}.manifest.json`);

/** The PBX simulator as one file, for docker-compose.yaml. */
export const simulatorFile = join(folder, 'simulator.js');
