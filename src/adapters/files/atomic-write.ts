import { open, readFile, rename, rm } from 'node:fs/promises';

/**
 * Whole or not at all, for whoever reads it while the machine lives: written beside, then renamed, and forced to the disk
 * by and by. For what somebody waits for: forcing takes a disk tens of milliseconds.
 */
export async function replaceSoon(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await rename(beside, path);
  } catch (error) {
    await file.close();
    await rm(beside, { force: true });
    throw error;
  }
  // What stands there is read by whoever comes next while the machine lives; that is all that is promised.
  void file.sync().then(
    () => file.close(),
    () => file.close(),
  );
}

/** Whole or not at all: written beside, forced to the disk, then renamed. Readable by the owner alone. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The file's text; null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
