import { fork } from 'node:child_process';
import path from 'node:path';

/**
 * Runs the function `run` of a module of this folder in a process of its own, so that memory and processor time are its
 * own; gives what it returns.
 * @throws Error when the process fails; what failed it has printed
 */
export function apart<T>(module: string, argument: unknown): Promise<T> {
  const file = path.join(import.meta.dirname, 'apart-child.ts');
  const child = fork(file, [module, JSON.stringify(argument)], { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as T));
    child.once('exit', (code, signal) => {
      if (code !== 0) {
        reject(new Error(`bench/${module}.ts ended with ${signal ?? code}`));
      }
    });
  });
}
