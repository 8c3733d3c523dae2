#!/usr/bin/env node
// After a build of the console: beside each file that is worth it a smaller one for browsers that take it, so that no
// server presses the same file again and again. Brotli where the page came over HTTPS or from this machine, else gzip.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const ASSETS = join(resolve(dirname(fileURLToPath(import.meta.url)), '../..'), 'dist/console/assets');
const WORTH_IT = 1024;
/** The last steps take ten times as long for some hundredths. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const GZIP = { level: 9 };

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

async function compress(name) {
  const path = join(ASSETS, name);
  const content = await readFile(path);
  if (content.length < WORTH_IT) return;
  const [br, gz] = await Promise.all([brotli(content, BROTLI), zip(content, GZIP)]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}

const names = await readdir(ASSETS);
await Promise.all(names.filter((name) => /\.(js|css|svg)$/.test(name)).map(compress));
