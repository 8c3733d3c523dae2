import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { canBind } from '../../src/runtime/ports.ts';
import { claimRtpRange } from '../../src/runtime/rtp-range.ts';

const SIZE = 60;
const dir = mkdtempSync(join(tmpdir(), 'yihaotong-rtp-'));
const undo: (() => unknown)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Below all ports that the other tests pick from: their Asterisks bind RTP ports whenever they like. */
async function range(): Promise<{ readonly start: number; readonly end: number }> {
  for (;;) {
    const start = 3_000 + 2 * Math.floor(Math.random() * 3_000);
    const ports = Array.from({ length: 2 * SIZE }, (_, at) => start - 2 + at);
    const free = await Promise.all(ports.map((port) => canBind({ port, host: '0.0.0.0', protocol: 'udp' })));
    if (free.every(Boolean)) return { start, end: start + SIZE - 1 };
  }
}

/** Somebody who looks like another instance's supervisor, and claims a range as it does. */
async function otherInstance(start: number, end: number): Promise<ChildProcess> {
  const script = join(dir, 'main.js');
  writeFileSync(
    script,
    `const { createSocket } = require('node:dgram');
     const ports = [${start}, ${end}];
     let up = 0;
     for (const port of ports) createSocket('udp4').bind(port, '0.0.0.0', () => { if (++up === 2) console.log('up'); });`,
  );
  const child = spawn(process.execPath, [script, 'start', '--port-base', '14000']);
  undo.push(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('two instances do not share RTP ports: an overlapping range is refused and its holder named', async () => {
  const { start, end } = await range();
  const other = await otherInstance(start + SIZE / 2, end + SIZE / 2);
  await expect(claimRtpRange({ start, end }, () => undefined)).rejects.toMatchObject({
    code: 'start.rtpTaken',
    message: expect.stringContaining(
      `RTP ports ${start}-${end}/udp: ${start + SIZE / 2} is held by process ${other.pid} (`,
    ),
  });
});

test('a range that is mostly taken is refused; a stray holder of one port is told, and calls do without it', async () => {
  const { start, end } = await range();
  const said: string[] = [];
  undo.push(await claimRtpRange({ start: start + 10, end: start + 11 }, (line) => said.push(line)));
  expect(said).toEqual([]);
  undo.push(await claimRtpRange({ start, end }, (line) => said.push(line)));
  expect(said).toEqual([expect.stringContaining(`${start + 10} is held by process ${process.pid}`)]);
  expect(said[0]).toContain('and 1 more are taken; calls do without');
  // The ends are held now: two of four ports are too many.
  await expect(claimRtpRange({ start: start - 2, end: start + 1 }, () => undefined)).rejects.toMatchObject({
    code: 'start.rtpTaken',
  });
});

test('what was claimed is free again afterwards', async () => {
  const claimed = await range();
  const said: string[] = [];
  (await claimRtpRange(claimed, (line) => said.push(line)))();
  (await claimRtpRange(claimed, (line) => said.push(line)))();
  expect(said).toEqual([]);
});
