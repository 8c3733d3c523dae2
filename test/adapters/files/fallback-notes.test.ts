import { appendFile, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readIncoming } from '../../../src/adapters/ari/incoming.ts';
import { fallbackNotes } from '../../../src/adapters/files/fallback-notes.ts';
import type { Log } from '../../../src/app/ports/log.ts';

const CALL = '3f2b8a52-7c1e-4d21-9f00-0123456789ab';
const OTHER = '3f2b8a52-7c1e-4d21-9f00-0123456789ac';
const head = (callId = CALL): string =>
  `incoming:${callId}:carrier:12319:13800138000:2026/11/23/x.wav:%3Csip%3A12345%40a%3E\nentered:1700000000500:1700000000000:TIMEOUT\n`;

let folder = '';
let said: string[] = [];
const say = (_fields: object, message: string): void => {
  said.push(message);
};
const log: Log = { debug: say, info: say, warn: say, error: say };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notes-'));
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const write = (name: string, text: string) => writeFile(join(folder, name), text);
const grow = async (name: string): Promise<void> => {
  const long = new Date(Date.now() - 3_600_000);
  await utimes(join(folder, name), long, long);
};

test('reads what the dialplan wrote, line by line, and removes it', async () => {
  const notes = fallbackNotes(folder, readIncoming, log);
  await write(CALL, head());
  const begun = {
    incoming: { callId: CALL, dialled: '12319', headers: { to: '<sip:12345@a>' } },
    arrivedMs: 1_700_000_000_000,
    enteredMs: 1_700_000_000_500,
    status: 'TIMEOUT',
  };
  expect(await notes.read()).toMatchObject([{ ...begun, answered: null, ended: null }]);
  await appendFile(join(folder, CALL), 'answered:1700000009000:desk%2D1\nended:1700000060000:agent\n');
  expect(await notes.read()).toMatchObject([
    {
      ...begun,
      answered: { atMs: 1_700_000_009_000, phone: 'desk-1' },
      ended: { atMs: 1_700_000_060_000, by: 'agent' },
    },
  ]);
  await notes.remove(CALL);
  await notes.remove(CALL);
  expect(await notes.read()).toEqual([]);
  expect(said).toEqual([]);
});

test('torn, foreign and of another call: set aside once they are old, said once, and never in the way', async () => {
  const notes = fallbackNotes(folder, readIncoming, log);
  await write(CALL, head());
  await write(OTHER, head(CALL));
  const torn = '3f2b8a52-7c1e-4d21-9f00-0123456789ad';
  await write(torn, head(torn).slice(0, 60));
  await write('readme.txt', 'hello');
  await mkdir(join(folder, 'a-folder'));
  expect(await notes.read()).toHaveLength(1);
  // A line may still be on its way.
  expect((await readdir(folder)).sort()).toEqual([CALL, OTHER, torn, 'unreadable'].sort());
  await Promise.all([grow(OTHER), grow(torn)]);
  expect(await notes.read()).toHaveLength(1);
  expect(await notes.read()).toHaveLength(1);
  expect((await readdir(folder)).sort()).toEqual([CALL, 'unreadable']);
  expect(said).toHaveLength(4);
});

test('a missing folder is an empty one', async () => {
  expect(await fallbackNotes(join(folder, 'none'), readIncoming, log).read()).toEqual([]);
});
