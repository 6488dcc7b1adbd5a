/** How a command of npm's is started: on Windows they are batch files, which only its shell starts. */
export function onPlatform(
  platform: NodeJS.Platform,
  [file, ...args]: readonly string[]
): { file: string; args: readonly string[]; shell: boolean } {
  if (platform !== 'win32') {
    return { file: file!, args, shell: false };
  }
  return { file: [file!, ...args].map(quoted).join(' '), args: [], shell: true };
}

const quoted = (word: string): string => (/[\s&()^|<>]/.test(word) ? `"${word}"` : word);
