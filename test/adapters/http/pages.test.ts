import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPages } from '../../../src/adapters/files/kept-pages.ts';
import { type Counter, openCounter } from './counter.ts';

// The console's files as a browser gets them: small, asked for once, and those of yesterday's build as well.

const DESK = 'export const desk = 1;\n'.repeat(200);
let folder: string;
let counter: Counter;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yht-pages-'));
  const [assets, kept] = [join(folder, 'console/assets'), join(folder, 'kept')];
  await mkdir(assets, { recursive: true });
  await writeFile(join(folder, 'console/index.html'), '<!doctype html><title>一号通</title>');
  await writeFile(join(assets, 'desk-yesterday.js'), 'export const desk = 0;');
  await keepPages(assets, kept, Date.now() - 3_600_000);
  await rm(join(assets, 'desk-yesterday.js'));
  await writeFile(join(assets, 'desk-today.js'), DESK);
  await writeFile(join(assets, 'desk-today.js.gz'), gzipSync(DESK));
  await keepPages(assets, kept, Date.now());
  counter = await openCounter({ options: { consoleDir: join(folder, 'console'), keptPagesDir: kept } });
});
afterAll(async () => {
  await counter.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) =>
  counter.app.inject({ method: 'GET', url, headers });

test('a file of this build is asked for once a year, and goes out compressed to who takes that', async () => {
  const plain = await get('/assets/desk-today.js');
  expect(plain.statusCode).toBe(200);
  expect(plain.body).toBe(DESK);
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const small = await get('/assets/desk-today.js', { 'accept-encoding': 'gzip, deflate' });
  expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  expect(small.headers['content-type']).toMatch(/javascript/);
  expect(small.rawPayload.length).toBeLessThan(DESK.length / 10);
});

test('a page that is open since yesterday still gets the part that only yesterday’s build had', async () => {
  const old = await get('/assets/desk-yesterday.js', { 'accept-encoding': 'br, gzip' });
  expect(old.statusCode).toBe(200);
  expect(old.body).toBe('export const desk = 0;');
  expect(old.headers['cache-control']).toContain('immutable');
});

test('what no build had is told so, and the page itself is asked for each time', async () => {
  expect((await get('/assets/desk-never.js')).statusCode).toBe(404);
  expect((await get('/assets/builds.json')).statusCode).toBe(404);
  expect((await get('/assets/..%2Findex.html')).statusCode).not.toBe(200);
  const page = await get('/desk', { accept: 'text/html' });
  expect(page.statusCode).toBe(200);
  expect(page.headers['cache-control']).toBe('no-cache');
});
