import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Instance } from './instance.ts';
import type { RunState } from './run-state.ts';

export interface KnownAccount {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  readonly phone?: { readonly name: string; readonly secret: string };
}

/** As kept at the first start; null when the instance has another municipality's data. */
export function knownAccounts(dir: string): readonly KnownAccount[] | null {
  const path = join(dir, 'accounts.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly KnownAccount[]) : null;
}

/** What a start ends with. Passwords are shown to the terminal of the person who started it, never logged. */
export function startTable(instance: Instance, externalSip: string | null, withPasswords: boolean): string {
  const { ports, dir, sipBind } = instance;
  const hosts = sipBind === '0.0.0.0' ? addresses() : [sipBind];
  const sip = externalSip ?? hosts.map((host) => `${host}:${ports.sip}`).join('  ');
  const rows = [
    ['控制台 Console', `http://127.0.0.1:${ports.http}/`],
    ['接口 API', `http://127.0.0.1:${ports.http}/v1`],
    ['接口说明 OpenAPI', `http://127.0.0.1:${ports.http}/openapi.json`],
    ['中继与话机 SIP (UDP, TCP)', sip],
    ['浏览器话机 Browser phone', `ws://127.0.0.1:${ports.http}/sip`],
    ['数据与日志 Data, logs', dir],
  ];
  const accounts = knownAccounts(dir);
  const lines = [box(rows)];
  if (accounts === null) return lines.join('\n');
  const file = join(dir, 'accounts.json');
  if (withPasswords) {
    const people = accounts.map(({ username, displayName, password, phone }) => [
      username,
      displayName,
      password,
      phone?.name ?? '',
    ]);
    lines.push(box([['账号 Account', '姓名 Name', '密码 Password', '话机 Phone'], ...people]));
  }
  lines.push(`账号与密码（仅本人可读） Accounts and passwords, readable by you alone: ${file}`);
  return lines.join('\n');
}

export function statusTable(state: RunState, alive: (pid: number) => boolean, health: string | null): string {
  const age = (sinceMs: number): string => (sinceMs === 0 ? '-' : duration(Date.now() - sinceMs));
  const rows = state.keepers.map(({ name, state: own, pid, sinceMs, restarts }) => [
    name,
    own === 'up' && pid !== null && !alive(pid) ? 'gone' : own,
    pid === null ? '-' : String(pid),
    age(sinceMs),
    String(restarts),
  ]);
  const supervisor = ['supervisor', state.phase, String(state.supervisor.pid), age(state.startedMs), '-'];
  const table = box([['process', 'state', 'pid', 'up for', 'restarts'], supervisor, ...rows]);
  return health === null ? table : `${table}\n${health}`;
}

function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

function addresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = all
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return own.length === 0 ? ['127.0.0.1'] : own.slice(0, 3);
}

/** Chinese characters take two columns of a terminal. */
function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u2e80-\uffdc]/.test(char) ? 2 : 1), 0);
}

function box(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  );
  const rule = `+${widths.map((one) => '-'.repeat(one + 2)).join('+')}+`;
  const line = (row: readonly string[]): string =>
    `| ${widths.map((one, column) => (row[column] ?? '') + ' '.repeat(one - width(row[column] ?? ''))).join(' | ')} |`;
  return [rule, ...rows.map(line), rule].join('\n');
}
