import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { scryptHasher } from '../../src/adapters/passwords/scrypt.ts';
import { migrate } from '../../src/adapters/pg/migrate.ts';
import { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import { ApiClient, type SessionSeen } from '../../src/demo/api-client.ts';
import { Phone } from '../../src/demo/phone/phone.ts';
import { until } from '../../src/demo/poll.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import { type FirstStart, firstStart } from '../../src/roles/first-start.ts';
import { type Child, startChild } from '../../src/runtime/child.ts';
import { obtain, type Tools } from '../../src/runtime/obtain.ts';
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
import { ControlPair } from './control-pair.ts';
import { type Hired, hire } from './staff.ts';

/** From dist/bench/test/bench. */
const ROOT = resolve(import.meta.dirname, '../../../..');
const LOCAL = '127.0.0.1';
const SECRET = 'only-for-this-run';
const RTP_PORTS = 600;
const CALLS_AT_MOST = 200;
/** Work numbers of many agents, and of as many peers whose phones only `app_queue` calls. */
const SEATS_FROM = 2001;
const PEER_SEATS_FROM = 5001;
/** The greeting is a tone, so that it can be told by ear. */
export const GREETING_HZ = 500;
const GREETING_MS = 600;
/** The phone that `app_queue` calls. Its agent never signs in at call control: the two never share a telephone. */
export const PEER_AGENT = '1002';
const NEEDS = ['asterisk', 'postgres', 'redis', 'sipp', 'espeak', 'sox'] as const;
const quiet = { info: () => undefined, warn: () => undefined };

type Need = (typeof NEEDS)[number];
interface Delay {
  readonly p50: number;
  readonly p99: number;
}

export interface HallSize {
  /** Agents a side beside the usual ones. */
  readonly seats?: number;
  readonly callsAtMost?: number;
  readonly rtpPorts?: number;
}

/** The whole product at work for a benchmark, with its peers in the same Asterisk. Nothing of it is left afterwards. */
export class Hall {
  readonly tools: Pick<Tools, Need>;
  readonly sip: { readonly host: string; readonly port: number };
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly recordingsDir: string;
  seats: readonly Hired[] = [];
  peerSeats: readonly Hired[] = [];
  readonly #asterisk: AsteriskOptions;
  readonly #people: FirstStart;
  readonly #delayFile: string;
  readonly #close: () => Promise<void>;
  readonly #children: Child[] = [];
  #control: Child | null = null;
  #controls: ControlPair | null = null;
  #lead: ApiClient | null = null;

  private constructor(parts: {
    tools: Pick<Tools, Need>;
    asterisk: AsteriskOptions;
    apiUrl: string;
    databaseUrl: string;
    people: FirstStart;
    delayFile: string;
    close: () => Promise<void>;
  }) {
    this.tools = parts.tools;
    this.#asterisk = parts.asterisk;
    this.sip = { host: LOCAL, port: parts.asterisk.sipPort };
    this.apiUrl = parts.apiUrl;
    this.databaseUrl = parts.databaseUrl;
    this.recordingsDir = parts.asterisk.recordingsDir;
    this.#people = parts.people;
    this.#delayFile = parts.delayFile;
    this.#close = parts.close;
  }

  static async open(say: (text: string) => void, size: HallSize = {}): Promise<Hall> {
    const { tools } = await obtain(NEEDS, ROOT, say);
    const folder = await mkdtemp(join(tmpdir(), 'yihaotong-bench-'));
    const undo: (() => Promise<unknown>)[] = [
      () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
    ];
    const close = async (): Promise<void> => {
      for (const step of undo.splice(0).reverse()) await step();
    };
    try {
      return await Hall.#build(tools, folder, size, undo, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  static async #build(
    tools: Pick<Tools, Need>,
    folder: string,
    size: HallSize,
    undo: (() => Promise<unknown>)[],
    close: () => Promise<void>,
  ): Promise<Hall> {
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
    const hasher = scryptHasher({ N: 2 ** 10, r: 8, p: 1 });
    const at = { nowMs: Date.now(), log: quiet, hasher };
    const people = await firstStart({ databaseUrl, dataDir: folder }, at);
    const apiUrl = `http://${LOCAL}:${await freePort()}`;
    const delayFile = join(folder, 'loop-delay.json');
    const hall = new Hall({ tools, asterisk, apiUrl, databaseUrl, people, delayFile, close });
    const { seats = 0 } = size;
    if (seats > 0) {
      hall.seats = await hire(databaseUrl, SEATS_FROM, seats);
      hall.peerSeats = await hire(databaseUrl, PEER_SEATS_FROM, seats);
      await mkdir(join(asterisk.recordingsDir, 'peer'), { recursive: true });
    }
    undo.push(() => Promise.all(hall.#children.map((child) => child.stop())));
    const env = { ...hall.#environment(folder), REDIS_URL: redisUrl(redis) };
    const role = (name: string, more: Readonly<Record<string, string>> = {}) =>
      hall.#start(name, folder, { ...process.env, ...env, ...more });
    await role('api');
    await until('the API', 40_000, () => hall.#signIn('lead'));
    await hall.#publishNoWrapUp();
    await role('worker');
    const probe = pathToFileURL(join(import.meta.dirname, 'loop-delay.js')).href;
    hall.#control = await role('call-control', {
      NODE_OPTIONS: `--import=${probe}`,
      BENCH_LOOP_DELAY: delayFile,
    });
    await hall.#untilAnswering();
    const first = { child: hall.#control, log: join(folder, 'call-control.log') };
    hall.#controls = new ControlPair(first, async (name) => {
      const child = await hall.#start('call-control', folder, { ...process.env, ...env }, name);
      return { child, log: join(folder, `${name}.log`) };
    });
    return hall;
  }

  /** For a benchmark that kills call control. */
  get controls(): ControlPair {
    if (this.#controls === null) throw new Error('call control was not started');
    return this.#controls;
  }

  /** So many agents more than the sample has, each at work with a telephone, not ready yet. */
  async engage(many: number): Promise<readonly AgentAtWork[]> {
    const admin = await this.#signIn('admin');
    const agents: AgentAtWork[] = [];
    for (let at = 1; at <= many; at += 1) {
      const username = `hired${at}`;
      await admin.post('/v1/accounts', {
        username,
        displayName: `座席${at}`,
        password: SECRET,
        roles: ['agent'],
        agent: { employer: 'platform', queues: ['general'], phoneKind: 'desk' },
      });
      agents.push(
        await AgentAtWork.start({ apiUrl: this.apiUrl, username, password: SECRET, sip: this.sip }),
      );
    }
    return agents;
  }

  /** An agent at work at call control, not ready yet. */
  agent(username: string): Promise<AgentAtWork> {
    const password = this.#passwordOf(username);
    return AgentAtWork.start({ apiUrl: this.apiUrl, username, password, sip: this.sip });
  }

  /** The telephone of `PEER_AGENT`, registered like any agent's. */
  async peerPhone(): Promise<Phone> {
    const api = await this.#signIn(PEER_AGENT);
    const { agent } = await api.get<SessionSeen>('/v1/session');
    if (agent === null) throw new Error(`${PEER_AGENT} is no agent`);
    const { name, secret } = agent.phone;
    const phone = await Phone.open({ account: { name, secret, registrar: this.sip } });
    await phone.register();
    return phone;
  }

  /** How many callers call control shows in this state. */
  async callersWho(state: string): Promise<number> {
    return (await this.#liveCalls()).filter((call) => call.state === state).length;
  }

  /** The state of this caller's call as call control shows it. */
  async stateOf(number: string): Promise<string | null> {
    const shown = maskedNumber(number);
    return (await this.#liveCalls()).find(({ callerNumber }) => callerNumber === shown)?.state ?? null;
  }

  async #liveCalls(): Promise<readonly { readonly state: string; readonly callerNumber: string }[]> {
    this.#lead ??= await this.#signIn('lead');
    const { calls } = await this.#lead.get<{
      calls: readonly { readonly state: string; readonly callerNumber: string }[];
    }>('/v1/calls/live');
    return calls;
  }

  /** One agent's own action with his session; false when it was refused. */
  async ask(token: string, action: string, body: object | undefined): Promise<boolean> {
    const response = await fetch(`${this.apiUrl}/v1/agents/me/${action}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await response.text();
    return response.ok;
  }

  #passwordOf(username: string): string {
    const account = this.#people.accounts.find((one) => one.username === username);
    if (account === undefined) throw new Error(`nobody is called ${username}`);
    return account.password;
  }

  /** How many callers the dialplan has in this application. */
  async callersIn(application: string): Promise<number> {
    return (await this.#channels()).filter((channel) => channel.dialplan.app_name === application).length;
  }

  /** Hangs up whoever is still at the switch. */
  async clear(): Promise<void> {
    for (const { id } of await this.#channels()) await this.#ari(`/channels/${id}`, 'DELETE');
  }

  async #channels(): Promise<readonly { readonly id: string; readonly dialplan: { app_name: string } }[]> {
    return (await this.#ari('/channels', 'GET')).json() as Promise<
      readonly { id: string; dialplan: { app_name: string } }[]
    >;
  }

  #ari(path: string, method: 'GET' | 'DELETE'): Promise<Response> {
    const { ariUser, ariPassword, httpPort } = this.#asterisk;
    const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
    return fetch(`http://${LOCAL}:${httpPort}/ari${path}`, { method, headers: { authorization } });
  }

  /** From here on call control's delay counts. */
  beginDelay(): void {
    this.#control?.kill('SIGUSR2');
  }

  /** Ends call control; its event loop's delay meanwhile, in ms. */
  async endDelay(): Promise<Delay> {
    await this.#control?.stop();
    return JSON.parse(await readFile(this.#delayFile, 'utf8')) as Delay;
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Asking for what is already so changes nothing, and only call control itself can answer it. */
  async #untilAnswering(): Promise<void> {
    const [lead, bystander] = await Promise.all([this.#signIn('lead'), this.#signIn(PEER_AGENT)]);
    const { account } = await bystander.get<SessionSeen>('/v1/session');
    await until('call control', 40_000, async () => {
      await lead.post(`/v1/agents/${account.id}/sign-out`, { reason: '确认呼叫控制在线' });
      return true;
    });
  }

  #signIn(username: string): Promise<ApiClient> {
    return ApiClient.signIn(this.apiUrl, username, this.#passwordOf(username));
  }

  /** Wrap-up is the product's own; `app_queue` has none here (`wrapuptime = 0`), so by the rules nobody has. */
  async #publishNoWrapUp(): Promise<void> {
    const operator = await this.#signIn('operator');
    interface Version {
      readonly number: number;
      readonly revision: number;
      readonly state: string;
    }
    const { number, revision } = await operator.post<Version>('/v1/rules/versions', {
      title: '测速：无话后整理',
    });
    const at = `/v1/rules/versions/${number}`;
    await operator.post(`${at}/edits`, { revision, edit: { queues: [{ code: 'general', wrapUpMs: 0 }] } });
    const asked = await operator.post<Version>(`${at}/publish`, {
      reason: '测速：与同一 Asterisk 的队列相比',
    });
    if (asked.state === 'awaitingSecond') {
      const second = await this.#signIn('operator2');
      await second.post(`${at}/approve`, { reason: '测速：与同一 Asterisk 的队列相比' });
    }
  }

  async #start(
    role: string,
    folder: string,
    env: Readonly<Record<string, string | undefined>>,
    name = role,
  ): Promise<Child> {
    const args = [join(ROOT, 'dist/main.js'), role];
    const output = join(folder, `${name}.log`);
    const child = await startChild({
      name,
      path: process.execPath,
      args,
      env,
      cwd: ROOT,
      dieWithParent: true,
      output,
    });
    this.#children.push(child);
    return child;
  }

  #environment(folder: string): Readonly<Record<string, string>> {
    const { httpPort, amiPort, sipPort, promptsDir, ariUser, ariPassword, amiUser, amiSecret, stasisApp } =
      this.#asterisk;
    return {
      DATABASE_URL: this.databaseUrl,
      DATA_DIR: folder,
      RECORDINGS_DIR: this.recordingsDir,
      PROMPTS_DIR: promptsDir,
      ASTERISK_PROMPTS_DIR: promptsDir,
      SPEECH_ESPEAK: JSON.stringify(this.tools.espeak),
      SPEECH_SOX: JSON.stringify(this.tools.sox),
      // As customers have it.
      LOG_LEVEL: 'info',
      HTTP_HOST: LOCAL,
      HTTP_PORT: new URL(this.apiUrl).port,
      ASTERISK_ARI_URL: `http://${LOCAL}:${httpPort}`,
      ASTERISK_ARI_USER: ariUser,
      ASTERISK_ARI_PASSWORD: ariPassword,
      ASTERISK_AMI_HOST: LOCAL,
      ASTERISK_AMI_PORT: String(amiPort),
      ASTERISK_AMI_USER: amiUser,
      ASTERISK_AMI_SECRET: amiSecret,
      ASTERISK_APP: stasisApp,
      ASTERISK_SIP_PORT: String(sipPort),
    };
  }
}

/** One minute's load of the machine: a figure taken beside other work is not to be held against anybody. */
export const machineLoad = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

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
