import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { giveWay } from './give-way.ts';
import { which } from './run-program.ts';
import { unprivileged } from './unprivileged.ts';

/** From being asked to end until SIGKILL, where nothing else is said. */
const GRACE_MS = 8_000;

export interface ChildSpec {
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** How it is asked to end; SIGKILL follows after the grace time. */
  readonly stopSignal?: NodeJS.Signals;
  readonly graceMs?: number;
  /** Dies with us, even if we are killed: for tests, which must leave nothing behind. */
  readonly dieWithParent?: boolean;
  /** Started by root, it runs without root's rights. */
  readonly unprivileged?: boolean;
  /** File that its output is added to. Its own descriptor, no pipe through us: it outlives our death. */
  readonly output: string;
  /** By so much behind (see `giveWay`), with all that it starts. */
  readonly niceness?: number;
  /** With a channel to us, on which it says that it is ready (our own roles do). */
  readonly channel?: boolean;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Resolves when it has said so on its channel. */
  readonly ready: Promise<void>;
  ended(): boolean;
  /** Asks on its channel for a sign of life; returns how many of the earlier questions are still open. */
  ping(): number;
  /** To the process itself; its own children follow it, or are ended by `stop`. */
  kill(signal: NodeJS.Signals): void;
  /** Ends it and its whole process group. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts a program as the leader of its own process group, so that a Ctrl-C at the terminal reaches only us. */
export async function startChild(spec: ChildSpec): Promise<Child> {
  const bound = spec.dieWithParent === true ? which('setpriv') : null;
  let command: readonly string[] = [spec.path, ...spec.args];
  if (bound !== null) command = [bound, '--pdeathsig', 'KILL', ...command];
  // Outermost: a change of account makes the kernel forget whose death was to be followed.
  if (spec.unprivileged === true) command = unprivileged(command);
  const [path = spec.path, ...args] = command;
  const output = openSync(spec.output, 'a', 0o600);
  // What it writes (recordings, logs, data) is for its own account alone. There is no await in between.
  const mask = process.umask(0o077);
  const child: ChildProcess = spawn(path, args, {
    cwd: spec.cwd,
    env: spec.env ?? process.env,
    detached: true,
    stdio: ['ignore', output, output, ...(spec.channel === true ? (['ipc'] as const) : [])],
  });
  process.umask(mask);
  closeSync(output);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? -1));
  });
  if (spec.niceness !== undefined) giveWay(pid, spec.niceness);
  let over = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      over = true;
      resolve({ code, signal });
    });
  });
  let unanswered = 0;
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === READY) resolve();
      if (message === PONG) unanswered = 0;
    });
  });
  const kill = (signal: NodeJS.Signals): void => {
    if (!over) child.kill(signal);
  };
  return among({
    name: spec.name,
    pid,
    exited,
    ready,
    ended: () => over,
    ping() {
      if (child.connected) child.send(PING, () => undefined);
      return unanswered++;
    },
    kill,
    stop: () => stopChild({ pid, exited, kill }, spec.stopSignal ?? 'SIGTERM', spec.graceMs ?? GRACE_MS),
  });
}

/** How often a process that is not our child is looked after: nobody tells us of its end. */
const LOOK_MS = 250;

/** A program that another start began, taken over as it runs. It has no channel to us, and its exit code is not known. */
export function adoptChild(mark: {
  readonly name: string;
  readonly pid: number;
  readonly ticks: string;
}): Child {
  const { name, pid, ticks } = mark;
  const ended = (): boolean => startTicks(pid) !== ticks;
  const exited = new Promise<Exit>((resolve) => {
    const look = setInterval(() => {
      if (!ended()) return;
      clearInterval(look);
      resolve({ code: null, signal: null });
    }, LOOK_MS);
  });
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (!ended()) process.kill(pid, signal);
    } catch {
      // It ended in this very moment.
    }
  };
  return among({
    name,
    pid,
    exited,
    ready: Promise.resolve(),
    ended,
    ping: () => 0,
    kill,
    stop: () => stopChild({ pid, exited, kill }, 'SIGTERM', GRACE_MS),
  });
}

async function stopChild(
  { pid, exited, kill }: Pick<Child, 'pid' | 'exited' | 'kill'>,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  kill('SIGCONT');
  kill(signal);
  const timer = setTimeout(() => kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
  killGroup(pid, 'SIGKILL');
}

function among(child: Child): Child {
  living.add(child);
  onChange();
  void child.exited.then(() => {
    living.delete(child);
    onChange();
  });
  return child;
}

/** What a role says on its channel once it serves. */
export const READY = 'ready';
/** The question whether its event loop still turns, and the answer. */
export const PING = 'ping';
export const PONG = 'pong';

/** Every child that runs now, from the moment it has a process number. */
const living = new Set<Child>();
let onChange: () => void = () => undefined;

export function livingChildren(): readonly Child[] {
  return [...living];
}
export function watchChildren(handler: () => void): void {
  onChange = handler;
}

/** What may be left of a group whose leader has gone; usually nothing. */
export function killGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // ESRCH: nobody is left, which is what we want.
  }
}

/** Identifies a process beyond its recycled number: ticks since boot at its start. Null when it is gone. */
export function startTicks(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
