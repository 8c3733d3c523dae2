import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of a third party and the environment it wants on top of ours. */
export interface Program {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Finished {
  /** Null when it could not be started at all, or was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const running = new Set<ChildProcess>();
let brokenOff = false;

/** Ends what `run` has going and starts nothing more: a start that is broken off leaves no download behind. */
export function endRunning(): void {
  brokenOff = true;
  for (const child of running) child.kill('SIGKILL');
}

/** Runs to its end and answers what it said; a failing exit is a result, not an exception. */
export function run(
  path: string,
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly input?: string;
    readonly timeoutMs?: number;
    readonly onLine?: (line: string) => void;
  } = {},
): Promise<Finished> {
  if (brokenOff) return Promise.resolve({ code: null, out: '', err: 'broken off' });
  return new Promise((resolve) => {
    const child = spawn(path, args, {
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      cwd: options.cwd,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    running.add(child);
    child.once('close', () => running.delete(child));
    let out = '';
    let err = '';
    let pending = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
      const lines = (pending + chunk).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    // A program that does not read its input to the end (it failed early) is told by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
    child.once('error', (error) => resolve({ code: null, out, err: error.message }));
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** First executable of that name on PATH and the extra folders. */
export function which(name: string, extra: readonly string[] = []): string | null {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...extra]) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: look on.
    }
  }
  return null;
}

/** The first dotted number in the text, as comparable parts; null when there is none. */
export function versionIn(text: string): readonly number[] | null {
  const found = /(\d+(?:\.\d+)+|\b\d+\b)/.exec(text)?.[1];
  return found === undefined ? null : found.split('.').map(Number);
}

export function atLeast(version: readonly number[], least: readonly number[]): boolean {
  for (const [index, part] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
