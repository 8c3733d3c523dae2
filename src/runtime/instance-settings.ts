import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../config.ts';
import { DEFAULT_TRUNK } from '../domain/hotlines/trunk.ts';
import type { AsteriskOptions, TrunkAtSwitch } from './asterisk-service.ts';
import { type Instance, PROJECT, type Secrets } from './instance.ts';
import type { Tools } from './obtain.ts';
import type { Need } from './obtain-recipe.ts';
import type { PortUse } from './ports.ts';
import { postgresUrl } from './postgres-service.ts';
import { redisUrl } from './redis-service.ts';

/** Services that somebody else runs, pointed at by the environment: neither fetched nor started here. */
export interface Elsewhere {
  readonly postgres: boolean;
  readonly redis: boolean;
  readonly asterisk: boolean;
}
type Env = Readonly<Record<string, string | undefined>>;

export function elsewhere(env: Env): Elsewhere {
  const set = (name: string): boolean => (env[name]?.trim() ?? '') !== '';
  return { postgres: set('DATABASE_URL'), redis: set('REDIS_URL'), asterisk: set('ASTERISK_ARI_URL') };
}

export function needsOf(away: Elsewhere): readonly Need[] {
  return [
    ...(away.asterisk ? [] : (['asterisk'] as const)),
    ...(away.postgres ? [] : (['postgres'] as const)),
    ...(away.redis ? [] : (['redis'] as const)),
    'espeak',
    'sox',
    'sipp',
  ];
}

export function portUses({ ports, sipBind }: Instance, away: Elsewhere, env: Env): readonly PortUse[] {
  const loopback = '127.0.0.1';
  const sip = (protocol: 'tcp' | 'udp'): PortUse => ({
    port: ports.sip,
    protocol,
    host: sipBind,
    purpose: 'SIP',
  });
  const tcp = (port: number, purpose: string, host = loopback): PortUse => ({
    port,
    protocol: 'tcp',
    host,
    purpose,
  });
  return [
    tcp(ports.http, 'console and API', env.HTTP_HOST || '0.0.0.0'),
    ...(away.asterisk ? [] : [sip('udp'), sip('tcp'), tcp(ports.ari, 'ARI'), tcp(ports.ami, 'AMI')]),
    ...(away.postgres ? [] : [tcp(ports.postgres, 'PostgreSQL')]),
    ...(away.redis ? [] : [tcp(ports.redis, 'Redis')]),
  ];
}

/** The environment of the roles; exactly what `readConfig` knows. What is set outside wins. */
export function roleEnvironment(instance: Instance, secrets: Secrets, env: Env): Record<string, string> {
  const { dir, ports } = instance;
  const own: Record<string, string> = {
    DATABASE_URL: postgresUrl({ port: ports.postgres, password: secrets.postgres, database: 'yihaotong' }),
    REDIS_URL: redisUrl({ port: ports.redis, password: secrets.redis }),
    DATA_DIR: dir,
    RECORDINGS_DIR: join(dir, 'recordings'),
    PROMPTS_DIR: join(dir, 'prompts'),
    HTTP_HOST: '0.0.0.0',
    LOG_LEVEL: 'info',
    ASTERISK_ARI_USER: 'yihaotong',
    ASTERISK_AMI_USER: 'yihaotong',
    ASTERISK_APP: 'yihaotong',
    // The demo needs no more than two commands; whoever deletes the sample's accounts serves citizens, or is about to.
    COMPRESSED_TIME: isSample(instance.dir, env) ? 'on' : 'off',
    ...(elsewhere(env).asterisk
      ? {}
      : {
          ASTERISK_ARI_URL: `http://127.0.0.1:${ports.ari}`,
          ASTERISK_ARI_PASSWORD: secrets.ari,
          ASTERISK_AMI_HOST: '127.0.0.1',
          ASTERISK_AMI_PORT: String(ports.ami),
          ASTERISK_AMI_SECRET: secrets.ami,
          ASTERISK_SIP_PORT: String(ports.sip),
        }),
  };
  const given = Object.keys(own).concat(
    'ASTERISK_PROMPTS_DIR',
    ...ASTERISK_NAMES,
    ...MESSAGE_NAMES,
    ...TRAINING_NAMES,
    ...FIRST_OUTBOUND_NAMES,
    'TRUNKS',
    'DOCUMENT_FONT',
  );
  const outside = given.flatMap((name) => {
    const value = env[name]?.trim() ?? '';
    // Folders and the port belong to the instance: an environment meant for another program must not move them.
    return value === '' || FIXED.has(name) ? [] : [[name, value] as const];
  });
  return { ...own, ...Object.fromEntries(outside), HTTP_PORT: String(ports.http) };
}

/** Nothing lies here yet, so that the sample municipality will; or it does, and its accounts with it. A database elsewhere is somebody's own. */
function isSample(dir: string, env: Env): boolean {
  if ((env.DATABASE_URL?.trim() ?? '') !== '') return false;
  return existsSync(join(dir, 'accounts.json')) || !existsSync(join(dir, 'postgres'));
}

/** Where a role finds what speaks texts that come up while it runs. */
export function speechEnvironment({
  espeak,
  sox,
}: Record<
  'espeak' | 'sox',
  { readonly path: string; readonly env: Readonly<Record<string, string>> }
>): Record<string, string> {
  const told = ({ path, env }: typeof espeak): string => JSON.stringify({ path, env });
  return { SPEECH_ESPEAK: told(espeak), SPEECH_SOX: told(sox) };
}

const FIXED: ReadonlySet<string> = new Set(['DATA_DIR']);
const MESSAGE_NAMES = [
  'MESSAGE_WEBHOOK_URL',
  'MESSAGE_WEBHOOK_SECRET',
  'VISIT_PAGE_URL',
  'SMS_INTAKE_SECRET',
  'WECHAT_TOKEN',
];
/** Checked before anything starts: a process that refuses its clock would only be started again and again. */
const TRAINING_NAMES = ['TRAINING_CLOCK', 'TRAINING_CLOCK_IN_PRODUCTION', 'NODE_ENV'];
/** What the rules of calling out begin with. */
const FIRST_OUTBOUND_NAMES = ['OUTSIDE_TRUNK', 'EMERGENCY_DESKS'];
const ASTERISK_NAMES = [
  'ASTERISK_ARI_URL',
  'ASTERISK_ARI_PASSWORD',
  'ASTERISK_AMI_HOST',
  'ASTERISK_AMI_PORT',
  'ASTERISK_AMI_SECRET',
  'ASTERISK_SIP_PORT',
];

/** Complains in words when the environment outside points at something incomplete. */
export function checkedConfig(environment: Readonly<Record<string, string>>) {
  return readConfig(environment);
}

export function asteriskOptions(
  instance: Instance,
  environment: Readonly<Record<string, string>>,
  program: Tools['asterisk'],
  env: Env,
): AsteriskOptions {
  const { dir, ports, sipBind } = instance;
  const { asterisk, recordingsDir, promptsDir } = readConfig(environment);
  return {
    program,
    configDir: join(PROJECT, 'asterisk-config'),
    dir: join(dir, 'asterisk'),
    recordingsDir,
    promptsDir,
    sipPort: ports.sip,
    sipBind,
    httpPort: ports.ari,
    amiPort: ports.ami,
    ariUser: asterisk.ariUser,
    ariPassword: asterisk.ariPassword,
    amiUser: asterisk.amiUser,
    amiSecret: asterisk.amiSecret,
    // The first and the last pair are held by the supervisor, see rtp-range.ts.
    rtpStart: ports.rtpStart + 2,
    rtpEnd: ports.rtpEnd - 2,
    stasisApp: asterisk.app,
    ...trunkSettings(env, ports.carrier),
    output: join(dir, 'log/asterisk.log'),
  };
}

/** The trunk and the address behind NAT, from the environment. */
export function trunkSettings(
  env: Env,
  carrierPort: number,
): Pick<AsteriskOptions, 'trunk' | 'furtherTrunks' | 'externalAddress' | 'localNets'> {
  const trunk = trunkFrom(env, 'TRUNK', carrierPort);
  const furtherTrunks = furtherTrunksFrom(env);
  const taken = new Map(trunk.match.map((address) => [address, DEFAULT_TRUNK.code]));
  for (const { code, match } of furtherTrunks) {
    for (const address of match) {
      const other = taken.get(address);
      if (other !== undefined) {
        throw new ConfigError(
          `The trunks ${other} and ${code} both call from ${address}; an address belongs to one trunk.`,
        );
      }
      taken.set(address, code);
    }
  }
  const external = env.EXTERNAL_ADDRESS ?? '';
  if (external !== '' && isIP(external) === 0) {
    throw new ConfigError(
      `EXTERNAL_ADDRESS is "${external}"; it must be the address under which the carrier reaches this machine.`,
    );
  }
  return {
    trunk,
    furtherTrunks,
    externalAddress: external,
    localNets: env.LOCAL_NET === 'none' ? [] : networks(env, 'LOCAL_NET', PRIVATE_NETS),
  };
}

/** `TRUNK_MATCH`, `TRUNK_HOST`, `TRUNK_PORT`, `TRUNK_MAX_CALLS`; for a further trunk `water` `TRUNK_WATER_MATCH` and so on. */
function trunkFrom(env: Env, prefix: string, usualPort: number): TrunkAtSwitch {
  const match = networks(env, `${prefix}_MATCH`, '127.0.0.1');
  const host = env[`${prefix}_HOST`] || (match[0] ?? '').split('/')[0] || '127.0.0.1';
  if (!/^[A-Za-z0-9.-]+$/.test(host))
    throw new ConfigError(`${prefix}_HOST is "${host}"; it must be a host name or an address.`);
  const number = (name: string, fallback: number, max: number): number => {
    const raw = env[name] || String(fallback);
    if (/^\d+$/.test(raw) && Number(raw) >= 1 && Number(raw) <= max) return Number(raw);
    throw new ConfigError(`${name} is "${raw}"; it must be a whole number from 1 to ${max}.`);
  };
  return {
    match,
    host,
    port: number(`${prefix}_PORT`, usualPort, 65_535),
    maxCalls: number(`${prefix}_MAX_CALLS`, 200, 10_000),
  };
}

/** `TRUNKS=water,mobile`: trunks beside the first, which is called `carrier`. */
function furtherTrunksFrom(env: Env): readonly (TrunkAtSwitch & { readonly code: string })[] {
  const codes = (env.TRUNKS ?? '').split(',').flatMap((one) => one.trim() || []);
  return codes.map((code, at) => {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(code) || /^trunk(-|$)/.test(code)) {
      throw new ConfigError(
        `TRUNKS holds "${code}"; a trunk is called by lower-case letters, digits and "-", such as water.`,
      );
    }
    if (code === DEFAULT_TRUNK.code || codes.indexOf(code) !== at) {
      throw new ConfigError(`TRUNKS holds "${code}" twice; the first trunk is called ${DEFAULT_TRUNK.code}.`);
    }
    const prefix = `TRUNK_${code.toUpperCase().replaceAll('-', '_')}`;
    if ((env[`${prefix}_MATCH`] ?? '').trim() === '') {
      throw new ConfigError(`${prefix}_MATCH is missing; it holds the addresses from which ${code} calls.`);
    }
    return { code, ...trunkFrom(env, prefix, 5060) };
  });
}

/** Loopback, and what RFC 1918 keeps for private networks. */
const PRIVATE_NETS = '127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16';

function networks(env: Env, name: string, fallback: string): readonly string[] {
  const all = (env[name] || fallback).split(',').map((one) => one.trim());
  for (const one of all) {
    const [address = '', bits = '32', more] = one.split('/');
    const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (/^\d{1,3}$/.test(bits) && Number(bits) <= longest && more === undefined) continue;
    throw new ConfigError(
      `${name} holds "${one}"; it must be addresses or networks such as 203.0.113.7 or 203.0.113.0/28, with commas between.`,
    );
  }
  return all;
}
