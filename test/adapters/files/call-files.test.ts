import { appendFile, mkdir, mkdtemp, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HouseJournal, type JournalTerm } from '../../../src/adapters/files/house-journal.ts';
import { callsIn } from '../../../src/adapters/files/kept-calls.ts';
import { lastSignFile } from '../../../src/adapters/files/last-sign-file.ts';
import { promptFolder } from '../../../src/adapters/files/prompt-folder.ts';
import type { Log } from '../../../src/app/ports/log.ts';
import { inState } from '../../domain/calls/call-life.ts';

let folder = '';
const quiet = (): void => undefined;
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** The room of the calls, with a way to wait for what it wrote. */
function callsAt(path: string, term?: JournalTerm) {
  const journal = new HouseJournal(path, log, term);
  return { ...callsIn(journal), flush: () => journal.flush() };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calls-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a call comes back as it stood; one that is over does not; another shape is nobody’s', async () => {
  const path = join(folder, 'house.jsonl');
  const journal = callsAt(path);
  await journal.read();
  const call = inState('queued');
  journal.save({ call: inState('greeting'), seq: 3, toldMs: 5 });
  journal.save({ call, seq: 7, toldMs: 9 });
  journal.save({ call: { ...call, id: 'over' }, seq: 1, toldMs: 5 });
  journal.remove('over');
  await journal.flush();
  await appendFile(
    path,
    `${JSON.stringify({ turn: 9, put: { calls: { old: { call: { ...call, id: 'old' }, seq: 1, shape: 0 } } }, drop: {} })}
{"turn":10,"put":{"ca`,
  );
  expect(await callsAt(path).read()).toEqual([{ call, seq: 7, toldMs: 9, shape: 1 }]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('each term writes a file of its own and begins with the latest before it; what a deposed one still writes is lost', async () => {
  const path = join(folder, 'house.jsonl');
  const journal = (generation: number, holds = true) => callsAt(path, { generation, holds: () => holds });
  const call = inState('queued');
  const saved = (id: string, seq: number) => ({ call: { ...call, id }, seq, toldMs: 9 });
  // A release of before, which knew no terms.
  const before = callsAt(path);
  await before.read();
  before.save(saved('one', 1));
  await before.flush();

  const first = journal(5);
  expect((await first.read()).map(({ seq }) => seq)).toEqual([1]);
  first.save(saved('one', 2));
  await first.flush();
  const second = journal(7);
  expect((await second.read()).map(({ seq }) => seq)).toEqual([2]);
  // It was frozen in the midst of writing.
  first.save(saved('one', 3));
  await first.flush();
  second.save(saved('two', 4));
  await second.flush();
  expect((await journal(8).read()).map(({ seq }) => seq)).toEqual([2, 4]);
  const doubted = journal(9, false);
  await doubted.read();
  doubted.save(saved('three', 1));
  await doubted.flush();
  expect((await journal(10).read()).map(({ seq }) => seq)).toEqual([2, 4]);
});

test('a disk that takes no file keeps nobody from reading what is there', async () => {
  const path = join(folder, 'house.jsonl');
  const first = callsAt(path, { generation: 5, holds: () => true });
  await first.read();
  first.save({ call: inState('queued'), seq: 1, toldMs: 9 });
  await first.flush();
  // Where the new file is written stands something that cannot be overwritten.
  const full = join(folder, `house-000000000006.jsonl.${process.pid}.new`);
  await mkdir(full);
  const second = callsAt(path, { generation: 6, holds: () => true });
  expect(await second.read()).toHaveLength(1);
  // Its successor finds the calls as well, and with room again all that came since.
  const third = callsAt(path, { generation: 7, holds: () => true });
  expect(await third.read()).toHaveLength(1);
  await rmdir(full);
  second.save({ call: { ...inState('queued'), id: 'two' }, seq: 1, toldMs: 9 });
  await second.flush();
  expect(await callsAt(path, { generation: 6, holds: () => true }).read()).toHaveLength(2);
});

test('a recorded prompt wins over the generated one; what is not there is null; no name leads out', async () => {
  await mkdir(join(folder, 'recorded'));
  const store = promptFolder(folder, '/seen/by/switch');
  expect(store.media('goodbye')).toBeNull();
  await writeFile(join(folder, 'goodbye.wav'), '');
  expect(store.media('goodbye')).toEqual({ kind: 'file', path: '/seen/by/switch/goodbye' });
  await writeFile(join(folder, 'recorded', 'goodbye.wav'), '');
  expect(store.media('goodbye')).toEqual({ kind: 'file', path: '/seen/by/switch/recorded/goodbye' });
  for (const name of ['../goodbye', 'recorded/goodbye', '', 'a,b', '/etc/passwd']) {
    expect(store.media(name)).toBeNull();
  }
});

test('the last sign of life comes back; none, or what is no time, is none', async () => {
  const path = join(folder, 'deep', 'last-sign');
  const sign = lastSignFile(path, log);
  expect(await sign.read()).toBeNull();
  await sign.write(1_763_900_000_000.5);
  expect(await sign.read()).toBe(1_763_900_000_000);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, 'yesterday');
  expect(await sign.read()).toBeNull();
});
