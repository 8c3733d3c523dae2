import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { redisAnswers, untilReady } from './ready.ts';
import type { Program } from './run-program.ts';
import { giveTreeToUnprivileged } from './unprivileged.ts';

export interface RedisOptions {
  readonly program: Program;
  readonly dir: string;
  readonly port: number;
  readonly password: string;
  /** Log file. */
  readonly output: string;
  readonly throwaway?: boolean;
}

export function redisUrl(options: Pick<RedisOptions, 'port' | 'password'>): string {
  return `redis://:${options.password}@127.0.0.1:${options.port}`;
}

export async function startRedis(options: RedisOptions): Promise<Child> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const settings = [
    'bind 127.0.0.1',
    `port ${options.port}`,
    `requirepass ${options.password}`,
    `dir "${options.dir}"`,
    // BullMQ's jobs must survive a restart and never be thrown out for room.
    `appendonly ${options.throwaway === true ? 'no' : 'yes'}`,
    'appendfsync everysec',
    'maxmemory-policy noeviction',
    'save ""',
    'daemonize no',
    'loglevel notice',
  ];
  const file = join(options.dir, 'redis.conf');
  // In a file and not as arguments: everybody may read a process's arguments.
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  giveTreeToUnprivileged(options.dir);
  const child = await startChild({
    name: 'redis',
    path: options.program.path,
    args: [file],
    unprivileged: true,
    env: { ...process.env, ...options.program.env },
    graceMs: 10_000,
    dieWithParent: options.throwaway === true,
    output: options.output,
  });
  try {
    await untilReady('Redis', () => redisAnswers(options.port, options.password), {
      timeoutMs: 60_000,
      gone: child.ended,
    });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}
