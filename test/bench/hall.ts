import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { scryptHasher } from '../../src/adapters/passwords/scrypt.ts';
import { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import { ApiClient, type SessionSeen } from '../../src/demo/api-client.ts';
import { Phone } from '../../src/demo/phone/phone.ts';
import { until } from '../../src/demo/poll.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import { type FirstStart, firstStart } from '../../src/roles/first-start.ts';
import { type Child, startChild } from '../../src/runtime/child.ts';
import { obtain } from '../../src/runtime/obtain.ts';
import { freePort } from '../../src/runtime/ports.ts';
import type { AsteriskOptions } from '../../src/runtime/services.ts';
import { ControlPair } from './control-pair.ts';
import {
  type HallSize,
  type HallTools,
  LOCAL,
  NEEDS,
  openServices,
  PEER_AGENT,
  PEER_SEATS_FROM,
  ROOT,
  SECRET,
} from './hall-services.ts';
import { HallSwitch } from './hall-switch.ts';
import { publishNoWrapUp } from './no-wrap-up.ts';
import { type Hired, hire } from './staff.ts';

/** Work numbers of many agents. */
const SEATS_FROM = 2001;
const quiet = { info: () => undefined, warn: () => undefined };

interface Delay {
  readonly p50: number;
  readonly p99: number;
}

/** The whole product at work for a benchmark, with its peers in the same Asterisk. Nothing of it is left afterwards. */
export class Hall {
  readonly tools: HallTools;
  readonly sip: { readonly host: string; readonly port: number };
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly recordingsDir: string;
  seats: readonly Hired[] = [];
  peerSeats: readonly Hired[] = [];
  readonly switch: HallSwitch;
  readonly #asterisk: AsteriskOptions;
  readonly #people: FirstStart;
  readonly #delayFile: string;
  readonly #close: () => Promise<void>;
  readonly #children: Child[] = [];
  #control: Child | null = null;
  #controls: ControlPair | null = null;
  #lead: ApiClient | null = null;

  private constructor(parts: {
    tools: HallTools;
    asterisk: AsteriskOptions;
    apiUrl: string;
    databaseUrl: string;
    people: FirstStart;
    delayFile: string;
    close: () => Promise<void>;
  }) {
    this.tools = parts.tools;
    this.#asterisk = parts.asterisk;
    this.switch = new HallSwitch(parts.asterisk);
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
    tools: HallTools,
    folder: string,
    size: HallSize,
    undo: (() => Promise<unknown>)[],
    close: () => Promise<void>,
  ): Promise<Hall> {
    const { asterisk, databaseUrl, redisUrl } = await openServices(tools, folder, size, undo);
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
    const env = { ...hall.#environment(folder), REDIS_URL: redisUrl };
    const role = (name: string, more: Readonly<Record<string, string>> = {}) =>
      hall.#start(name, folder, { ...process.env, ...env, ...more });
    await role('api');
    await until('the API', 40_000, () => hall.#signIn('lead'));
    await publishNoWrapUp(await hall.#signIn('operator'), () => hall.#signIn('operator2'));
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
    const password = this.passwordOf(username);
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

  passwordOf(username: string): string {
    const account = this.#people.accounts.find((one) => one.username === username);
    if (account === undefined) throw new Error(`nobody is called ${username}`);
    return account.password;
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
    return ApiClient.signIn(this.apiUrl, username, this.passwordOf(username));
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
