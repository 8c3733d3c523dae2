import { createWriteStream, type WriteStream } from 'node:fs';

/** Where a service of a test writes what it says; read it when the test fails. */
export function outputFile(path: string): WriteStream {
  return createWriteStream(path, { flags: 'a' });
}
