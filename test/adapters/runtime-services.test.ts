import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import { startTicks } from '../../src/runtime/child.ts';
import { markOf } from '../../src/runtime/run-state.ts';
import { adoptAsterisk } from '../../src/runtime/services.ts';
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
  // Started by root it is nobody.
  const uid = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${redis.pid()}/status`, 'utf8'))?.[1];
  expect(Number(uid)).toBe(process.getuid?.() === 0 ? 65_534 : process.getuid?.());
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

test('an Asterisk that a killed start left behind is taken over as it runs, unless its settings have changed', async () => {
  const left = await startTestAsterisk();
  undo.push(() => left.stop());
  const said: string[] = [];
  const adopt = (options = left.options) =>
    adoptAsterisk(options, markOf('asterisk', left.pid()), (line) => said.push(line));
  const adopted = await adopt();
  expect(adopted?.pid).toBe(left.pid());
  expect(adopted?.ended()).toBe(false);
  expect(said).toEqual([expect.stringContaining('its calls go on')]);
  expect(await adopt({ ...left.options, trunk: { ...left.options.trunk, maxCalls: 3 } })).toBeNull();
  expect(said[1]).toContain('its settings are not those of now');
  // Who has adopted it learns of its end, as of a child's.
  expect(await adopted?.exited).toEqual({ code: null, signal: null });
  expect(startTicks(left.pid())).toBeNull();
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
