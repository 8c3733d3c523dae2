import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import { migrate } from '../../src/adapters/pg/migrate.ts';
import { lastLines } from '../../src/runtime/log-file.ts';
import { obtain, type Tools } from '../../src/runtime/obtain.ts';
import { NEEDS } from '../../src/runtime/obtain-recipe.ts';
import { freePort } from '../../src/runtime/ports.ts';
import { postgresUrl, redisUrl, startPostgres, startRedis } from '../../src/runtime/services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tools: Tools;
    /** PostgreSQL's own database, from which test databases are cloned. */
    adminUrl: string;
    templateDatabase: string;
    /** One Redis for all; a test that flushes or stops it takes `freshRedis`. */
    redisUrl: string;
    /** Folder of this run, removed at its end. */
    runDir: string;
  }
}

export const PROJECT_ROOT = resolve(import.meta.dirname, '../..');
const TEMPLATE = 'yihaotong_template';
const PASSWORD = 'only-for-this-run';

interface Shared {
  readonly adminUrl: string;
  readonly redisUrl: string;
  readonly runDir: string;
  readonly tools: Tools;
  stop(): Promise<void>;
}

const run = promisify(execFile);
/** Of the projects whose tests run the product's processes. */
const RUN_WHAT_IS_BUILT: ReadonlySet<string> = new Set(['calls', 'faults']);
const building: { done: Promise<void> | null } = { done: null };

/** Both projects ask; the first brings it up, the last takes it down. */
const shared: { users: number; up: Promise<Shared> | null } = { users: 0, up: null };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.users += 1;
  shared.up ??= bringUp();
  const up = await shared.up;
  project.provide('tools', up.tools);
  project.provide('adminUrl', up.adminUrl);
  project.provide('templateDatabase', TEMPLATE);
  project.provide('redisUrl', up.redisUrl);
  project.provide('runDir', up.runDir);
  if (RUN_WHAT_IS_BUILT.has(project.name)) {
    building.done ??= build();
    await building.done;
    project.onTestsRerun(build);
  }
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    shared.up = null;
    await up.stop();
  };
}

async function bringUp(): Promise<Shared> {
  const say = (line: string): boolean => process.stdout.write(`[services] ${line}\n`);
  const { tools } = await obtain(NEEDS, PROJECT_ROOT, say);
  const runDir = mkdtempSync(join(tmpdir(), 'yihaotong-test-'));
  const undo: (() => Promise<void>)[] = [
    async () => rmSync(runDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  ];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const output = join(runDir, 'services.log');
  try {
    const postgres = { port: await freePort(), password: PASSWORD, database: TEMPLATE };
    const redis = { port: await freePort(), password: PASSWORD };
    const started = await Promise.allSettled([
      startPostgres({
        ...postgres,
        programs: tools.postgres,
        dir: join(runDir, 'postgres'),
        output,
        throwaway: true,
      }),
      startRedis({ ...redis, program: tools.redis, dir: join(runDir, 'redis'), output, throwaway: true }),
    ]);
    for (const one of started) if (one.status === 'fulfilled') undo.push(() => one.value.stop());
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    const adminUrl = postgresUrl({ ...postgres, database: 'postgres' });
    await prepareTemplate(adminUrl, postgresUrl(postgres));
    return { adminUrl, redisUrl: redisUrl(redis), runDir, tools, stop };
  } catch (error) {
    const said = lastLines(output, 20).join('\n');
    await stop();
    throw new Error(`The services for the tests did not start. The last that they said:\n${said}`, {
      cause: error,
    });
  }
}

/** The processes run what is built; a test must never judge yesterday's build. Types are judged by `npm run check`. */
async function build(): Promise<void> {
  const args = [join(PROJECT_ROOT, 'node_modules/@typescript/native/bin/tsc'), '-p', 'src', '--noCheck'];
  await run(process.execPath, args, { cwd: PROJECT_ROOT }).catch((error: { stdout?: string }) => {
    if (!/error TS\d+/.test(error.stdout ?? '')) throw error;
  });
}

async function prepareTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const admin = openDatabase(adminUrl, { max: 1, onError: () => undefined });
  try {
    await admin.query(`create database ${TEMPLATE}`);
    await migrate(templateUrl, join(PROJECT_ROOT, 'migrations'));
  } finally {
    await admin.close();
  }
}
