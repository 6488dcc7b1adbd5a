import { buildProblem } from './node-binary';

const problem = (platform: NodeJS.Platform, arch: NodeJS.Architecture, version: string) =>
  buildProblem({ platform, arch, version });

it('any Node builds where npm brings the pinned one, and elsewhere a Node 24', () => {
  expect(problem('linux', 'x64', 'v20.11.0')).toBeUndefined();
  expect(problem('linux', 'arm64', 'v24.1.0')).toBeUndefined();
  expect(problem('darwin', 'arm64', 'v24.1.0')).toBeUndefined();
  expect(problem('win32', 'x64', 'v24.1.0')).toBeUndefined();
});

it('one line says what does not work, and what to do', () => {
  expect(problem('darwin', 'arm64', 'v22.1.0')).toBe(
    'npm start and the build need Node 24 on darwin-arm64, not v22.1.0: install it from https://nodejs.org.'
  );
  expect(problem('darwin', 'x64', 'v24.1.0')).toBe(
    "npm start and the build don't work on darwin-x64: use Linux x64, or a container with --platform linux/amd64."
  );
});
