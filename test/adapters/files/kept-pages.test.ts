import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPages, keptBuilds } from '../../../src/adapters/files/kept-pages.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 26);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-pages-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A build of these files, each saying its own name. */
async function serve(files: readonly string[], atMs: number): Promise<readonly string[]> {
  const assets = join(folder, 'assets');
  await rm(assets, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  for (const file of files) await writeFile(join(assets, file), `it is ${file}`);
  await keepPages(assets, join(folder, 'kept'), atMs);
  return (await readdir(join(folder, 'kept'))).filter((name) => name !== '.builds.json').sort();
}

test('what only an earlier build has stays for a week after the build that came next, and goes then', async () => {
  expect(await serve(['vue-1.js', 'desk-1.js'], NOW - 60 * DAY_MS)).toEqual(['desk-1.js', 'vue-1.js']);
  // It was served for two months: old as it is, it was over only now.
  expect(await serve(['vue-1.js', 'desk-2.js'], NOW)).toEqual(['desk-1.js', 'desk-2.js', 'vue-1.js']);
  expect(await readFile(join(folder, 'kept/desk-1.js'), 'utf8')).toBe('it is desk-1.js');
  expect(await serve(['vue-1.js', 'desk-2.js'], NOW + 6 * DAY_MS)).toContain('desk-1.js');
  expect(await serve(['vue-1.js', 'desk-2.js'], NOW + 8 * DAY_MS)).toEqual(['desk-2.js', 'vue-1.js']);
});

test('a way back makes an earlier build the newest: what was between is kept from then on', () => {
  const first = { firstAtMs: NOW, files: ['a'] };
  const second = { firstAtMs: NOW + DAY_MS, files: ['b'] };
  const back = keptBuilds([first, second], ['a'], NOW + 2 * DAY_MS);
  expect(back).toEqual([second, { firstAtMs: NOW + 2 * DAY_MS, files: ['a'] }]);
  expect(keptBuilds(back, ['a'], NOW + 8 * DAY_MS)).toHaveLength(2);
  expect(keptBuilds(back, ['a'], NOW + 10 * DAY_MS)).toEqual([back[1]]);
});

test('who builds all day keeps the last twenty, and a list that cannot be read is begun anew', async () => {
  const builds = Array.from({ length: 30 }, (_, nth) => ({ firstAtMs: NOW + nth, files: [`x-${nth}`] }));
  const kept = keptBuilds(builds, ['y'], NOW + 40);
  expect(kept).toHaveLength(20);
  expect(kept.at(-1)?.files).toEqual(['y']);

  await serve(['vue-1.js'], NOW);
  await writeFile(join(folder, 'kept/.builds.json'), '[{"firstAt');
  expect(await serve(['vue-2.js'], NOW + 1)).toEqual(['vue-2.js']);
});
