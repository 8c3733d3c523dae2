import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../adapters/pg/database.ts';

/** Asks again until the service itself says that it serves, it has died, or the time is over. */
export async function untilReady(
  name: string,
  probe: () => Promise<boolean>,
  options: { readonly timeoutMs: number; readonly gone: () => boolean },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    if (await probe()) return;
    if (options.gone()) throw new Error(`${name} ended while it was starting`);
    if (Date.now() > deadline) throw new Error(`${name} was not ready after ${options.timeoutMs / 1000} s`);
    await wait(60);
  }
}

export async function postgresAnswers(url: string): Promise<boolean> {
  const db = openDatabase(url, { max: 1, onError: () => undefined });
  try {
    await db.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await db.close();
  }
}

export function redisAnswers(port: number, password: string): Promise<boolean> {
  return talk('127.0.0.1', port, `AUTH ${password}\r\nPING\r\n`, /\+PONG\r\n/);
}

export function amiAnswers(port: number, user: string, secret: string): Promise<boolean> {
  const login = `Action: Login\r\nUsername: ${user}\r\nSecret: ${secret}\r\n\r\nAction: Ping\r\n\r\n`;
  return talk('127.0.0.1', port, login, /Ping: Pong/);
}

export function httpAnswers(url: string, auth?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = request(url, { timeout: 2000, ...(auth === undefined ? {} : { auth }) }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 300);
    });
    asking.once('error', () => resolve(false));
    asking.once('timeout', () => asking.destroy());
    asking.end();
  });
}

function talk(host: string, port: number, say: string, expected: RegExp): Promise<boolean> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect({ host, port });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1500, () => done(false));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
    socket.once('connect', () => socket.write(say));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
      if (expected.test(heard)) done(true);
    });
  });
}
