import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryFileLock } from '../../../src/adapters/files/file-lock.ts';
import { LocalLeaseFolder } from '../../../src/adapters/files/lease-folder.ts';
import { STILL_AFTER_MS } from '../../../src/domain/lease/contend.ts';
import type { Term } from '../../../src/domain/lease/term.ts';

let dir = '';
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const opened: LocalLeaseFolder[] = [];
const children: ChildProcess[] = [];

async function folder(): Promise<LocalLeaseFolder> {
  const made = await LocalLeaseFolder.open(dir, log);
  opened.push(made);
  return made;
}
const aliveFile = (id: string): string => join(dir, `${id}.alive`);

/** Another process, that holds its file as a call control does. */
async function otherProcess(id: string): Promise<ChildProcess> {
  const child = spawn('flock', ['-x', '-F', aliveFile(id), 'sleep', '600'], { stdio: 'ignore' });
  children.push(child);
  await expect
    .poll(async () => {
      const free = await tryFileLock(aliveFile(id));
      free?.release();
      return free === null;
    })
    .toBe(true);
  return child;
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lease-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const one of opened.splice(0)) one.close();
  await rm(dir, { recursive: true, force: true });
});

test('a holder is alive for as long as its process; its death is told at once', async () => {
  const one = await folder();
  expect(await one.view()).toEqual({ term: null, ours: false, holder: 'unknown' });
  const term: Term = { id: randomUUID(), folder: one.holder.folder, name: 'vm:1', generation: 5 };
  const child = await otherProcess(term.id);
  await one.note(term);
  expect(await one.view()).toEqual({ term, ours: true, holder: 'alive' });
  const told = new Promise<void>((resolve) => one.onDeath(resolve));
  child.kill('SIGKILL');
  await told;
  expect(await one.view()).toEqual({ term, ours: true, holder: 'dead' });
});

test('a holder that gives no sign is still; one sign more, and it is alive', async () => {
  const one = await folder();
  const term: Term = { id: randomUUID(), folder: one.holder.folder, name: 'vm:1', generation: 5 };
  await otherProcess(term.id);
  await one.note(term);
  const began = performance.now();
  await expect.poll(async () => (await one.view()).holder, { timeout: 5_000 }).toBe('still');
  expect(performance.now() - began).toBeGreaterThan(STILL_AFTER_MS);
  await utimes(aliveFile(term.id), new Date(), new Date());
  expect((await one.view()).holder).toBe('alive');
});

test('of two that enter only one succeeds, and the one before learns it at its next beat', async () => {
  const [before, one, two] = [await folder(), await folder(), await folder()];
  const old = { ...before.holder, generation: 5 };
  expect(await before.enter(old, null)).toBe(true);
  expect(await before.beat(old)).toBe('held');
  const next = [one, two].map((each) => each.enter({ ...each.holder, generation: 6 }, old));
  expect((await Promise.all(next)).filter(Boolean)).toHaveLength(1);
  expect(await before.beat(old)).toBe('lost');
  // Word of an earlier term comes late.
  await two.note(old);
  expect((await two.view()).term?.generation).toBe(6);
});

test('a term elsewhere is remembered as such; files of the dead are cleared away, those of the living are not', async () => {
  const far: Term = { id: randomUUID(), folder: randomUUID(), name: 'far:1', generation: 9 };
  const [alive, dead] = [randomUUID(), randomUUID()];
  await otherProcess(alive);
  await writeFile(aliveFile(dead), '');
  const one = await folder();
  await one.note(far);
  const two = await folder();
  expect(two.holder.folder).toBe(one.holder.folder);
  expect(await two.view()).toEqual({ term: far, ours: false, holder: 'unknown' });
  const names = await readdir(dir);
  expect(names).toContain(`${alive}.alive`);
  expect(names).toContain(`${one.holder.id}.alive`);
  expect(names).not.toContain(`${dead}.alive`);
});

test('a term file that is torn counts as none', async () => {
  await writeFile(join(dir, 'term.json'), '{"id":"a');
  const one = await folder();
  expect((await one.view()).term).toBeNull();
  expect(await one.enter({ ...one.holder, generation: 5 }, null)).toBe(true);
  expect((await one.view()).term?.generation).toBe(5);
});
