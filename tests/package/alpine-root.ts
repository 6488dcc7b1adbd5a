import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The libraries of glibc in Grafana's stock image. Source: Grafana's Dockerfile, which unpacks just these into an Alpine
 * system and links the first two from /lib64.
 */
const loader = 'ld-linux-x86-64.so.2';
const glibc = [loader, 'libc.so.6', 'libdl.so.2', 'libm.so.6', 'libpthread.so.0', 'librt.so.1', 'libresolv.so.2'];
const glibcFolder = 'usr/glibc-compat/lib';

/** Makes of an empty folder the root of a system like that image: this machine's glibc, BusyBox as its shell, no more. */
export function layAlpine(root: string): void {
  ['bin', 'lib64', 'proc', 'tmp', 'usr/bin', glibcFolder].forEach((folder) =>
    mkdirSync(path.join(root, folder), { recursive: true })
  );
  glibc.forEach((file) => copyFileSync(`/lib/x86_64-linux-gnu/${file}`, path.join(root, glibcFolder, file)));
  glibc.slice(0, 2).forEach((file) => symlinkSync(`/${glibcFolder}/${file}`, path.join(root, 'lib64', file)));
  copyFileSync('/bin/busybox', path.join(root, 'bin/busybox'));
  symlinkSync('busybox', path.join(root, 'bin/sh'));
  // Alpine's own C library has one too, by which some take the whole system for one of musl.
  writeFileSync(path.join(root, 'usr/bin/ldd'), '#!/bin/sh\nexec /lib/ld-musl-x86_64.so.1 --list "$@"\n');
  chmodSync(path.join(root, 'usr/bin/ldd'), 0o755);
  chmodSync(path.join(root, 'tmp'), 0o1777);
}
