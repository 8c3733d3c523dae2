import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';

/** Whole or not at all: written beside, forced to the disk, then renamed. Readable by the owner alone. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const file = await beside(path, async (written) => {
    await written.writeFile(text);
    await written.sync();
  });
  await file.close();
}

/**
 * As `writeAtomically`, for whoever reads it while the machine lives: forced to the disk by and by. For what somebody waits
 * for: forcing takes a disk tens of milliseconds.
 */
export async function replaceSoon(path: string, text: string): Promise<void> {
  const file = await beside(path, (written) => written.writeFile(text));
  const close = (): Promise<void> => file.close();
  // What stands there is read by whoever comes next while the machine lives; that is all that is promised.
  void file.sync().then(close, close);
}

/** The file, written under another name and renamed; it is open still. */
async function beside(path: string, write: (file: FileHandle) => Promise<void>): Promise<FileHandle> {
  const name = `${path}.${process.pid}.new`;
  try {
    const file = await open(name, 'w', 0o600);
    try {
      await write(file);
      await rename(name, path);
    } catch (error) {
      await file.close();
      throw error;
    }
    return file;
  } catch (error) {
    await rm(name, { force: true });
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
