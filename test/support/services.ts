import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import { freePort } from '../../src/runtime/ports.ts';
import { redisUrl, startRedis } from '../../src/runtime/services.ts';

export { startTestAsterisk, type TestAsterisk } from './services-asterisk.ts';

/** A migrated, empty database of its own, cloned in some 50 ms. */
export async function freshDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = (sql: string): Promise<void> => asAdmin(sql);
  await admin(`create database ${name} template ${inject('templateDatabase')}`);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`drop database if exists ${name} with (force)`) };
}

async function asAdmin(sql: string): Promise<void> {
  const db = openDatabase(inject('adminUrl'), { max: 1, onError: () => undefined });
  try {
    await db.query(sql);
  } finally {
    await db.close();
  }
}

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: () => number;
  /** Ends it; `start` brings back an empty one on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stands still with its connections open, as on a disk that does not answer, until `thaw`. */
  freeze(): void;
  thaw(): void;
}

/** A Redis of its own: it may be flushed, stopped and started again. */
export async function freshRedis(): Promise<TestRedis> {
  const dir = mkdtempSync(join(inject('runDir'), 'redis-'));
  const options = { port: await freePort(), password: 'only-for-this-run' };
  const launch = () =>
    startRedis({
      ...options,
      program: inject('tools').redis,
      dir,
      output: join(dir, 'log'),
      throwaway: true,
    });
  let child = await launch();
  return {
    url: redisUrl(options),
    port: options.port,
    pid: () => child.pid,
    stop: () => child.stop(),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async start() {
      if (child.ended()) child = await launch();
    },
  };
}
