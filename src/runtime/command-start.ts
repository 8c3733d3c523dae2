import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Instance, openInstanceFolder, PROJECT } from './instance.ts';
import { type Lock, tryLock } from './lock.ts';
import { rotateLog } from './log-file.ts';
import { leftBehind, type RunState, readRunState, reapStale, runningState } from './run-state.ts';
import { errorCode, Setback } from './setback.ts';
import { Supervisor } from './supervisor.ts';
import { knownAccounts, startTable } from './tables.ts';

type Print = (text: string) => void;

/** In the foreground until Ctrl-C. Resolves to the exit code. */
export async function startHere(instance: Instance, print: Print): Promise<number> {
  openInstanceFolder(instance);
  const lock = await takeInstance(instance);
  if (lock === null) return await alreadyRunning(instance, print);
  const began = Date.now();
  const say: Print = (line) => print(`[${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s] ${line}`);
  const firstTime = knownAccounts(instance.dir) === null;
  // Call control may be ended and started under its calls, Asterisk may not.
  const switchLeft = leftBehind(instance.dir).find(({ name }) => name === 'asterisk') ?? null;
  await reapStale(instance.dir, say, switchLeft);
  const supervisor = new Supervisor(instance, say, process.env, switchLeft);
  let askedToStop: (() => void) | undefined;
  const asked = new Promise<'stop'>((resolve) => {
    askedToStop = () => resolve('stop');
  });
  let times = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      times += 1;
      if (times === 1) say('stopping');
      if (times === 3) say('still stopping: each process gets its time to end in order');
      askedToStop?.();
    });
  }
  const started = supervisor.start();
  // The failure is awaited below; a start that is broken off on purpose has none.
  started.catch(() => undefined);
  const first = await Promise.race([started.then(() => 'ready' as const), asked]);
  if (first === 'ready') {
    say('ready');
    // The detached start prints passwords itself: they do not belong into a log file.
    print(startTable(instance, null, firstTime && process.stdout.isTTY === true));
    await asked;
  }
  await supervisor.stop();
  say('stopped');
  lock.release();
  return first === 'ready' ? 0 : 130;
}

/** In the background: shows the progress of the start, returns when it serves or has failed. */
export async function startDetached(instance: Instance, print: Print): Promise<number> {
  openInstanceFolder(instance);
  const lock = await takeInstance(instance);
  if (lock === null) return await alreadyRunning(instance, print);
  const firstTime = knownAccounts(instance.dir) === null;
  const log = join(instance.dir, 'log/supervisor.log');
  rotateLog(log);
  const from = sizeOf(log);
  const fd = openSync(log, 'a', 0o600);
  lock.release();
  const args = [
    'start',
    '--data',
    instance.dir,
    '--port-base',
    String(instance.portBase),
    '--sip-bind',
    instance.sipBind,
  ];
  const child = spawn(process.execPath, ['--enable-source-maps', join(PROJECT, 'dist/main.js'), ...args], {
    cwd: PROJECT,
    detached: true,
    stdio: ['ignore', fd, fd],
  });
  closeSync(fd);
  let over = false;
  child.once('exit', () => {
    over = true;
  });
  const stop = (): void => {
    child.kill('SIGTERM');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let shown = from;
  const state = await follow(
    instance,
    () => over,
    child.pid,
    () => {
      const text = readFileSync(log).subarray(shown).toString('utf8');
      const whole = text.lastIndexOf('\n') + 1;
      shown += Buffer.byteLength(text.slice(0, whole));
      for (const line of text.slice(0, whole).split('\n')) if (line.startsWith('[')) print(line);
    },
  );
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (state?.phase === 'ready') {
    child.unref();
    print(startTable(instance, null, firstTime));
    return 0;
  }
  throw new Setback('start.failed', state?.failure ?? 'The start was broken off.', `Log: ${log}`);
}

async function follow(
  instance: Instance,
  over: () => boolean,
  pid: number | undefined,
  show: () => void,
): Promise<RunState | null> {
  for (;;) {
    show();
    const state = readRunState(instance.dir);
    const own = state !== null && state.supervisor.pid === pid ? state : null;
    if (own?.phase === 'ready') return own;
    if (over()) {
      show();
      return own;
    }
    await wait(100);
  }
}

/** A start that is just ending lets go of the folder in a moment. */
async function takeInstance({ dir }: Instance): Promise<Lock | null> {
  for (let tries = 0; tries < 30; tries++) {
    const lock = tryLock(join(dir, 'lock'), `process ${process.pid}`);
    if (lock !== null) return lock;
    if (runningState(dir)?.phase !== 'stopping') return null;
    await wait(500);
  }
  return null;
}

async function alreadyRunning(instance: Instance, print: Print): Promise<number> {
  const running = runningState(instance.dir);
  const pid = running?.supervisor.pid ?? '?';
  print(
    `This folder's instance runs already (process ${pid}, ${running?.phase ?? 'starting'}): ${instance.dir}`,
  );
  if (running?.phase === 'ready') print(startTable(instance, null, false));
  print('Another one beside it: npm start -- --port-base 13000   End it: npm stop');
  return running?.phase === 'ready' || running?.phase === 'starting' ? 0 : 1;
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
