import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** The migrations and the database do not fit each other. The message says what to do; nothing was half applied. */
export class MigrationRefused extends Error {
  readonly code = 'migration.refused';
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const OLDEST_SERVER = 15;
/** Any two processes that migrate the same database meet on this lock. */
const LOCK_KEY = 1_234_500_001;
const LOCK_TIMEOUT_MS = 120_000;

/**
 * Brings the database forward to the newest migration in `dir` and returns the names it applied, in order.
 * Each file runs in a transaction of its own; a second process that starts meanwhile waits for the first.
 */
export async function migrate(url: string, dir: string): Promise<string[]> {
  const migrations = readMigrations(dir);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    await client.query(`create table if not exists schema_migrations (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

function readMigrations(dir: string): Migration[] {
  const names = readdirSync(dir)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    const expected = String(index + 1).padStart(4, '0');
    if (!/^\d{4}_[a-z0-9-]+\.sql$/.test(name)) {
      throw new MigrationRefused(`${name}: a migration is named like ${expected}_topic.sql.`);
    }
    if (!name.startsWith(expected)) {
      throw new MigrationRefused(`${name} comes where ${expected}_… must: the numbers have a gap or repeat.`);
    }
    const sql = readFileSync(join(dir, name), 'utf8');
    if (!/^-- \S/.test(sql)) {
      throw new MigrationRefused(`${name}: the first line must be a comment that says why.`);
    }
    if (/^\s*(commit|rollback|start\s+transaction)\b/im.test(sql)) {
      throw new MigrationRefused(`${name} ends or starts a transaction itself; it runs in one already.`);
    }
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const [server] = rows;
  if (server !== undefined && Math.floor(server.number / 10_000) < OLDEST_SERVER) {
    throw new MigrationRefused(
      `The server is PostgreSQL ${server.name}; ${OLDEST_SERVER} or later is needed. Point DATABASE_URL at one.`,
    );
  }
}

async function findPending(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migrations order by name',
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = known.get(row.name);
    if (migration === undefined) {
      throw new MigrationRefused(
        `The database has ${row.name}, which this program does not know: it was used by a newer version. Run that one.`,
      );
    }
    if (migration.sha256 !== row.sha256) {
      throw new MigrationRefused(
        `${row.name} was changed after it was applied. Restore the file and put the change into a new migration.`,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.name));
  const pending = migrations.filter(({ name }) => !applied.has(name));
  const [first] = pending;
  const newest = rows.at(-1)?.name ?? '';
  if (first !== undefined && first.name < newest) {
    throw new MigrationRefused(`${first.name} was never applied although ${newest} was; the order is lost.`);
  }
  return pending;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationRefused(`${migration.name} failed and was rolled back: ${reason}`, { cause: error });
  }
}
