import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { livingChildren, startChild, startTicks } from '../../src/runtime/child.ts';
import { backOffMs, Keeper } from '../../src/runtime/keeper.ts';
import { lastLines, rotateLog } from '../../src/runtime/log-file.ts';
import { watchPulse } from '../../src/runtime/pulse.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'yihaotong-keeper-'));
});
afterAll(async () => {
  await Promise.all(livingChildren().map((child) => child.stop()));
  rmSync(dir, { recursive: true, force: true });
});

const FAST = { firstMs: 5, maxMs: 20, quietMs: 60_000, chance: () => 0.5 };

function shell(name: string, script: string) {
  const output = join(dir, `${name}.log`);
  const start = () => startChild({ name, path: '/bin/sh', args: ['-c', script], output, graceMs: 300 });
  return { start, output };
}

function keeperOf(name: string, script: string, said: string[]): Keeper {
  const { start, output } = shell(name, script);
  return new Keeper({ name, start, lastLines: () => lastLines(output, 5) }, (line) => said.push(line), FAST);
}

test('the wait doubles, is capped, and is spread by a quarter to each side', () => {
  const policy = { firstMs: 500, maxMs: 30_000, quietMs: 60_000 };
  const waits = [1, 2, 3, 7, 50].map((falls) => backOffMs(falls, { ...policy, chance: () => 0.5 }));
  expect(waits).toEqual([500, 1000, 2000, 30_000, 30_000]);
  expect(backOffMs(1, { ...policy, chance: () => 0 })).toBe(375);
  expect(backOffMs(1, { ...policy, chance: () => 1 })).toBe(625);
});

test('a fallen process is started again, and the fall is told', async () => {
  const said: string[] = [];
  const keeper = keeperOf('sleeper', 'sleep 600', said);
  await keeper.start();
  const { pid } = keeper.view();
  process.kill(pid ?? -1, 'SIGKILL');
  await vi.waitFor(() => expect(keeper.view()).toMatchObject({ state: 'up', restarts: 1 }));
  expect(keeper.view().pid).not.toBe(pid);
  expect(said[0]).toMatch(/^sleeper was ended by SIGKILL; starting it again in/);
  await keeper.stop();
});

test('one that dies at once again and again is named with its last words', async () => {
  const said: string[] = [];
  const keeper = keeperOf('moth', 'echo cannot find the lamp; exit 3', said);
  await keeper.start();
  await vi.waitFor(() =>
    expect(said.join('\n')).toMatch(/the last that moth said:\n\s+cannot find the lamp/),
  );
  await keeper.stop();
  expect(keeper.view().state).toBe('stopped');
});

test('a first start that does not come up is given up with its last words', async () => {
  const output = join(dir, 'never.log');
  const start = async () => {
    const child = await startChild({
      name: 'never',
      path: '/bin/sh',
      args: ['-c', 'echo no such port'],
      output,
    });
    await child.exited;
    throw new Error('it ended while it was starting');
  };
  const keeper = new Keeper(
    { name: 'never', start, lastLines: () => lastLines(output, 5) },
    () => undefined,
    FAST,
  );
  await expect(keeper.start()).rejects.toMatchObject({
    message: 'never does not come up: it ended while it was starting.',
    remedy: expect.stringContaining('no such port'),
  });
});

test('stop ends one that ignores the signal, and what it started itself', async () => {
  const marker = join(dir, 'grandchild');
  const { start, output } = shell(
    'stubborn',
    `trap '' TERM INT; (trap '' TERM; sleep 600) & echo $! > ${marker}; echo set; wait; wait`,
  );
  const child = await start();
  await vi.waitFor(() => expect(readFileSync(output, 'utf8')).toContain('set'));
  const grandchild = Number(readFileSync(marker, 'utf8'));
  expect(startTicks(grandchild)).not.toBeNull();
  await child.stop();
  await vi.waitFor(() => expect([startTicks(child.pid), startTicks(grandchild)]).toEqual([null, null]));
});

test('a stop while it waits to start again ends the waiting', async () => {
  const { start, output } = shell('brief', 'exit 1');
  const slow = { ...FAST, firstMs: 60_000, maxMs: 60_000 };
  const keeper = new Keeper(
    { name: 'brief', start, lastLines: () => lastLines(output, 5) },
    () => undefined,
    slow,
  );
  await keeper.start();
  await vi.waitFor(() => expect(keeper.view().state).toBe('waiting'));
  await keeper.stop();
  expect(keeper.view().state).toBe('stopped');
});

test('a grown log is moved aside while its writer goes on', async () => {
  const { start, output } = shell('writer', 'while :; do echo a line of some length; sleep 0.01; done');
  const child = await start();
  await vi.waitFor(() => expect(rotateLog(output, 200)).toBe(true));
  expect(readFileSync(`${output}.1`, 'utf8').length).toBeGreaterThanOrEqual(200);
  await vi.waitFor(() => expect(lastLines(output, 1)).toEqual(['a line of some length']));
  expect(readFileSync(output, 'utf8')).not.toContain('\0');
  await child.stop();
});

test('one that runs but gives no sign of life is ended; one that answers is left alone', async () => {
  const answers =
    "process.on('message', (m) => process.send(m === 'ping' ? 'pong' : m)); process.send('ready');";
  const node = (name: string, program: string) =>
    startChild({
      name,
      path: process.execPath,
      args: ['-e', program],
      output: join(dir, `${name}.log`),
      channel: true,
    });
  const [alive, hung] = await Promise.all([
    node('alive', answers),
    node('hung', "process.send('ready', () => { for (;;); }); process.on('message', () => undefined);"),
  ]);
  await Promise.all([alive.ready, hung.ready]);
  const said: string[] = [];
  for (const child of [alive, hung]) watchPulse(child, (line) => said.push(line), 250);
  expect(await hung.exited).toMatchObject({ signal: 'SIGKILL' });
  expect(said).toEqual([`hung (process ${hung.pid}) has given no sign of life: ending it`]);
  expect(alive.ended()).toBe(false);
  await alive.stop();
});
