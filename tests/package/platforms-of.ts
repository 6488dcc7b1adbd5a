const elf: Readonly<Record<number, string>> = { 0x3e: 'linux-x64', 0xb7: 'linux-arm64' };
const portable: Readonly<Record<number, string>> = { 0x8664: 'win32-x64', 0xaa64: 'win32-arm64' };
const mach: Readonly<Record<number, string>> = { 0x01000007: 'darwin-x64', 0x0100000c: 'darwin-arm64' };

/**
 * The platforms that an executable or a shared library is for, in Node's names, by the header it begins with: ELF, PE and
 * Mach-O, which may hold one for several processors.
 */
export function platformsOf(binary: Buffer): string[] {
  if (binary.toString('latin1', 0, 4) === '\x7fELF') {
    return known(elf[binary.readUInt16LE(18)]);
  }
  if (binary.toString('latin1', 0, 2) === 'MZ') {
    const header = binary.readUInt32LE(0x3c);
    return binary.toString('latin1', header, header + 4) === 'PE\0\0'
      ? known(portable[binary.readUInt16LE(header + 4)])
      : [];
  }
  if (binary.readUInt32LE(0) === 0xfeedfacf) {
    return known(mach[binary.readUInt32LE(4)]);
  }
  if (binary.readUInt32BE(0) === 0xcafebabe) {
    const count = binary.readUInt32BE(4);
    return Array.from({ length: count }, (_, index) => mach[binary.readUInt32BE(8 + 20 * index)]).flatMap(known);
  }
  return [];
}

function known(platform: string | undefined): string[] {
  return platform === undefined ? [] : [platform];
}
