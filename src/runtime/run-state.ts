import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { killGroup, startTicks } from './child.ts';
import type { KeeperState } from './keeper.ts';

/** A process that can be recognised later although its number may have been given to another one. */
export interface ProcessMark {
  readonly name: string;
  readonly pid: number;
  readonly ticks: string;
}

/** What the supervisor tells of itself to `status`, `stop` and the next start. Holds no secret. */
export interface RunState {
  readonly boot: string;
  readonly supervisor: ProcessMark;
  readonly phase: 'starting' | 'ready' | 'failed' | 'stopping' | 'stopped';
  readonly failure: string | null;
  readonly startedMs: number;
  readonly children: readonly ProcessMark[];
  readonly keepers: readonly {
    readonly name: string;
    readonly state: KeeperState;
    readonly pid: number | null;
    readonly sinceMs: number;
    readonly restarts: number;
  }[];
}

const FILE = 'run.json';

export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

export function markOf(name: string, pid: number): ProcessMark {
  return { name, pid, ticks: startTicks(pid) ?? '' };
}

export function isAlive(mark: ProcessMark, boot: string): boolean {
  return boot === bootId() && mark.ticks !== '' && startTicks(mark.pid) === mark.ticks;
}

export function writeRunState(dir: string, state: RunState): void {
  const path = join(dir, FILE);
  writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 1)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function readRunState(dir: string): RunState | null {
  const path = join(dir, FILE);
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunState;
  } catch {
    // Cut off by a power failure: it then tells of processes that are gone as well.
    return null;
  }
}

/** The state of a supervisor that lives, or null. */
export function runningState(dir: string): RunState | null {
  const state = readRunState(dir);
  return state !== null && isAlive(state.supervisor, state.boot) ? state : null;
}

/** Processes of a supervisor that was killed; they go on without it. */
export function leftBehind(dir: string): readonly ProcessMark[] {
  const state = readRunState(dir);
  if (state === null || isAlive(state.supervisor, state.boot)) return [];
  return state.children.filter((mark) => isAlive(mark, state.boot));
}

/**
 * Ends what a killed supervisor left behind, but for `spared`. Asked nicely first, so that a database closes its files.
 */
export async function reapStale(
  dir: string,
  say: (line: string) => void,
  spared: ProcessMark | null = null,
): Promise<number> {
  const state = readRunState(dir);
  if (state === null) return 0;
  const left = state.children.filter((mark) => isAlive(mark, state.boot) && mark.pid !== spared?.pid);
  for (const mark of left) {
    say(`ending ${mark.name} (process ${mark.pid}), left behind by a start that was killed`);
    signal(mark.pid, 'SIGCONT');
    signal(mark.pid, mark.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  }
  const deadline = Date.now() + 10_000;
  while (left.some((mark) => isAlive(mark, state.boot)) && Date.now() < deadline) await wait(50);
  for (const mark of left) {
    if (isAlive(mark, state.boot)) signal(mark.pid, 'SIGKILL');
    killGroup(mark.pid, 'SIGKILL');
  }
  while (left.some((mark) => isAlive(mark, state.boot))) await wait(20);
  return left.length;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}
