import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { scryptHasher } from '../../src/adapters/passwords/scrypt.ts';
import { openDatabase, type PgDatabase } from '../../src/adapters/pg/database.ts';
import { migrate } from '../../src/adapters/pg/migrate.ts';
import { firstStart } from '../../src/roles/first-start.ts';
import { type Child, startChild } from '../../src/runtime/child.ts';
import { obtain, type Tools } from '../../src/runtime/obtain.ts';
import { freePort } from '../../src/runtime/ports.ts';
import { ensureDatabase } from '../../src/runtime/postgres-service.ts';
import { postgresUrl, redisUrl, startPostgres, startRedis } from '../../src/runtime/services.ts';

/** From dist/bench/test/bench. */
const ROOT = resolve(import.meta.dirname, '../../../..');
const LOCAL = '127.0.0.1';
const SECRET = 'only-for-this-run';
const quiet = { info: () => undefined, warn: () => undefined };

/** As a customer's server has it: what is promised is on the disk. And it notes when each row was committed. */
const AS_CUSTOMERS_HAVE_IT = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  track_commit_timestamp: 'on',
};

/** PostgreSQL and Redis with a sample municipality, and the roles that lean on nothing else. Nothing is left afterwards. */
export class Stores {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly apiUrl: string;
  readonly postgres: Tools['postgres'];
  readonly db: PgDatabase;
  readonly redis: Redis;
  readonly #folder: string;
  readonly #undo: (() => Promise<unknown>)[];

  private constructor(parts: {
    databaseUrl: string;
    redisUrl: string;
    apiUrl: string;
    postgres: Tools['postgres'];
    folder: string;
    undo: (() => Promise<unknown>)[];
  }) {
    this.databaseUrl = parts.databaseUrl;
    this.redisUrl = parts.redisUrl;
    this.apiUrl = parts.apiUrl;
    this.postgres = parts.postgres;
    this.#folder = parts.folder;
    this.#undo = parts.undo;
    this.db = openDatabase(this.databaseUrl, { max: 4, onError: () => undefined });
    this.redis = new Redis(this.redisUrl);
    this.#undo.push(
      () => this.db.close(),
      async () => this.redis.disconnect(),
    );
  }

  static async open(say: (text: string) => void): Promise<Stores> {
    const { tools } = await obtain(['postgres', 'redis'], ROOT, say);
    const folder = await mkdtemp(join(tmpdir(), 'yihaotong-bench-'));
    const undo: (() => Promise<unknown>)[] = [
      () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
    ];
    try {
      const output = join(folder, 'services.log');
      const postgres = { port: await freePort(), password: SECRET, database: 'yihaotong' };
      const redis = { port: await freePort(), password: SECRET };
      const server = await startPostgres({
        ...postgres,
        programs: tools.postgres,
        dir: join(folder, 'postgres'),
        output,
        throwaway: true,
        settings: AS_CUSTOMERS_HAVE_IT,
      });
      undo.push(() => server.stop());
      const jobs = await startRedis({
        ...redis,
        program: tools.redis,
        dir: join(folder, 'redis'),
        output,
        throwaway: true,
      });
      undo.push(() => jobs.stop());
      await ensureDatabase(postgres);
      const databaseUrl = postgresUrl(postgres);
      await migrate(databaseUrl, join(ROOT, 'migrations'));
      const at = { nowMs: Date.now(), log: quiet, hasher: scryptHasher({ N: 2 ** 10, r: 8, p: 1 }) };
      await firstStart({ databaseUrl, dataDir: folder }, at);
      const apiUrl = `http://${LOCAL}:${await freePort()}`;
      const made = { databaseUrl, redisUrl: redisUrl(redis), apiUrl, postgres: tools.postgres, folder, undo };
      const stores = new Stores(made);
      await stores.redis.config('SET', 'appendonly', 'yes');
      return stores;
    } catch (error) {
      await closeAll(undo);
      throw error;
    }
  }

  /** A role as a process of its own, as customers run it; it ends with `close`. */
  async role(name: 'api' | 'worker'): Promise<Child> {
    const child = await startChild({
      name,
      path: process.execPath,
      args: [join(ROOT, 'dist/main.js'), name],
      env: {
        ...process.env,
        DATABASE_URL: this.databaseUrl,
        REDIS_URL: this.redisUrl,
        DATA_DIR: this.#folder,
        LOG_LEVEL: 'info',
        HTTP_HOST: LOCAL,
        HTTP_PORT: new URL(this.apiUrl).port,
        // Nobody is there: no call is made here.
        ASTERISK_ARI_PASSWORD: SECRET,
        ASTERISK_AMI_SECRET: SECRET,
      },
      cwd: ROOT,
      dieWithParent: true,
      output: join(this.#folder, `${name}.log`),
    });
    this.#undo.push(() => child.stop());
    return child;
  }

  file(name: string): string {
    return join(this.#folder, name);
  }

  close(): Promise<void> {
    return closeAll(this.#undo);
  }
}

async function closeAll(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}
