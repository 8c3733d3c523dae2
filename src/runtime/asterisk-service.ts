import { existsSync, lstatSync, mkdirSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_TRUNK } from '../domain/hotlines/trunk.ts';
import {
  type AsteriskValues,
  asteriskFilesAreCurrent,
  type FurtherTrunk,
  renderAsteriskFiles,
} from './asterisk-files.ts';
import { adoptChild, type Child, startChild } from './child.ts';
import type { AsteriskProgram } from './obtain.ts';
import { amiAnswers, httpAnswers, untilReady } from './ready.ts';
import type { ProcessMark } from './run-state.ts';
import { Setback } from './setback.ts';

/** Folder below the recordings. */
const MESSAGES = 'messages';

/** A carrier as Asterisk meets it: whence it calls, where we call it, and how often at once. */
export interface TrunkAtSwitch {
  readonly match: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly maxCalls: number;
}

export interface AsteriskOptions {
  readonly program: AsteriskProgram;
  /** The project's asterisk-config/. */
  readonly configDir: string;
  /** Folder of this Asterisk: etc, var, spool, log, run, keys. */
  readonly dir: string;
  readonly recordingsDir: string;
  readonly promptsDir: string;
  readonly sipPort: number;
  readonly sipBind: string;
  readonly httpPort: number;
  readonly amiPort: number;
  readonly ariUser: string;
  readonly ariPassword: string;
  readonly amiUser: string;
  readonly amiSecret: string;
  readonly rtpStart: number;
  readonly rtpEnd: number;
  readonly stasisApp: string;
  readonly trunk: TrunkAtSwitch;
  /** Trunks beside the first, each by a name of its own. */
  readonly furtherTrunks?: readonly (TrunkAtSwitch & { readonly code: string })[];
  /** Public address when Asterisk sits behind NAT, or ''. */
  readonly externalAddress: string;
  /** Who is on this side of the NAT and is not told the public address. None: everybody is on the other side. */
  readonly localNets: readonly string[];
  /** Log file. */
  readonly output: string;
  readonly throwaway?: boolean;
}

export function asteriskValues(
  options: Omit<AsteriskOptions, 'program' | 'configDir' | 'output'> & {
    readonly program: Pick<AsteriskProgram, 'modulesDir' | 'dataDir'>;
  },
): AsteriskValues {
  const { dir } = options;
  return {
    ASTERISK_ETC: join(dir, 'etc'),
    MODULES_DIR: options.program.modulesDir,
    DATA_DIR: options.program.dataDir,
    VAR_DIR: join(dir, 'var'),
    SPOOL_DIR: join(dir, 'spool'),
    LOG_DIR: join(dir, 'log'),
    RUN_DIR: join(dir, 'run'),
    KEYS_DIR: join(dir, 'keys'),
    RECORDINGS_DIR: options.recordingsDir,
    PROMPTS_DIR: options.promptsDir,
    SIP_PORT: String(options.sipPort),
    SIP_BIND: options.sipBind,
    HTTP_PORT: String(options.httpPort),
    AMI_PORT: String(options.amiPort),
    ARI_USER: options.ariUser,
    ARI_PASSWORD: options.ariPassword,
    AMI_USER: options.amiUser,
    AMI_SECRET: options.amiSecret,
    RTP_START: String(options.rtpStart),
    RTP_END: String(options.rtpEnd),
    STASIS_APP: options.stasisApp,
    ...trunkValues({ code: DEFAULT_TRUNK.code, ...options.trunk }),
    EXTERNAL_ADDRESS: options.externalAddress,
    LOCAL_NET: options.localNets.join(','),
  };
}

function trunkValues({ code, match, host, port, maxCalls }: TrunkAtSwitch & { readonly code: string }) {
  return {
    TRUNK_CODE: code,
    TRUNK_MATCH: match.join(','),
    TRUNK_HOST: host,
    TRUNK_PORT: String(port),
    TRUNK_MAX_CALLS: String(maxCalls),
  };
}

const furtherTrunksOf = ({ furtherTrunks = [] }: AsteriskOptions): readonly FurtherTrunk[] =>
  furtherTrunks.map(trunkValues);

export function renderAsterisk(options: AsteriskOptions): string {
  if (!existsSync(options.configDir)) {
    throw new Setback(
      'asterisk.noConfig',
      `The folder ${options.configDir} is missing.`,
      'Fetch the project again.',
    );
  }
  const values = asteriskValues(options);
  for (const folder of [
    values.ASTERISK_ETC,
    values.VAR_DIR,
    values.SPOOL_DIR,
    values.LOG_DIR,
    values.RUN_DIR,
    values.KEYS_DIR,
    options.recordingsDir,
    // The dialplan leaves its notes there; it cannot make a folder itself.
    join(options.recordingsDir, 'fallback'),
    join(options.recordingsDir, MESSAGES),
    options.promptsDir,
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  linkMessages(join(values.SPOOL_DIR, 'recording'), join(options.recordingsDir, MESSAGES));
  renderAsteriskFiles(options.configDir, values.ASTERISK_ETC, values, furtherTrunksOf(options));
  writeFileSync(join(values.ASTERISK_ETC, 'ice.conf'), iceHosts(options.externalAddress), { mode: 0o600 });
  return join(values.ASTERISK_ETC, 'asterisk.conf');
}

/** Where Asterisk records what it is told to over ARI is fixed; that place is made one of the recordings folder. */
function linkMessages(link: string, messages: string): void {
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() === true) rmSync(link);
  // Made by an Asterisk of an earlier release, which recorded nothing there.
  else if (there?.isDirectory() === true) rmdirSync(link);
  symlinkSync(messages, link);
}

/** Behind NAT a browser is told the public address beside each of this machine's own, which those inside reach. */
export function iceHosts(externalAddress: string, interfaces = networkInterfaces()): string {
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
    .filter((address) => externalAddress !== '' && address !== externalAddress);
  const lines = own.map((address) => `${address} => ${externalAddress},include_local_address`);
  return ['[ice_host_candidates]', ...lines, ''].join('\n');
}

export async function startAsterisk(options: AsteriskOptions): Promise<Child> {
  const config = renderAsterisk(options);
  // Left by one that was killed; the next one would take it for a running Asterisk.
  for (const name of ['asterisk.ctl', 'asterisk.pid'])
    rmSync(join(options.dir, 'run', name), { force: true });
  const child = await startChild({
    name: 'asterisk',
    path: options.program.path,
    // -f: in the foreground; -n: no colours in a file; no -U: it runs as the account that starts it.
    args: ['-C', config, '-f', '-n'],
    env: { ...process.env, ...options.program.env },
    cwd: options.dir,
    graceMs: 10_000,
    dieWithParent: options.throwaway === true,
    output: options.output,
  });
  try {
    await untilReady('Asterisk', () => serves(options), { timeoutMs: 60_000, gone: child.ended });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}

/** ARI answers 503 until every module is up. */
async function serves(options: AsteriskOptions): Promise<boolean> {
  return (
    (await amiAnswers(options.amiPort, options.amiUser, options.amiSecret)) &&
    (await httpAnswers(
      `http://127.0.0.1:${options.httpPort}/ari/asterisk/ping`,
      `${options.ariUser}:${options.ariPassword}`,
    ))
  );
}

/**
 * Takes over an Asterisk that a killed start left behind, with all its calls. Null when it cannot stay: it does not
 * answer, or it runs with other settings than those of now; then it is ended.
 */
export async function adoptAsterisk(
  options: AsteriskOptions,
  left: ProcessMark,
  say: (line: string) => void,
): Promise<Child | null> {
  const child = adoptChild(left);
  const values = asteriskValues(options);
  const current = asteriskFilesAreCurrent(
    options.configDir,
    values.ASTERISK_ETC,
    values,
    furtherTrunksOf(options),
  );
  if (current && (await serves(options))) {
    say(`asterisk (process ${left.pid}) was left running by a start that was killed: its calls go on`);
    return child;
  }
  const why = current ? 'it does not answer' : 'its settings are not those of now';
  say(`ending asterisk (process ${left.pid}), left behind by a start that was killed, and its calls: ${why}`);
  await child.stop();
  return null;
}
