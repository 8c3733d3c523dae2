import { mkdtempSync, readFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from '../../src/runtime/child.ts';
import { giveWay } from '../../src/runtime/give-way.ts';

const ours = getPriority();
const output = join(mkdtempSync(join(tmpdir(), 'yihaotong-nice-')), 'output');

async function sleeper(niceness?: number) {
  const args = ['-c', 'sleep 60 & wait'];
  const more = niceness === undefined ? {} : { niceness };
  const child = await startChild({ name: 'sleeper', path: '/bin/sh', args, output, ...more });
  onTestFinished(() => child.stop());
  return child;
}

test('a program that gives way stands behind us by so much, never lower than the lowest', async () => {
  const child = await sleeper(3);
  expect(getPriority(child.pid)).toBe(Math.min(19, ours + 3));
  giveWay(child.pid, 40);
  expect(getPriority(child.pid)).toBe(19);
});

test('what it starts stands behind us with it', async () => {
  // It is told its place when it exists, which is a moment after it began to run.
  const args = ['-c', `until [ "$(nice)" -ne ${ours} ]; do sleep 0.05; done; nice`];
  const child = await startChild({ name: 'parent', path: '/bin/sh', args, output, niceness: 5 });
  await child.exited;
  expect(Number(readFileSync(output, 'utf8'))).toBe(Math.min(19, ours + 5));
});

test('before the others where the account may, else in its place', async () => {
  const child = await sleeper();
  giveWay(child.pid, -5);
  expect(getPriority(child.pid)).toBe(process.getuid?.() === 0 ? ours - 5 : ours);
});

test('a program that is gone is no error', async () => {
  const child = await sleeper();
  await child.stop();
  giveWay(child.pid, 10);
  expect(child.ended()).toBe(true);
});
