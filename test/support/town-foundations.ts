import { mkdtempSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { HouseJournal } from '../../src/adapters/files/house-journal.ts';
import { pacesIn } from '../../src/adapters/files/kept-paces.ts';
import { scryptHasher } from '../../src/adapters/passwords/scrypt.ts';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import type { TrunkProfile } from '../../src/domain/hotlines/trunk.ts';
import { MATTER_PROMPTS } from '../../src/domain/ivr/survey-prompts.ts';
import { URGENT_PROMPTS } from '../../src/domain/ivr/urgent-prompts.ts';
import type { Pace } from '../../src/domain/routing/pace.ts';
import { type FirstStart, firstStart } from '../../src/roles/first-start.ts';
import { freePort } from '../../src/runtime/ports.ts';
import type { AsteriskOptions } from '../../src/runtime/services.ts';
import {
  freshDatabase,
  freshRedis,
  startTestAsterisk,
  type TestAsterisk,
  type TestRedis,
} from './services.ts';
import { SMS_INTAKE_SECRET } from './text-message.ts';
import { writeTone } from './tone-file.ts';
import { withToneMusic } from './tone-music.ts';
import { Wire } from './wire.ts';

/** Each prompt is a tone of its own, so that a test hears which one is played. */
export const PROMPT_HZ = {
  'greeting-main': 500,
  'greeting-fallback': 530,
  'greeting-forwarded': 560,
  'greeting-dedicated': 620,
  'greeting-off-hours': 590,
  'greeting-merged': 650,
  'greeting-parallel': 680,
  'greeting-centre': 710,
  'transition-notice': 740,
  'transition-ended': 800,
  'transition-closed': 830,
  'number-unregistered': 860,
  'return-busy': 920,
  'return-no-answer': 960,
  'return-refused': 1000,
  'return-unreachable': 1040,
  'please-wait': 1120,
  'hold-reminder': 1180,
  goodbye: 1240,
  'restricted-limit': 1360,
  'restricted-block': 1440,
  'notice-subscribed': 1560,
  'menu-person': 1300,
  'menu-wrong': 1400,
  'menu-nothing': 1480,
  'menu-message': 1520,
  'message-tone': 1620,
  'message-thanks': 1660,
  'menu-ticket-ask': 1740,
  'menu-ticket-not-found': 1800,
  'ticket-dispatched': 1860,
  'ticket-person': 1920,
  'callback-offer': 1980,
  'callback-promised': 2040,
  'queue-ahead-0': 2100,
  'queue-ahead-1': 2160,
  'queue-wait-2': 2220,
  'queue-wait-3': 2280,
  'unit-call-confirm': 2100,
  'bridge-confirm': 2160,
  'call-tone': 2100,
  'survey-hello': 2160,
  'survey-resolved': 2220,
  'survey-result': 2280,
  'survey-process': 2360,
  'survey-message': 2440,
  'survey-nothing': 2520,
  'survey-wrong': 2600,
  'survey-sorry': 2680,
  'survey-refused': 2760,
  'survey-later': 2840,
  'survey-thanks': 2920,
  'urgent-hello': 2160,
  'urgent-confirm': 2220,
  'urgent-thanks': 2920,
} as const;
const PROMPT_MS = 400;
const MATTER_HZ = 3_000;
const MATTER_MS = 100;
const LENGTHS_MS: Readonly<Record<string, number>> = {
  /** As long as the real one: it stands between the citizen and the agent when call control is away. */
  'greeting-fallback': 2_700,
  /** Long enough to press a key into. */
  'greeting-forwarded': 1_500,
};
/** Of an agent's telephone in this town. */
export const RING_TIMEOUT_MS = 3_000;
const WRAP_UP_MS = 5_000;

/** The sample's sixteen passwords are random; hashing them slowly would take longer than the tests. */
const QUICK = { N: 2 ** 10, r: 8, p: 1 };
const quiet = { info: () => undefined, warn: () => undefined };
const SILENT = { ...quiet, debug: () => undefined, error: () => undefined };

/** What a town stands on before its people move in. */
export interface TownParts {
  readonly folder: string;
  readonly asterisk: TestAsterisk;
  readonly redis: TestRedis;
  readonly redisWire: Wire;
  /** To Asterisk's ARI, for call control alone. */
  readonly ariWire: Wire;
  readonly postgres: Wire;
  readonly databaseUrl: string;
  readonly apiUrl: string;
  readonly people: FirstStart;
  /** An agent who never comes to work. */
  readonly bystander: string;
  readonly standbyDataDir: string | null;
  readonly documentFont: string | null;
  readonly drop: () => Promise<void>;
}

/** What a town has beside the sample. */
export interface TownPlan {
  readonly furtherTrunks?: AsteriskOptions['furtherTrunks'];
  /** Trunks as the rules know them; without a word the one of the sample. */
  readonly trunks?: readonly TrunkProfile[];
  readonly wrapUpMs?: number;
  /** How fast the lines move, as an earlier call control saw it. */
  readonly paces?: readonly Pace[];
  /** One tone (`MUSIC_HZ`) for who waits or is held, so that a test hears that it goes on; without a word real music. */
  readonly music?: 'tone';
  /** That papers are printed with; without a word this machine's own, if it has one. */
  readonly documentFont?: string;
  /** The second call control has a data folder of its own, as on another machine. */
  readonly standbyElsewhere?: true;
}

export async function layFoundations(plan: TownPlan = {}): Promise<TownParts> {
  const folder = mkdtempSync(join(inject('runDir'), 'town-'));
  const promptsDir = join(folder, 'prompts');
  await mkdir(promptsDir);
  const prompts = Object.entries(PROMPT_HZ).map(([name, hz]) =>
    writeTone(join(promptsDir, `${name}.wav`), hz, LENGTHS_MS[name] ?? PROMPT_MS),
  );
  // Which of his matters he is asked about: what is said of it is the domain's to test, here it only must be there.
  for (const name of [...Object.keys(MATTER_PROMPTS), ...Object.keys(URGENT_PROMPTS)]) {
    if (name in PROMPT_HZ) continue;
    prompts.push(writeTone(join(promptsDir, `${name}.wav`), MATTER_HZ, MATTER_MS));
  }
  const usual = inject('tools').asterisk;
  const program = plan.music === 'tone' ? await withToneMusic(usual, folder) : usual;
  const [database, redis, asterisk, httpPort] = await Promise.all([
    freshDatabase(),
    freshRedis(),
    startTestAsterisk({ program, promptsDir, furtherTrunks: plan.furtherTrunks ?? [] }),
    freePort(),
    ...prompts,
  ]);
  const people = await firstStart(
    { databaseUrl: database.url, dataDir: folder },
    { nowMs: Date.now(), log: quiet, hasher: scryptHasher(QUICK) },
  );
  const db = openDatabase(database.url, { max: 1, onError: () => undefined });
  // Tests do not wait as long as people do.
  await db.query('update queues set ring_timeout_ms = $1, wrap_up_ms = $2, owner_first_ms = 0', [
    RING_TIMEOUT_MS,
    plan.wrapUpMs ?? WRAP_UP_MS,
  ]);
  const { rows } = await db.query<{ id: string }>(
    "select account_id as id from agents where number = '1008'",
  );
  if (plan.trunks !== undefined) {
    await db.query('delete from trunks');
    await db.query(
      `insert into trunks (code, name, body)
       select body->>'code', body->>'name', body from jsonb_array_elements($1::jsonb) as body`,
      [JSON.stringify(plan.trunks)],
    );
  }
  await db.close();
  await keepPaces(folder, plan.paces ?? []);
  const [postgres, redisWire, ariWire] = await Promise.all([
    Wire.lay(Number(new URL(database.url).port)),
    Wire.lay(redis.port),
    Wire.lay(Number(new URL(asterisk.ariUrl).port)),
  ]);
  return {
    folder,
    asterisk,
    redis,
    redisWire,
    ariWire,
    postgres,
    databaseUrl: database.url,
    apiUrl: `http://127.0.0.1:${httpPort}`,
    people,
    bystander: rows[0]?.id ?? '',
    documentFont: plan.documentFont ?? null,
    standbyDataDir: plan.standbyElsewhere === true ? join(folder, 'elsewhere') : null,
    drop: () => database.drop(),
  };
}

async function keepPaces(folder: string, paces: readonly Pace[]): Promise<void> {
  if (paces.length === 0) return;
  const journal = new HouseJournal(join(folder, 'call-control', 'house.jsonl'), SILENT);
  const kept = pacesIn(journal);
  await kept.read();
  for (const pace of paces) kept.save(pace);
  await journal.flush();
}

export function townEnvironment(parts: TownParts): Readonly<Record<string, string>> {
  const { asterisk } = parts;
  return {
    DATABASE_URL: parts.postgres.through(parts.databaseUrl),
    REDIS_URL: parts.redisWire.through(parts.redis.url),
    DATA_DIR: parts.folder,
    RECORDINGS_DIR: asterisk.recordingsDir,
    PROMPTS_DIR: asterisk.promptsDir,
    ASTERISK_PROMPTS_DIR: asterisk.promptsDir,
    SPEECH_ESPEAK: JSON.stringify(inject('tools').espeak),
    SPEECH_SOX: JSON.stringify(inject('tools').sox),
    LOG_LEVEL: 'debug',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: new URL(parts.apiUrl).port,
    ASTERISK_ARI_URL: parts.ariWire.through(asterisk.ariUrl).replace(/\/$/, ''),
    ASTERISK_ARI_USER: asterisk.ariUser,
    ASTERISK_ARI_PASSWORD: asterisk.ariPassword,
    ASTERISK_AMI_HOST: asterisk.amiHost,
    ASTERISK_AMI_PORT: String(asterisk.amiPort),
    ASTERISK_AMI_USER: asterisk.amiUser,
    ASTERISK_AMI_SECRET: asterisk.amiSecret,
    ASTERISK_APP: asterisk.stasisApp,
    ASTERISK_SIP_PORT: String(asterisk.sipPort),
    SMS_INTAKE_SECRET,
    ...(parts.documentFont === null ? {} : { DOCUMENT_FONT: parts.documentFont }),
  };
}
