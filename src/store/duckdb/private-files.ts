import { chmod, mkdir } from 'node:fs/promises';

/** Makes a folder that only its owner may look into; one that is there becomes such a folder where it is ours. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await withMode(folder, 0o700);
}

/** Lets only its owner read and write a file, where it is there and ours. */
export async function makePrivate(file: string): Promise<void> {
  await withMode(file, 0o600);
}

async function withMode(place: string, mode: number): Promise<void> {
  await chmod(place, mode).catch((error: NodeJS.ErrnoException) => {
    // Of another user, on a disk that knows no rights or can't be written, or not there: whoever opens it finds out.
    if (!['ENOENT', 'EPERM', 'EACCES', 'EROFS', 'ENOTSUP'].includes(error.code ?? '')) {
      throw error;
    }
  });
}
