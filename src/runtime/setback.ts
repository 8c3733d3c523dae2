/** What stopped the start, in a sentence for the person at the keyboard, and what to do about it. */
export class Setback extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  /** Both sentences, as the command line prints them. */
  get text(): string {
    return `${this.message}\n${this.remedy}`;
  }
}

/** What was typed cannot be meant: the command ends with 2, as for an unknown one. */
export class Misuse extends Setback {}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const WRITING: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['the disk is full', 'Make room and start again; what is already there is kept.'],
  EDQUOT: ['your disk quota is used up', 'Make room and start again; what is already there is kept.'],
  EROFS: ['the file system is read-only', 'Choose a writable folder.'],
  EACCES: ['you may not write there', 'Choose a folder of your own, or have its owner changed.'],
  EPERM: ['you may not write there', 'Choose a folder of your own, or have its owner changed.'],
  ENOTDIR: ['a part of the path is a file', 'Move that file away or choose another folder.'],
};

/** Turns a failed write into a sentence; anything unknown passes through unchanged. */
export function writingSetback(error: unknown, path: string): unknown {
  if (error instanceof Setback) return error;
  const known = WRITING[errorCode(error)];
  if (known === undefined) return error;
  return new Setback('files.unwritable', `Cannot write ${path}: ${known[0]}.`, known[1], { cause: error });
}
