import type { EngineSupports } from '../../src/store/engine';
import { bothWays } from './both-ways';
import { bounds } from './bounds';
import { callSums } from './call-sums';
import { callers } from './callers';
import { calls } from './calls';
import { derivation } from './derivation';
import { figures } from './figures';
import { flows } from './flows';
import { logbook } from './logbook';
import type { OpenStore } from './open-store';
import { queueLogs } from './queue-logs';
import { retention } from './retention';
import { scans } from './scans';
import { selections } from './selections';
import { severalWriters } from './several-writers';
import { storedCalls } from './stored-calls';
import { storesAgree } from './stores-agree';

type Theme = (open: OpenStore) => void;

const themes: readonly Theme[] = [
  calls,
  bothWays,
  bounds,
  selections,
  figures,
  callSums,
  flows,
  callers,
  logbook,
  derivation,
  retention,
  queueLogs,
  scans,
  storedCalls,
  storesAgree,
];

/** What holds besides where an engine can do more. */
const themesOfSupport: Readonly<Record<keyof EngineSupports, Theme>> = { severalWriters };

/** Registers the tests that a store passes on every engine. */
export function storeSuite(open: OpenStore, supports: EngineSupports): void {
  const supported = Object.entries(themesOfSupport).filter(([name]) => supports[name as keyof EngineSupports]);
  [...themes, ...supported.map(([, theme]) => theme)].forEach((theme) => theme(open));
}
