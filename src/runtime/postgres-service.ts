import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../adapters/pg/database.ts';
import { type Child, startChild } from './child.ts';
import type { PostgresPrograms } from './obtain.ts';
import { postgresAnswers, untilReady } from './ready.ts';
import { run } from './run-program.ts';
import { Setback } from './setback.ts';
import { giveToUnprivileged, unprivileged } from './unprivileged.ts';

export interface PostgresOptions {
  readonly programs: PostgresPrograms;
  /** Data folder; made on first use. */
  readonly dir: string;
  readonly port: number;
  readonly password: string;
  readonly database: string;
  /** Log file. */
  readonly output: string;
  /** Behind the telephone where it shares the machine with it. */
  readonly niceness?: number;
  /** Tests throw their data away and need not wait for the disk. */
  readonly throwaway?: boolean;
  /** Server settings over all others, for a benchmark that wants the disk waited for after all. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

export function postgresUrl(options: Pick<PostgresOptions, 'port' | 'password' | 'database'>): string {
  return `postgres://yihaotong:${options.password}@127.0.0.1:${options.port}/${options.database}`;
}

/** Makes the product's own database in a fresh server. */
export async function ensureDatabase(server: {
  readonly port: number;
  readonly password: string;
  readonly database: string;
}): Promise<void> {
  const url = postgresUrl({ ...server, database: 'postgres' });
  const db = openDatabase(url, { max: 1, onError: () => undefined });
  try {
    const { rows } = await db.query('select 1 from pg_database where datname = $1', [server.database]);
    if (rows.length === 0) await db.query(`create database "${server.database}"`);
  } finally {
    await db.close();
  }
}

export async function startPostgres(options: PostgresOptions): Promise<Child> {
  await prepare(options);
  const settings: Readonly<Record<string, string | number>> = {
    port: options.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.throwaway === true ? 200 : 100,
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    ...(options.throwaway === true
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' }
      : {}),
    ...options.settings,
  };
  const args = [
    '-D',
    options.dir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const child = await startChild({
    name: 'postgres',
    path: join(options.programs.bin, 'postgres'),
    args,
    unprivileged: true,
    ...(options.niceness === undefined ? {} : { niceness: options.niceness }),
    // Fast shutdown: ends sessions, writes a checkpoint. SIGTERM would wait for every client.
    stopSignal: 'SIGINT',
    graceMs: 15_000,
    dieWithParent: options.throwaway === true,
    output: options.output,
  });
  const admin = postgresUrl({ ...options, database: 'postgres' });
  try {
    await untilReady('PostgreSQL', () => postgresAnswers(admin), { timeoutMs: 60_000, gone: child.ended });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}

async function prepare({ programs, dir, password }: PostgresOptions): Promise<void> {
  const version = join(dir, 'PG_VERSION');
  if (existsSync(version)) {
    requireSameMajor(programs, readFileSync(version, 'utf8').trim(), dir);
    return dropStalePid(dir);
  }
  // A broken-off initdb leaves a folder that neither works nor can be initialised again.
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const secret = `${dir}.password`;
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  giveToUnprivileged(dir);
  giveToUnprivileged(secret);
  chmodSync(dir, 0o700);
  const args = [
    '-D',
    dir,
    '-U',
    'yihaotong',
    '-A',
    'scram-sha-256',
    `--pwfile=${secret}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ];
  const initdb = join(programs.bin, 'initdb');
  const [path = initdb, ...full] = unprivileged([initdb, ...args, '--no-instructions', '--no-sync']);
  const result = await run(path, full);
  rmSync(secret, { force: true });
  if (result.code === 0) return;
  rmSync(dir, { recursive: true, force: true });
  const noRoom = /No space left/i.test(result.err);
  throw new Setback(
    'postgres.initdb',
    noRoom
      ? `Cannot make the database in ${dir}: the disk is full.`
      : `Cannot make the database in ${dir}: ${result.err.trim()}`,
    noRoom
      ? 'Make room and start again.'
      : 'Remove the folder and start again, or point to a PostgreSQL with DATABASE_URL.',
  );
}

/** After a power cut the number in it may belong to another program by now, and PostgreSQL would refuse to start. */
function dropStalePid(dir: string): void {
  const file = join(dir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = readFileSync(file, 'utf8').split('\n')[0] ?? '';
  const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  if (!command.includes(dir)) rmSync(file);
}

function requireSameMajor(programs: PostgresPrograms, major: string, dir: string): void {
  if (programs.major === 0 || String(programs.major) === major) return;
  throw new Setback(
    'postgres.otherVersion',
    `The database in ${dir} was made by PostgreSQL ${major}; this machine now has ${programs.major}.`,
    `Install PostgreSQL ${major} again, or move the data with pg_upgrade.`,
  );
}
