import type { EmergencyDesk } from './domain/callbacks/emergency-desks.ts';
import { DEFAULT_TRUNK } from './domain/hotlines/trunk.ts';

/** Environment -> one frozen typed object, or a message naming the variable, what was wrong and what would be right. */
export class ConfigError extends Error {
  readonly code = 'config.invalid';
}

type Env = Readonly<Record<string, string | undefined>>;

function text(env: Env, name: string, fallback?: string): string {
  const value = env[name]?.trim() || fallback;
  if (value === undefined) throw new ConfigError(`${name} is not set. ${HELP[name] ?? ''}`.trim());
  return value;
}

function integer(env: Env, name: string, fallback: number, min: number, max: number): number {
  const raw = env[name]?.trim();
  if (raw === undefined || raw === '') return fallback;
  const value = Number(raw);
  if (!/^\d+$/.test(raw) || value < min || value > max) {
    throw new ConfigError(`${name} is "${raw}"; it must be a whole number from ${min} to ${max}.`);
  }
  return value;
}

function url(env: Env, name: string, protocols: readonly string[], fallback?: string): string {
  const value = text(env, name, fallback);
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (parsed === null || !protocols.includes(parsed.protocol)) {
    throw new ConfigError(`${name} is not an address of the form ${protocols.join(' or ')}//host:port/…`);
  }
  return value;
}

function choice<T extends string>(env: Env, name: string, allowed: readonly T[], fallback: T): T {
  const value = env[name]?.trim() || fallback;
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new ConfigError(`${name} is "${value}"; it must be one of ${allowed.join(', ')}.`);
  return found;
}

/** `PATH`, or JSON `{"path": …, "env": {…}}` for a program that needs an environment of its own. */
function program(env: Env, name: string, fallback: string) {
  const raw = env[name]?.trim() || fallback;
  if (!raw.startsWith('{')) return Object.freeze({ path: raw, env: {} });
  try {
    const { path, env: own = {} } = JSON.parse(raw) as { path?: unknown; env?: Record<string, string> };
    if (typeof path === 'string') return Object.freeze({ path, env: own });
  } catch {
    // Said below, in the words of the variable.
  }
  throw new ConfigError(`${name} is neither a program's path nor {"path": "…", "env": {…}}.`);
}

const HELP: Readonly<Record<string, string>> = {
  DATABASE_URL: 'Give postgres://user:password@host:port/database of a PostgreSQL 15 or later.',
  REDIS_URL: 'Give redis://host:port of a Redis 7 or later.',
  ASTERISK_ARI_PASSWORD: 'It is the password of the ARI user in ari.conf.',
  ASTERISK_AMI_SECRET: 'It is the secret of the AMI user in manager.conf.',
  MESSAGE_WEBHOOK_SECRET: 'It signs what goes to MESSAGE_WEBHOOK_URL; the gateway knows it too.',
  DATA_DIR: 'Give the folder where this instance keeps its spool, prompts and recordings.',
};

function messages(
  env: Env,
  dataDir: string,
): {
  readonly folder: string;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  /** Where citizens answer a visit by its link; null: nobody is sent one. */
  readonly visitPage: string | null;
} {
  const folder = `${dataDir}/messages`;
  const page = env.VISIT_PAGE_URL?.trim() ?? '';
  const visitPage = page === '' ? null : url(env, 'VISIT_PAGE_URL', ['https:', 'http:']);
  // A message with the link in it has room for no more, and the token follows the #.
  if (visitPage !== null && (visitPage.length > 100 || visitPage.includes('#')))
    throw new ConfigError('VISIT_PAGE_URL must have 100 characters at most, and no #.');
  if ((env.MESSAGE_WEBHOOK_URL?.trim() ?? '') === '') return { folder, webhook: null, visitPage };
  const secret = text(env, 'MESSAGE_WEBHOOK_SECRET');
  if (secret.length < 16) throw new ConfigError('MESSAGE_WEBHOOK_SECRET must have 16 characters at least.');
  const address = url(env, 'MESSAGE_WEBHOOK_URL', ['http:', 'https:']);
  const { protocol, hostname } = new URL(address);
  // Citizens' numbers and what they are written cross no network in the clear.
  if (protocol === 'http:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)) {
    throw new ConfigError('MESSAGE_WEBHOOK_URL must be https:, or http: on this very machine (127.0.0.1).');
  }
  return { folder, webhook: { url: address, secret }, visitPage };
}

/** A secret that cannot be used, and what it must be instead. */
export interface UnfitSecret {
  readonly variable: 'SMS_INTAKE_SECRET' | 'WECHAT_TOKEN';
  readonly wanted: string;
}

/**
 * Ways by which appeals come in writing, each off until its secret is given. One that is too weak leaves its channel off and
 * stops nothing: the telephone does not wait for a side door.
 */
function channels(env: Env): {
  readonly smsSecret: string | null;
  readonly wechatToken: string | null;
  readonly unfit: readonly UnfitSecret[];
} {
  const unfit: UnfitSecret[] = [];
  const secret = (variable: UnfitSecret['variable'], fit: RegExp, wanted: string): string | null => {
    const given = env[variable]?.trim() ?? '';
    if (fit.test(given)) return given;
    if (given !== '') unfit.push({ variable, wanted });
    return null;
  };
  const smsSecret = secret('SMS_INTAKE_SECRET', /^.{16,}$/s, '16 characters at least');
  const wechatToken = secret(
    'WECHAT_TOKEN',
    /^[A-Za-z0-9]{16,32}$/,
    // A shorter one can be found out from any signature.
    '16 to 32 letters and digits, the same as in the settings of the official account',
  );
  return { smsSecret, wechatToken, unfit };
}

/** A moment for training and tests. In production only where somebody says so in so many words. */
function trainingClock(env: Env): number | null {
  const raw = env.TRAINING_CLOCK?.trim() ?? '';
  if (raw === '') return null;
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(raw) ||
    Number.isNaN(Date.parse(raw))
  ) {
    throw new ConfigError(
      `TRAINING_CLOCK is "${raw}"; it must be a moment with its offset, such as 2026-12-31T23:59:00+08:00.`,
    );
  }
  if (env.NODE_ENV === 'production' && env.TRAINING_CLOCK_IN_PRODUCTION?.trim() !== 'yes') {
    throw new ConfigError(
      'TRAINING_CLOCK is set in production, where citizens would be answered by the rules of another day. ' +
        'Unset it, or set TRAINING_CLOCK_IN_PRODUCTION=yes where nobody but trainees calls.',
    );
  }
  return Date.parse(raw);
}

/** `110=110:公安,119=119:消防`: what the agent presses, what is dialled, whose it is. */
function emergencyDesks(env: Env): readonly EmergencyDesk[] | null {
  const raw = env.EMERGENCY_DESKS?.trim() ?? '';
  if (raw === '') return null;
  return raw.split(',').map((one) => {
    const [, desk, number, name] = /^(\d{3,5})=(\d{3,20}):(\S{1,20})$/.exec(one.trim()) ?? [];
    if (desk === undefined || number === undefined || name === undefined) {
      throw new ConfigError(
        `EMERGENCY_DESKS has "${one.trim()}"; each desk is KEY=NUMBER:NAME, such as 120=051384120120:急救, with commas between.`,
      );
    }
    return Object.freeze({ desk, number, name });
  });
}

export function readConfig(env: Env) {
  const dataDir = text(env, 'DATA_DIR');
  return Object.freeze({
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:']),
    dataDir,
    /** Folder that Asterisk records into; the same files, perhaps seen under another path. */
    recordingsDir: text(env, 'RECORDINGS_DIR', `${dataDir}/recordings`),
    /** Folder of prompts as this process writes them … */
    promptsDir: text(env, 'PROMPTS_DIR', `${dataDir}/prompts`),
    logLevel: choice(
      env,
      'LOG_LEVEL',
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'info',
    ),
    /** What speaks texts: found on the PATH unless said otherwise. */
    speech: Object.freeze({
      espeak: program(env, 'SPEECH_ESPEAK', 'espeak-ng'),
      sox: program(env, 'SPEECH_SOX', 'sox'),
    }),
    /** Whether limits may show in a minute what takes weeks: for demonstrations, off where nobody says otherwise. */
    compressedTime: choice(env, 'COMPRESSED_TIME', ['off', 'on'], 'off'),
    /** What documents are printed with; without it everything else works. */
    documentFont: text(env, 'DOCUMENT_FONT', '/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf'),
    /** Training and tests: call control applies the rules as if it were this moment when it starts. Null: the true time. */
    rulesFromMs: trainingClock(env),
    /** Messages to citizens: to a gateway by webhook, or without one into files. */
    messages: Object.freeze(messages(env, dataDir)),
    /** Incoming text messages and WeChat. */
    channels: Object.freeze(channels(env)),
    /** The trunks that the switch has: the first, and those of `TRUNKS`. */
    trunks: Object.freeze([
      DEFAULT_TRUNK.code,
      ...(env.TRUNKS ?? '').split(',').flatMap((code) => code.trim() || []),
    ]),
    /** What the rules of calling out begin with; from then on they are changed where people change rules. Null: the usual. */
    firstOutbound: Object.freeze({
      trunk: env.OUTSIDE_TRUNK?.trim() || null,
      emergencyDesks: emergencyDesks(env),
    }),
    http: Object.freeze({
      host: text(env, 'HTTP_HOST', '0.0.0.0'),
      port: integer(env, 'HTTP_PORT', 12345, 1, 65_535),
      /** Addresses of proxies in front of us whose X-Forwarded-For and -Proto are believed. */
      trustProxy: Object.freeze(
        text(env, 'HTTP_TRUST_PROXY', '127.0.0.1,::1')
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      ),
    }),
    asterisk: Object.freeze({
      ariUrl: url(env, 'ASTERISK_ARI_URL', ['http:', 'https:'], 'http://127.0.0.1:8088'),
      ariUser: text(env, 'ASTERISK_ARI_USER', 'yihaotong'),
      ariPassword: text(env, 'ASTERISK_ARI_PASSWORD'),
      amiHost: text(env, 'ASTERISK_AMI_HOST', '127.0.0.1'),
      amiPort: integer(env, 'ASTERISK_AMI_PORT', 5038, 1, 65_535),
      amiUser: text(env, 'ASTERISK_AMI_USER', 'yihaotong'),
      amiSecret: text(env, 'ASTERISK_AMI_SECRET'),
      /** Stasis application; one per call-control group. */
      app: text(env, 'ASTERISK_APP', 'yihaotong'),
      /** Where Asterisk sees `promptsDir`. */
      promptsDir: text(env, 'ASTERISK_PROMPTS_DIR', text(env, 'PROMPTS_DIR', `${dataDir}/prompts`)),
      /** Port of Asterisk's SIP, told to people who connect a phone. */
      sipPort: integer(env, 'ASTERISK_SIP_PORT', 5060, 1, 65_535),
    }),
  });
}
export type Config = ReturnType<typeof readConfig>;
