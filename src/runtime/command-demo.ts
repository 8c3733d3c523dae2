import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speakInto } from '../adapters/audio/prompts.ts';
import { ApiClient, type SessionSeen } from '../demo/api-client.ts';
import type { DemoTarget } from '../demo/demo-target.ts';
import { CITIZEN_WORDS, placeOneCall } from '../demo/one-call.ts';
import { runDemo } from '../demo/run-demo.ts';
import { DEFAULT_LANGUAGE } from '../domain/ivr/language.ts';
import { type Instance, PROJECT } from './instance.ts';
import { obtain } from './obtain.ts';
import { addressTowards } from './ports.ts';
import { runningState } from './run-state.ts';
import { errorCode, Setback } from './setback.ts';
import { type KnownAccount, knownAccounts } from './tables.ts';

type Print = (text: string) => void;

/** Calls the running instance as citizens and answers as agents. */
export async function demo(instance: Instance, print: Print): Promise<number> {
  return await call(running(instance), print);
}

/** One citizen calls whoever tries the console, and says in words what he wants. */
export async function demoCall(instance: Instance, print: Print): Promise<number> {
  const target = running(instance);
  const { tools } = await obtain(['sipp', 'espeak', 'sox'], PROJECT, print);
  const folder = await mkdtemp(join(tmpdir(), 'citizen-voice-'));
  try {
    const file = join(folder, 'words.wav');
    const voice = await speakInto(file, folder, tools, { text: CITIZEN_WORDS, language: DEFAULT_LANGUAGE })
      .then(async () => ({ samples: samplesOf(await readFile(file)) }))
      .catch((error: unknown) => {
        print(`市民的话没有合成（${error instanceof Error ? error.message : error}），通话中将没有声音。`);
        return null;
      });
    return await placeOneCall({ ...target, sipp: tools.sipp }, voice, print);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const WAV_HEADER = 44;
/** Of a plain 16-bit WAV file. */
function samplesOf(wav: Buffer): Int16Array {
  return Int16Array.from({ length: (wav.length - WAV_HEADER) >> 1 }, (_, at) =>
    wav.readInt16LE(WAV_HEADER + 2 * at),
  );
}

function running(instance: Instance): Omit<DemoTarget, 'sipp'> {
  if (runningState(instance.dir)?.phase !== 'ready') {
    throw new Setback(
      'demo.notRunning',
      `Nothing is ready in ${instance.dir}.`,
      'Start it first: npm start -- --detach   (or call one that runs elsewhere: --api URL --accounts FILE)',
    );
  }
  const accounts = knownAccounts(instance.dir);
  if (accounts === null) {
    throw new Setback(
      'demo.noSample',
      `${join(instance.dir, 'accounts.json')} is missing: this instance does not hold the sample municipality.`,
      'Start one of its own for the demo: npm start -- --detach --port-base 13000, then npm run demo -- --port-base 13000',
    );
  }
  const host = instance.sipBind === '0.0.0.0' ? '127.0.0.1' : instance.sipBind;
  return {
    apiUrl: `http://127.0.0.1:${instance.ports.http}`,
    sip: { host, port: instance.ports.sip },
    host,
    carrierPort: instance.ports.carrier,
    accounts,
  };
}

export interface Elsewhere {
  /** Such as http://192.0.2.10:12345. */
  readonly api: string;
  /** File with the accounts of the first start, "-" for standard input. */
  readonly accounts: string;
  /** Where that instance's trunk expects the carrier here; unset: one above its SIP port. */
  readonly carrierPort: number | undefined;
}

/**
 * The same against an instance on another machine or in containers, through nothing but what it publishes. Its trunk
 * must name this machine (TRUNK_MATCH, TRUNK_HOST, TRUNK_PORT).
 */
export async function demoElsewhere(elsewhere: Elsewhere, print: Print): Promise<number> {
  if (!/^https?:\/\//.test(elsewhere.api) || !URL.canParse(elsewhere.api)) {
    throw new Setback(
      'demo.api',
      `--api is "${elsewhere.api}".`,
      'It must be an address such as http://192.0.2.10:12345.',
    );
  }
  const api = new URL(elsewhere.api);
  const accounts = readAccounts(elsewhere.accounts);
  const [agent] = accounts.filter(({ phone }) => phone !== undefined);
  if (agent === undefined) throw notTheSample(elsewhere.accounts);
  const client = await ApiClient.signIn(api.origin, agent.username, agent.password);
  const session = await client.get<SessionSeen>('/v1/session');
  await client.signOut();
  const port = Number(/:(\d+)$/.exec(session.agent?.phone.sipAddress ?? '')?.[1] ?? 5060);
  return await call(
    {
      apiUrl: api.origin,
      sip: { host: api.hostname, port },
      host: await addressTowards(api.hostname),
      carrierPort: elsewhere.carrierPort ?? port + 1,
      accounts,
    },
    print,
  );
}

async function call(target: Omit<DemoTarget, 'sipp'>, print: Print): Promise<number> {
  const { tools } = await obtain(['sipp'], PROJECT, print);
  return await runDemo({ ...target, sipp: tools.sipp }, print);
}

function readAccounts(file: string): readonly KnownAccount[] {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Setback(
      'demo.accounts',
      `${file} cannot be read (${errorCode(error)}).`,
      'Name the file with the accounts of its first start, or "-" and hand it over on standard input.',
    );
  }
  try {
    const accounts: unknown = JSON.parse(text);
    if (Array.isArray(accounts)) return accounts as readonly KnownAccount[];
  } catch {
    // Said below.
  }
  throw notTheSample(file);
}

function notTheSample(file: string): Setback {
  return new Setback(
    'demo.accounts',
    `${file} does not hold the accounts of a sample municipality.`,
    'It is the accounts.json of that instance: docker compose exec -T api cat /data/accounts.json',
  );
}
