#!/usr/bin/env node
// The way in on a bare machine: nothing but Node itself may be needed here. Installs the packages, builds what is
// stale, then hands over to dist/main.js or to the test runner.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const MODULES = join(PROJECT, 'node_modules');
const INSTALLED = join(MODULES, '.yihaotong-lock');
const BUILT = join(PROJECT, 'dist/.yihaotong-build');
const CONSOLE_BUILT = join(PROJECT, 'dist/.yihaotong-console');
const DESCRIBED = join(PROJECT, 'dist/openapi.json');
/** Of the console's types: written out of the description, never by hand, and not kept in the repository. */
const CONTRACT = join(PROJECT, 'src/console/api/contract.ts');
/** What the built console goes through at last. */
const COMPRESSOR = 'runtime/compress-console.mjs';
const TSC = '@typescript/native/bin/tsc';
const NEEDED_NODE = [20, 19];
const LOCKED = 75;
/** The commands whose people, or whose tests, open its pages. */
const WITH_CONSOLE = ['build', 'start', 'test', 'demo', 'screens'];
const SHORT = ['domain', 'adapters', 'calls', 'console'].flatMap((name) => ['--project', name]);
const LONG = ['--project', 'faults', '--project', 'days'];
const PICTURES = ['--project', 'screens'];

class Refused extends Error {}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = NEEDED_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new Refused(
    `Node.js ${process.versions.node} is too old: ${NEEDED_NODE.join('.')} or later is needed (https://nodejs.org).`,
  );
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const readOr = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Packages and build are made once, also when two commands start at the same moment. */
function underLock(work) {
  const path = join(PROJECT, '.data/prepare.lock');
  let fd;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    fd = openSync(path, 'a');
    // The lock belongs to our open file: it ends when we close it, and with this process however that ends.
    const stdio = ['ignore', 'ignore', 'ignore', fd];
    const first = spawnSync('flock', ['-n', '-E', String(LOCKED), '3'], { stdio });
    if (first.status === LOCKED) {
      say('Another command is preparing this folder: waiting for it.');
      spawnSync('flock', ['3'], { stdio });
    }
    work();
  } catch (error) {
    throw unwritable(error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function unwritable(error) {
  const reasons = {
    EACCES: 'you may not write there (it belongs to somebody else). Use a clone of your own',
    EPERM: 'you may not write there (it belongs to somebody else). Use a clone of your own',
    EROFS: 'the file system is read-only. Use a clone on a writable disk',
    ENOSPC: 'the disk is full. Make room and start again',
  };
  const reason = reasons[error?.code];
  return reason === undefined ? error : new Refused(`Cannot prepare ${PROJECT}: ${reason}.`);
}

function install() {
  const lock = readFileSync(join(PROJECT, 'package-lock.json'), 'utf8');
  const mark = `${sha256(lock)} ${process.versions.modules} ${process.platform}-${process.arch}`;
  if (readOr(INSTALLED) === mark) return;
  // A folder that npm itself filled from this very lock (a developer's npm install) is good as it is.
  if (existsSync(join(MODULES, '.package-lock.json')) && matchesInstalled(lock)) {
    writeFileSync(INSTALLED, mark);
    return;
  }
  say('Installing packages ...');
  let result = npm('ci');
  // A lock made where some other platform's optional packages were not to be had is refused by `npm ci`, although
  // nothing that this machine needs is missing. `install` keeps to the lock's versions and leaves the file alone.
  if (result.status !== 0 && /EUSAGE/.test(result.stderr)) result = npm('install', '--no-save');
  if (result.status !== 0) throw new Refused(npmRefusal(result.stderr));
  writeFileSync(INSTALLED, mark);
}

function npm(...args) {
  const own = process.env.npm_execpath;
  const [path, first] = own === undefined ? ['npm', []] : [process.execPath, [own]];
  const result = spawnSync(path, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: '', ...npmCache() },
  });
  if (result.error !== undefined)
    throw new Refused('npm is missing. It comes with Node.js; on Debian: apt install npm');
  return result;
}

/** A system account may have no home of its own; npm then keeps its downloads here. */
function npmCache() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: join(PROJECT, '.data/npm-cache') };
  }
}

/** Every package of the lock is there in its version (optional ones of other platforms aside). */
function matchesInstalled(lock) {
  const wanted = JSON.parse(lock).packages;
  const there = JSON.parse(readFileSync(join(MODULES, '.package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || there[path]?.version === version || (optional && there[path] === undefined),
  );
}

function npmRefusal(stderr) {
  const told = stderr
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 12)
    .join('\n');
  const known = [
    [/ENOSPC/, 'the disk is full. Make room and start again.'],
    [
      /EACCES|EPERM|EROFS/,
      `files here or in npm's cache (~/.npm) belong to somebody else. Use a clone of your own, or mend their owner.`,
    ],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i,
      'the package registry does not answer. Check the network, or the proxy and registry in npm config.',
    ],
    [/EINTEGRITY/, 'a package arrived damaged. Run: npm cache clean --force, then start again.'],
    [/E401|E403/, 'the package registry refuses us. Check the registry and its credentials in npm config.'],
  ];
  const [, reason] = known.find(([pattern]) => pattern.test(stderr)) ?? [null, 'see what npm says below.'];
  return `The packages could not be installed: ${reason}\n${told}`;
}

/** Names, sizes and times of all that a build reads: the console and the rest are built apart. */
function sourceMark(ofConsole) {
  const files = readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.startsWith('console/') || name === COMPRESSOR
      ? ofConsole && statSync(join(PROJECT, 'src', name)).isFile() && join(PROJECT, 'src', name) !== CONTRACT
      : !ofConsole && /\.(ts|mjs|json)$/.test(name),
  );
  const paths = [
    'tsconfig.json',
    'src/tsconfig.json',
    'package-lock.json',
    ...files.sort().map((name) => join('src', name)),
  ];
  return sha256(
    paths
      .map((path) => {
        const { size, mtimeMs } = statSync(join(PROJECT, path));
        return `${path} ${size} ${mtimeMs}`;
      })
      .join('\n'),
  );
}

function build() {
  const mark = sourceMark(false);
  if (readOr(BUILT) === mark && existsSync(join(PROJECT, 'dist/main.js'))) return;
  say('Building ...');
  make('The build', TSC, '-p', 'src');
  writeFileSync(BUILT, mark);
}

function buildConsole() {
  const mark = sourceMark(true);
  if (readOr(CONSOLE_BUILT) === mark && existsSync(join(PROJECT, 'dist/console/index.html'))) return;
  say('Building the console ...');
  make('The build of the console', 'vite/bin/vite.js', 'build', '--config', 'src/console/vite.config.ts');
  make('The compressing of the console', `../src/${COMPRESSOR}`);
  writeFileSync(CONSOLE_BUILT, mark);
}

/** The console's types come from the API as it is now. */
function writeContract() {
  const fresh = `${DESCRIBED}.new`;
  make('The description of the API', '../dist/main.js', 'describe', fresh);
  if (existsSync(CONTRACT) && readOr(DESCRIBED) === readOr(fresh)) return;
  make('The contract', 'openapi-typescript/bin/cli.js', fresh, '--output', CONTRACT);
  // Last, so that a contract which was not written is written the next time.
  renameSync(fresh, DESCRIBED);
}

function make(what, program, ...args) {
  const result = spawnSync(process.execPath, [join(MODULES, program), ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Refused(`${what} failed:\n${result.stdout ?? ''}${result.stderr ?? ''}`);
}

/** Hands the terminal over and passes on how it ended. Ctrl-C reaches the child by itself. */
function handOver(args, env = process.env) {
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: 'inherit', env });
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}

/** Benchmarks are compiled beside the product, and never run by a test. */
function bench(rest) {
  make('The build of the benchmarks', TSC, '-p', 'test/bench');
  return handOver(['--enable-source-maps', join(PROJECT, 'dist/bench/test/bench/run.js'), ...rest]);
}

function check() {
  const steps = [
    ['types', TSC, []],
    ['types of the console', 'vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', 'src/console']],
    ['lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
    ['unused code and dependencies', 'knip/bin/knip.js', []],
    ['architecture', 'vitest/vitest.mjs', ['run', '--project', 'domain', 'test/architecture.test.ts']],
  ];
  const failed = [];
  for (const [name, program, args] of steps) {
    say(`\n== ${name}`);
    const result = spawnSync(process.execPath, [join(MODULES, program), ...args], {
      cwd: PROJECT,
      stdio: 'inherit',
    });
    if (result.status !== 0) failed.push(name);
  }
  say(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function main([command = 'help', ...rest]) {
  checkNode();
  if (command === 'check') {
    underLock(() => {
      install();
      build();
      writeContract();
    });
    return check();
  }
  underLock(() => {
    install();
    build();
    if (WITH_CONSOLE.includes(command) || (command === 'bench' && rest[0] === 'console')) buildConsole();
  });
  if (command === 'build') return;
  if (command === 'bench') return bench(rest);
  // What lasts minutes is run by its own command, and by the gate.
  if (command === 'test') return handOver([join(MODULES, 'vitest/vitest.mjs'), 'run', ...SHORT, ...rest]);
  if (command === 'screens')
    return handOver([join(MODULES, 'vitest/vitest.mjs'), 'run', ...PICTURES, ...rest]);
  if (command === 'faults') return handOver([join(MODULES, 'vitest/vitest.mjs'), 'run', ...LONG, ...rest]);
  return handOver(['--enable-source-maps', join(PROJECT, 'dist/main.js'), command, ...rest]);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
