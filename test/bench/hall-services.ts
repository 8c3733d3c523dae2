import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { migrate } from '../../src/adapters/pg/migrate.ts';
import { BEHIND_TELEPHONE } from '../../src/runtime/give-way.ts';
import type { Tools } from '../../src/runtime/obtain.ts';
import { freePort, freeRange } from '../../src/runtime/ports.ts';
import { ensureDatabase } from '../../src/runtime/postgres-service.ts';
import {
  type AsteriskOptions,
  postgresUrl,
  redisUrl,
  startAsterisk,
  startPostgres,
  startRedis,
} from '../../src/runtime/services.ts';
import { writeTone } from '../support/tone-file.ts';
import { withPeers } from './bench-dialplan.ts';

/** From dist/bench/test/bench. */
export const ROOT = resolve(import.meta.dirname, '../../../..');
export const LOCAL = '127.0.0.1';
export const SECRET = 'only-for-this-run';
const RTP_PORTS = 600;
const CALLS_AT_MOST = 200;
/** Work numbers of the peers whose phones only `app_queue` calls. */
export const PEER_SEATS_FROM = 5001;
/** The greeting is a tone, so that it can be told by ear. */
export const GREETING_HZ = 500;
const GREETING_MS = 600;
/** The phone that `app_queue` calls. Its agent never signs in at call control: the two never share a telephone. */
export const PEER_AGENT = '1002';
export const NEEDS = ['asterisk', 'postgres', 'redis', 'sipp', 'espeak', 'sox'] as const;
export type HallTools = Pick<Tools, (typeof NEEDS)[number]>;

export interface HallSize {
  /** Agents a side beside the usual ones. */
  readonly seats?: number;
  readonly callsAtMost?: number;
  readonly rtpPorts?: number;
}

export interface HallServices {
  readonly asterisk: AsteriskOptions;
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** Asterisk, PostgreSQL with the product's tables, and Redis, for one benchmark; `undo` gets the way back. */
export async function openServices(
  tools: HallTools,
  folder: string,
  size: HallSize,
  undo: (() => Promise<unknown>)[],
): Promise<HallServices> {
  const output = join(folder, 'services.log');
  const throwaway = true;
  const postgres = { port: await freePort(), password: SECRET, database: 'yihaotong' };
  const redis = { port: await freePort(), password: SECRET };
  const asterisk = await asteriskOptions(tools.asterisk, folder, size);
  const prompts = mkdir(asterisk.promptsDir).then(() =>
    writeTone(join(asterisk.promptsDir, 'greeting-main.wav'), GREETING_HZ, GREETING_MS),
  );
  const started = await Promise.allSettled([
    startPostgres({
      ...postgres,
      programs: tools.postgres,
      dir: join(folder, 'postgres'),
      output,
      throwaway,
      niceness: BEHIND_TELEPHONE,
    }),
    startRedis({ ...redis, program: tools.redis, dir: join(folder, 'redis'), output, throwaway }),
    startAsterisk(asterisk),
  ]);
  for (const one of started) if (one.status === 'fulfilled') undo.push(() => one.value.stop());
  for (const one of started) if (one.status === 'rejected') throw one.reason;
  await prompts;
  await ensureDatabase(postgres);
  const databaseUrl = postgresUrl(postgres);
  await migrate(databaseUrl, join(ROOT, 'migrations'));
  return { asterisk, databaseUrl, redisUrl: redisUrl(redis) };
}

async function asteriskOptions(
  program: Tools['asterisk'],
  folder: string,
  { seats = 0, callsAtMost = CALLS_AT_MOST, rtpPorts = RTP_PORTS }: HallSize,
): Promise<AsteriskOptions> {
  const rtpStart = await freeRange(rtpPorts);
  const peers = Array.from({ length: seats }, (_, nth) => `agent-${PEER_SEATS_FROM + nth}`);
  const dir = join(folder, 'asterisk');
  await mkdir(dir);
  return {
    program,
    configDir: await withPeers(
      join(ROOT, 'asterisk-config'),
      join(folder, 'config'),
      `agent-${PEER_AGENT}`,
      peers,
    ),
    dir,
    recordingsDir: join(folder, 'recordings'),
    promptsDir: join(folder, 'prompts'),
    sipPort: await freePort(),
    sipBind: LOCAL,
    httpPort: await freePort(),
    amiPort: await freePort(),
    ariUser: 'yihaotong',
    ariPassword: SECRET,
    amiUser: 'yihaotong',
    amiSecret: SECRET,
    rtpStart,
    rtpEnd: rtpStart + rtpPorts - 2,
    stasisApp: 'yihaotong',
    trunk: { match: [LOCAL], host: LOCAL, port: await freePort(), maxCalls: callsAtMost },
    externalAddress: '',
    localNets: ['127.0.0.0/8'],
    output: join(folder, 'asterisk.log'),
    throwaway: true,
  };
}
