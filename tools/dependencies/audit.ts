import { execFile } from 'node:child_process';
import { onPlatform } from '../test/on-platform';

/**
 * `npm run audit`: fails on a known hole of high or critical severity in a package that the plugin is built with. Where
 * the registry does not answer audits, it says so and passes: a mirror often serves packages only.
 */
interface Report {
  vulnerabilities?: Record<string, { name: string; severity: string; range: string }>;
  error?: unknown;
  message?: string;
}

const { file, args, shell } = onPlatform(process.platform, ['npm', 'audit', '--omit=dev', '--json']);
execFile(file, args, { shell, maxBuffer: 64 * 1024 * 1024 }, (_, output) => {
  const report = readReport(output);
  if (!report?.vulnerabilities) {
    console.log(`Not audited: the registry answers no audits (${report?.message ?? 'no report came'}).`);
    return;
  }
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) => /^(high|critical)$/.test(severity));
  for (const { name, severity, range } of grave) {
    console.error(`${name} ${range}: ${severity}. npm audit --omit=dev tells more.`);
  }
  console.log(`${grave.length} packages with known holes of high or critical severity`);
  process.exitCode = grave.length === 0 ? 0 : 1;
});

function readReport(output: string): Report | null {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return null;
  }
}
