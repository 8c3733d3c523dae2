import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { Setback, writingSetback } from './setback.ts';

export const PROJECT = resolve(import.meta.dirname, '../..');
const DEFAULT_BASE = 12_000;
/** Highest offset in use is the end of RTP. */
const MAX_BASE = 65_535 - 8_999;

export interface InstanceOptions {
  readonly portBase?: number;
  readonly data?: string;
  readonly sipBind?: string;
}

export interface Instance {
  readonly dir: string;
  readonly portBase: number;
  readonly sipBind: string;
  readonly ports: ReturnType<typeof portsOf>;
}

export function portsOf(base: number) {
  return {
    http: base + 345,
    sip: base + 60,
    carrier: base + 61,
    ari: base + 88,
    ami: base + 38,
    postgres: base + 32,
    redis: base + 79,
    rtpStart: base + 8000,
    rtpEnd: base + 8999,
  } as const;
}

/** Each port base has a folder of its own, so that two instances of one clone never share data. */
export function instanceOf(options: InstanceOptions): Instance {
  const base = options.portBase ?? DEFAULT_BASE;
  const standard = base === DEFAULT_BASE ? '.data' : `.data-${base}`;
  const dir = resolve(options.data ?? join(PROJECT, standard));
  const kept = readKept(dir);
  const portBase = options.portBase ?? kept?.portBase ?? base;
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase > MAX_BASE) {
    throw new Setback(
      'options.portBase',
      `--port-base is ${portBase}.`,
      `It must be a whole number from 1024 to ${MAX_BASE}.`,
    );
  }
  const sipBind = options.sipBind ?? kept?.sipBind ?? '0.0.0.0';
  if (isIP(sipBind) !== 4) {
    throw new Setback(
      'options.sipBind',
      `--sip-bind is "${sipBind}".`,
      'It must be an IPv4 address of this machine, or 0.0.0.0 for all.',
    );
  }
  return { dir, portBase, sipBind, ports: portsOf(portBase) };
}

/** Makes the folder and keeps what the instance was started with, for `stop`, `status` and the next start. */
export function openInstanceFolder({ dir, portBase, sipBind }: Instance): void {
  try {
    mkdirSync(join(dir, 'log'), { recursive: true, mode: 0o700 });
    chmodSync(dir, 0o700);
    writeOwnerOnly(join(dir, 'instance.json'), JSON.stringify({ portBase, sipBind }));
  } catch (error) {
    throw writingSetback(error, dir);
  }
}

function readKept(dir: string): { portBase: number; sipBind: string } | null {
  const path = join(dir, 'instance.json');
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { portBase: number; sipBind: string };
  } catch {
    return null;
  }
}

export interface Secrets {
  readonly postgres: string;
  readonly redis: string;
  readonly ari: string;
  readonly ami: string;
}

/** Made on the first start, 24 random bytes each; readable by the owner alone. No default exists. */
export function instanceSecrets(dir: string): Secrets {
  const path = join(dir, 'secrets.json');
  if (existsSync(path)) {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
    } catch (error) {
      throw new Setback(
        'instance.secrets',
        `${path} cannot be read.`,
        'Put it back from a backup; without it the database of this instance cannot be opened.',
        { cause: error },
      );
    }
  }
  // URL-safe characters only: they stand in addresses and in Asterisk's files.
  const make = (): string => randomBytes(24).toString('hex');
  const secrets: Secrets = { postgres: make(), redis: make(), ari: make(), ami: make() };
  try {
    writeOwnerOnly(path, JSON.stringify(secrets, null, 1));
  } catch (error) {
    throw writingSetback(error, path);
  }
  return secrets;
}

function writeOwnerOnly(path: string, text: string): void {
  writeFileSync(`${path}.new`, `${text}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
