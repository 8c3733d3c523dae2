import { type FileHandle, open } from 'node:fs/promises';

/** One file that is appended to, open for as long as changes come: to open it for each costs three times the write. */
export class AppendedFile {
  readonly #path: string;
  #file: FileHandle | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whole, or rejects; a part of it may then stand there, and the caller has to write the file anew. */
  async append(text: string): Promise<number> {
    const bytes = Buffer.from(text);
    this.#file ??= await open(this.#path, 'a', 0o600);
    const { bytesWritten } = await this.#file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error('the disk took a part of what was written');
    return bytesWritten;
  }

  /** The next change opens it again: another file may have its name by then. */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    // What was written is written; the disk has said so or the append would have failed.
    await file?.close().catch(() => undefined);
  }
}
