import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { inject } from 'vitest';
import { buildApp } from '../../../src/adapters/http/app.ts';
import type { Api } from '../../../src/adapters/http/server.ts';
import type { ApiOptions, ApiServices } from '../../../src/adapters/http/services.ts';
import { openLog } from '../../../src/adapters/log/log.ts';
import { secretMint } from '../../../src/adapters/passwords/mint.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';
import { accountBooks } from '../../../src/adapters/pg/accounts.ts';
import { agentBooks } from '../../../src/adapters/pg/agents.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { sessionBooks } from '../../../src/adapters/pg/sessions.ts';
import type { LiveChange, LiveListener, LivePicture, LivePosition } from '../../../src/app/live/board.ts';
import type { Notice } from '../../../src/app/live/notices.ts';
import { ROLES, type Role } from '../../../src/app/ports/accounts.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import { CallControlAway, type CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import type { CallFact } from '../../../src/app/ports/facts.ts';
import type { QueueTally } from '../../../src/app/ports/live-board.ts';
import { apiServices } from '../../../src/roles/api-services.ts';
import { freshDatabase } from '../../support/services.ts';

export const PASSWORD = 'a fine morning 7';
/** Cheap: these tests are not about how long a hash takes. */
const HASHER = scryptHasher({ N: 1024, r: 8, p: 1 });

/** Call control as the API meets it: commands in, pictures out; it can be away. */
export class StandInCallControl {
  readonly asked: AgentCommand[] = [];
  reply: CommandReply | 'away' = { ok: true, agent: null };
  source: LivePicture['source'] = 'live';
  agents = new Map<string, AgentView>();
  calls = new Map<string, CallView>();
  queues = new Map<string, QueueTally>();
  at: LivePosition | null = null;
  #seq = 0;
  readonly #onChange = new Set<LiveListener>();
  readonly #onNotice = new Set<(notice: Notice) => void>();

  readonly commands = {
    send: async (command: AgentCommand): Promise<CommandReply> => {
      this.asked.push(command);
      if (this.reply === 'away') throw new CallControlAway('nobody answers');
      return this.reply;
    },
  };
  readonly board = {
    picture: (): LivePicture => ({
      seq: this.#seq,
      at: this.at,
      source: this.source,
      heardMs: 1,
      agents: [...this.agents.values()],
      calls: [...this.calls.values()],
      queues: [...this.queues.values()],
    }),
    onChange: (listener: LiveListener) => {
      this.#onChange.add(listener);
      return () => this.#onChange.delete(listener);
    },
  };
  /** What this API told the others. */
  readonly published: Notice[] = [];
  readonly publisher = {
    publish: async (notice: Notice): Promise<void> => {
      this.published.push(notice);
    },
  };
  readonly notices = {
    onNotice: (listener: (notice: Notice) => void) => {
      this.#onNotice.add(listener);
      return () => this.#onNotice.delete(listener);
    },
  };

  /** `at`: call control's own number, for the changes that have one. */
  tell(change: LiveChange, at: LivePosition | null = null): void {
    if (change.kind === 'queue') this.queues.set(change.queue.code, change.queue);
    if (change.kind === 'queueGone') this.queues.delete(change.code);
    if (at !== null) this.at = at;
    if (change.kind === 'agent') this.agents.set(change.agent.agentId, change.agent);
    if (change.kind === 'agentGone') this.agents.delete(change.agentId);
    if (change.kind === 'call') this.calls.set(change.call.callId, change.call);
    if (change.kind === 'callGone') this.calls.delete(change.call.callId);
    if (change.kind === 'source') this.source = change.source;
    this.#seq += 1;
    for (const listener of this.#onChange) listener(this.#seq, change, at);
  }
  notify(notice: Notice): void {
    for (const listener of this.#onNotice) listener(notice);
  }
}

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
  readonly headers: LightMyRequestResponse['headers'];
  readonly raw: string;
}

/** The whole counter over a real database, with one person of each role behind it. */
export interface Counter {
  readonly app: Api;
  readonly db: PgDatabase;
  /** What the services work with: `db`, unless they reach the database in a way of their own. */
  readonly reached: PgDatabase;
  readonly databaseUrl: string;
  readonly services: ApiServices;
  readonly control: StandInCallControl;
  readonly people: Readonly<Record<Role, Person>>;
  readonly recordingsDir: string;
  readonly log: () => string;
  person(
    roles: readonly Role[],
    more?: { unitCode?: string; queues?: readonly string[]; employer?: string },
  ): Promise<Person>;
  ask(
    who: Person | null,
    method: NonNullable<InjectOptions['method']>,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Facts of a call that this agent answered (nobody when null), as call control tells them. */
  call(
    agentId: string | null,
    more?: { recording?: string; line?: string; ended?: boolean },
  ): Promise<string>;
  close(): Promise<void>;
}

let counted = 0;

export async function openCounter(
  over: Partial<ApiServices> & {
    readonly options?: Partial<ApiOptions>;
    /** Where the counter finds the database instead, e.g. behind a gate that can be shut. */
    readonly databaseVia?: (url: string) => string;
    /** How many connections it has; with one, whoever asks for a second within its transaction is left without an answer. */
    readonly connections?: number;
  } = {},
): Promise<Counter> {
  const database = await freshDatabase();
  const db = openDatabase(database.url, { onError: () => undefined });
  await seed(db);
  const control = new StandInCallControl();
  const folder = await mkdtemp(join(tmpdir(), 'yht-counter-'));
  const recordingsDir = join(folder, 'recordings');
  await mkdir(recordingsDir);
  const links = control as unknown as Parameters<typeof apiServices>[1];
  const { options, databaseVia, connections, ...others } = over;
  const reached =
    databaseVia !== undefined
      ? openDatabase(databaseVia(database.url), { queryTimeoutMs: 2000, onError: () => undefined })
      : connections !== undefined
        ? openDatabase(database.url, { max: connections, onError: () => undefined })
        : db;
  const services: ApiServices = {
    ...apiServices(reached, links, {
      promptsDir: join(folder, 'prompts'),
      speech: inject('tools'),
      documentFont: join(folder, 'none.ttf'),
    }),
    redisReady: () => true,
    hasher: HASHER,
    ...others,
  };
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const app = await buildApp(
    services,
    {
      recordingsDir,
      consoleDir: null,
      keptPagesDir: null,
      asteriskHttpUrl: 'http://127.0.0.1:9',
      sipPort: 5060,
      trustProxy: ['127.0.0.1'],
      ...options,
    },
    openLog({ role: 'api', level: 'trace' }, sink),
  );
  // The test's own way to the database stays open when the counter's is shut.
  const books = { accounts: accountBooks(db), agents: agentBooks(db), sessions: sessionBooks(db) };
  const writer = factWriter(db, ({ reason }) => {
    throw new Error(reason);
  });

  const counter: Counter = {
    app,
    db,
    reached,
    databaseUrl: database.url,
    services,
    control,
    people: {} as Record<Role, Person>,
    recordingsDir,
    log: () => lines.join(''),
    async person(roles, more = {}) {
      counted += 1;
      const id = randomUUID();
      const username = `${roles[0]?.toLowerCase()}${counted}`;
      const account = {
        id,
        username,
        displayName: '王小明',
        roles,
        unitCode: more.unitCode ?? (roles.includes('unit') ? 'water' : null),
        employer: roles.includes('vendorLead') ? (more.employer ?? 'acme') : null,
        disabled: false,
      };
      await db.transact(async (tx) => {
        await books.accounts.add(account, await HASHER.hash(PASSWORD), tx);
        if (!roles.includes('agent')) return;
        const number = await books.agents.nextNumber(tx);
        const phone = { name: `agent-${number}`, kind: 'browser' as const };
        const agent = {
          accountId: id,
          number,
          displayName: account.displayName,
          employer: more.employer ?? 'platform',
          phone,
        };
        await books.agents.add(
          { ...agent, queues: more.queues ?? ['general'], skills: {} },
          `secret-of-${number}`,
          tx,
        );
      });
      const { token, tokenHash } = secretMint.sessionToken();
      const now = services.now();
      await books.sessions.add({
        tokenHash,
        accountId: id,
        createdAtMs: now,
        expiresAtMs: now + 3_600_000,
      });
      return { id, username, token };
    },
    async ask(who, method, url, body, headers = {}) {
      const response = await app.inject({
        method,
        url,
        headers: { ...(who === null ? {} : { authorization: `Bearer ${who.token}` }), ...headers },
        ...(body === undefined ? {} : { payload: body as InjectOptions['payload'] }),
      } as InjectOptions);
      const text = response.payload;
      const isJson = /json/.test(String(response.headers['content-type']));
      return {
        status: response.statusCode,
        headers: response.headers,
        raw: text,
        body: isJson ? JSON.parse(text) : null,
      };
    },
    async call(agentId, more = {}) {
      const callId = randomUUID();
      const at = Date.now();
      const line = more.line ?? '12345';
      const told: CallFact[] = [
        {
          type: 'callArrived',
          trunk: 'carrier',
          dialled: line,
          callerNumber: '13812345678',
          headers: { to: `<sip:${line}@10.0.0.1>`, pAssertedIdentity: '<sip:84123456@10.0.0.1>' },
          recording: more.recording ?? '',
        },
        {
          type: 'callRecognised',
          line,
          mode: 'MAIN',
          method: 'dialled',
          confidence: 'certain',
          reason: 'x',
          configurationVersion: 1,
        },
        { type: 'callAnswered' },
        { type: 'queueEntered', queue: 'general', reason: 'mode' },
      ];
      if (agentId !== null) {
        const leg = `${callId}.a1`;
        told.push(
          { type: 'legRang', leg, agentId, number: null, reason: 'longestIdle' },
          { type: 'legAnswered', leg },
          { type: 'talkStarted', leg, agentId },
        );
      }
      if (more.ended !== false) {
        told.push({
          type: 'callEnded',
          releasedBy: 'caller',
          result: agentId === null ? 'abandoned' : 'answeredByAgent',
          detail: '',
        });
      }
      await writer.writeFacts(
        told.map((fact, index) => ({ id: randomUUID(), atMs: at + index, callId, seq: index + 1, ...fact })),
      );
      return callId;
    },
    async close() {
      await app.close();
      if (reached !== db) await reached.close();
      await db.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  const people: [Role, Person][] = [];
  for (const role of ROLES) people.push([role, await counter.person([role])]);
  Object.assign(counter.people, Object.fromEntries(people));
  return counter;
}

async function seed(db: PgDatabase): Promise<void> {
  await db.query(`insert into municipality (name, area_code, time_zone, main_number, general_queue)
    values ('如东县', '0513', 'Asia/Shanghai', '12345', 'general')`);
  await db.query(`insert into units (code, name, kind) values
    ('centre', '指挥中心', 'centre'), ('water', '县自来水公司', 'public-utility'), ('power', '县供电公司', 'public-utility')`);
  await db.query(`insert into employers (code, name, kind) values
    ('acme', '甲服务公司', 'vendor'), ('zenith', '乙服务公司', 'vendor')`);
  await db.query(`insert into queues (code, name) values ('general', '综合座席')`);
  await db.query(`insert into lines (number, name, unit_code, mode, valid_from, queue_code, basis) values
    ('12345', '政府热线', 'centre', 'MAIN', '2020-04-28', 'general', 'test'),
    ('12369', '环保热线', 'centre', 'FORWARD', '2020-04-28', 'general', 'test')`);
  await db.query(
    `insert into categories (code, parent_code, name) values ('water', null, '供水'), ('leak', 'water', '漏水')`,
  );
}
