import { connect } from 'node:net';
import { afterAll, expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import { startTicks } from '../../src/runtime/child.ts';
import { freshDatabase, freshRedis, startTestAsterisk } from '../support/services.ts';

const undo: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

test('two fresh databases are migrated, empty and apart', async () => {
  const [one, two] = [await freshDatabase(), await freshDatabase()];
  const db = openDatabase(one.url, { max: 1, onError: () => undefined });
  const tables = await db.query<{ n: number }>(
    "select count(*)::int as n from information_schema.tables where table_schema = 'public'",
  );
  await db.close();
  expect(tables.rows[0]?.n).toBeGreaterThan(5);
  expect(one.url).not.toBe(two.url);
  await Promise.all([one.drop(), two.drop()]);
});

test('a fresh Redis refuses a caller without its password, and comes back on the same port', async () => {
  const redis = await freshRedis();
  undo.push(() => redis.stop());
  expect(await say(redis.port, 'PING\r\n')).toMatch(/^-NOAUTH/);
  await redis.stop();
  await redis.start();
  expect(await say(redis.port, `AUTH ${new URL(redis.url).password}\r\nPING\r\n`)).toMatch(/PONG/);
  expect(inject('redisUrl')).not.toBe(redis.url);
});

test("Asterisk serves with the project's own files, twice side by side, and after a kill", async () => {
  const [one, two] = await Promise.all([startTestAsterisk(), startTestAsterisk()]);
  undo.push(
    () => one.stop(),
    () => two.stop(),
  );
  const ping = async (asterisk: typeof one): Promise<number> => {
    const basic = Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64');
    const response = await fetch(`${asterisk.ariUrl}/ari/asterisk/info`, {
      headers: { authorization: `Basic ${basic}` },
    });
    return response.status;
  };
  expect(await Promise.all([ping(one), ping(two)])).toEqual([200, 200]);
  const before = one.pid();
  one.kill('SIGKILL');
  await one.exited();
  expect(startTicks(before)).toBeNull();
  await one.start();
  expect(await ping(one)).toBe(200);
});

function say(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(text));
    let heard = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
      if (heard.split('\r\n').length <= text.split('\r\n').length - 1) return;
      socket.destroy();
      resolve(heard);
    });
    socket.once('error', reject);
  });
}
