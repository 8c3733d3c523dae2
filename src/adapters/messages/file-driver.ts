import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimedMessage, MessageDriver } from '../../app/ports/messages.ts';
import type { Attempt } from '../../domain/messages/sending.ts';

/**
 * Where there is no gateway: one JSON line a message in `FOLDER/YYYY-MM-DD.jsonl` (day of its making, UTC), readable by
 * the owner alone, for somebody to send by hand or by a program of their own. A message that another worker wrote
 * before it died is found by its id and not written again.
 */
export function fileDriver(folder: string): MessageDriver {
  // Lines of one process go one after the other; between two a line is appended as one write.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    name: 'file',
    send: (message) =>
      inTurn(() => write(folder, message)).catch(
        (error: NodeJS.ErrnoException): Attempt => ({
          kind: 'later',
          why: `file: ${error.code ?? error.message}`,
          retryAfterMs: null,
        }),
      ),
  };
}

async function write(folder: string, message: ClaimedMessage): Promise<Attempt> {
  const { id, kind, number, text, subject, createdAt, attempt } = message;
  const made = new Date(createdAt).toISOString();
  const name = `${made.slice(0, 10)}.jsonl`;
  const path = join(folder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = attempt === 1 ? '' : await readIfThere(path);
  if (known.includes(`"id":"${id}"`) && hasWhole(known, id)) return { kind: 'taken', proof: name };
  const line = JSON.stringify({ id, createdAt: made, kind, number, text, subject });
  const file = await open(path, 'a+', 0o600);
  try {
    // A line cut short by the end of a process or a full disk must not take this one with it.
    await file.write(`${(await endsOpen(file)) ? '\n' : ''}${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return { kind: 'taken', proof: name };
}

function hasWhole(text: string, id: string): boolean {
  return text.split('\n').some((line) => {
    try {
      return (JSON.parse(line) as { id?: unknown }).id === id;
    } catch {
      return false;
    }
  });
}

async function endsOpen(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}
