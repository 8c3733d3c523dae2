import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import { ApiClient, type CallDetailSeen, type CallSeen } from '../../src/demo/api-client.ts';
import { Phone, type PhoneOptions } from '../../src/demo/phone/phone.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import { Citizen, type Dialling } from '../../src/demo/sipp/citizen.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import type { TestAsterisk, TestRedis } from './services.ts';
import { standingTowns } from './standing-towns.ts';
import { sidesOf, windowsOf } from './tone-file.ts';
import {
  layFoundations,
  PROMPT_HZ,
  type TownParts,
  type TownPlan,
  townEnvironment,
} from './town-foundations.ts';
import { RoleProcess } from './town-roles.ts';
import type { Wire } from './wire.ts';

export { PROMPT_HZ };

export const CITIZEN_HZ = 440;
export const ANSWER_HZ = 1000;
/** What a queue says to who waits in it. */
export const QUEUE_WORDS_HZ = [
  PROMPT_HZ['please-wait'],
  PROMPT_HZ['callback-offer'],
  PROMPT_HZ['queue-ahead-0'],
  PROMPT_HZ['queue-ahead-1'],
  PROMPT_HZ['queue-wait-2'],
  PROMPT_HZ['queue-wait-3'],
] as const;

/** A whole instance for tests: the sample municipality, Asterisk, the three roles as processes, and its people. */
export class Town {
  readonly asterisk: TestAsterisk;
  readonly sip: { readonly host: string; readonly port: number };
  readonly callControl: RoleProcess;
  /** Another call control, in the same folder or on another machine; a test that wants one starts it. */
  readonly standby: RoleProcess;
  readonly api: RoleProcess;
  readonly worker: RoleProcess;
  /** The cables to the stores. */
  readonly postgres: Wire;
  readonly redis: Wire;
  /** The cable of call control to Asterisk. */
  readonly ari: Wire;
  readonly redisServer: TestRedis;
  readonly #parts: TownParts;
  readonly #visiting: (() => Promise<unknown>)[] = [];
  #lead: ApiClient | null = null;

  private constructor(parts: TownParts) {
    this.#parts = parts;
    this.asterisk = parts.asterisk;
    this.sip = { host: '127.0.0.1', port: parts.asterisk.sipPort };
    this.postgres = parts.postgres;
    this.redis = parts.redisWire;
    this.ari = parts.ariWire;
    this.redisServer = parts.redis;
    const env = townEnvironment(parts);
    this.callControl = new RoleProcess('call-control', env, parts.folder);
    const dataDir = parts.standbyDataDir ?? parts.folder;
    this.standby = new RoleProcess('call-control', { ...env, DATA_DIR: dataDir }, parts.folder, 'standby');
    this.api = new RoleProcess('api', env, parts.folder);
    this.worker = new RoleProcess('worker', env, parts.folder);
  }

  /** At the gate a second time, as a test that fails is: a port or a moment may have been somebody else's. */
  static async found(plan: TownPlan = {}): Promise<Town> {
    if (process.env.CI !== 'true') return await Town.#found(plan);
    try {
      return await Town.#found(plan);
    } catch (error) {
      process.stdout.write(`a town was not founded, it is tried once more: ${String(error)}\n`);
      return await Town.#found(plan);
    }
  }

  static async #found(plan: TownPlan): Promise<Town> {
    const parts = await layFoundations(plan);
    const town = new Town(parts);
    standingTowns.add(town);
    try {
      await Promise.all([town.callControl.start(), town.api.start(), town.worker.start()]);
      town.#lead = await until('the API', 120_000, () =>
        ApiClient.signIn(parts.apiUrl, 'lead', town.#password('lead')),
      );
      await town.untilAnswering();
      return town;
    } catch (error) {
      const said = town.logs();
      await town.raze();
      throw new Error(`the town was not founded: ${said.slice(-6000)}`, { cause: error });
    }
  }

  get lead(): ApiClient {
    if (this.#lead === null) throw new Error('nobody leads this town yet');
    return this.#lead;
  }

  /** Of the roles: data, logs. */
  get folder(): string {
    return this.#parts.folder;
  }

  get apiUrl(): string {
    return this.#parts.apiUrl;
  }

  passwordOf(username: string): string {
    return this.#password(username);
  }

  /** Somebody of the town who asks the API. */
  as(username: string): Promise<ApiClient> {
    return ApiClient.signIn(this.apiUrl, username, this.#password(username));
  }

  /** Replaces something, which the clients of the demo do not do. */
  async put<T>(username: string, path: string, body?: object, password?: string): Promise<T> {
    const json = { 'content-type': 'application/json' };
    const secret = password ?? this.#password(username);
    const session = await fetch(`${this.apiUrl}/v1/session`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username, password: secret, as: 'token' }),
    });
    const { token } = (await session.json()) as { token: string };
    const response = await fetch(`${this.apiUrl}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  /** Call control answers commands, which it does once its first connection to the switch has been made. */
  async untilAnswering(withinMs = 40_000): Promise<void> {
    await until('call control', withinMs, async () => {
      // Asking for what is already so changes nothing, and only call control itself can answer it.
      await this.lead.post(`/v1/agents/${this.#parts.bystander}/sign-out`, { reason: '确认呼叫控制在线' });
      return true;
    });
  }

  /** A citizen dials through the trunk. */
  async citizen(order: Pick<Dialling, 'dialled' | 'number'> & Partial<Dialling>): Promise<Citizen> {
    const citizen = await Citizen.dial({ sipp: inject('tools').sipp, to: this.sip, ...order });
    this.#visiting.push(() => citizen.dispose());
    return citizen;
  }

  /** An agent at work: signed in, phone registered, ready. */
  async agent(username: string, phone: Pick<PhoneOptions, 'transport'> = {}): Promise<AgentAtWork> {
    const password = this.#password(username);
    const { apiUrl } = this.#parts;
    const agent = await AgentAtWork.start({ apiUrl, username, password, sip: this.sip, phone });
    this.#visiting.push(() => agent.leave());
    await agent.ready(20_000);
    // Call control's own answer is ahead of the picture: what a test waits for there next must not be what was before.
    await until(`${username} ready in the picture`, 20_000, async () => {
      const seen = await agent.seen();
      return seen === null || seen.state === 'SIGNED_OUT' || seen.reason === 'signedIn' ? null : seen;
    });
    return agent;
  }

  /** Whoever else comes for a visit goes home after the test. */
  visit(leave: () => Promise<unknown>): void {
    this.#visiting.push(leave);
  }

  /** The units' own telephones, behind the carrier. */
  async unitPhone(): Promise<Phone> {
    const phone = await Phone.open({ port: this.asterisk.carrierPort });
    this.#visiting.push(() => phone.close());
    return phone;
  }

  /** Both speak and both hear the other, and not themselves. */
  async converse(citizen: Citizen, call: PhoneCall): Promise<void> {
    await Promise.all([citizen.answered, call.connected]);
    citizen.sound.forget();
    call.sound.forget();
    citizen.sound.speak(CITIZEN_HZ);
    call.sound.speak(ANSWER_HZ);
    await Promise.all([
      call.sound.untilHears(CITIZEN_HZ, 20_000),
      citizen.sound.untilHears(ANSWER_HZ, 20_000),
    ]);
    expect(call.sound.level(ANSWER_HZ)).toBeLessThan(0.1);
    expect(citizen.sound.level(CITIZEN_HZ)).toBeLessThan(0.1);
  }

  /** The latest call of this citizen, when it is over and written down. */
  async callInBooks(number: string, withinMs = 30_000): Promise<CallDetailSeen> {
    return await until(`the call of ${number} in the books`, withinMs, async () => {
      const { calls } = await this.lead.get<{ calls: readonly CallSeen[] }>('/v1/calls?limit=100');
      const mine = calls.find((one) => one.callerNumber === maskedNumber(number));
      if (mine === undefined || mine.endedAt === null) return null;
      return await this.lead.get<CallDetailSeen>(`/v1/calls/${mine.id}`);
    });
  }

  /** The live picture shows the citizen's call in this state. */
  async untilCallIs(number: string, state: string, withinMs = 20_000): Promise<void> {
    await until(`the call of ${number} ${state}`, withinMs, async () => {
      const { calls } = await this.lead.get<{ calls: readonly { callerNumber: string; state: string }[] }>(
        '/v1/calls/live',
      );
      const mine = calls.find((one) => one.callerNumber === maskedNumber(number));
      return mine?.state === state ? true : null;
    });
  }

  /** One row of the database, past the product. */
  async inBooks<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row> {
    const db = openDatabase(this.#parts.databaseUrl, { max: 1, onError: () => undefined });
    try {
      const { rows } = await db.query<Row>(sql, [...values]);
      if (rows[0] === undefined) throw new Error('not in the books');
      return rows[0];
    } finally {
      await db.close();
    }
  }

  /** Does something while rows of the database are locked: whoever is to write them stands still until it is done. */
  async whileLocked(sql: string, values: readonly unknown[], work: () => Promise<void>): Promise<void> {
    const db = openDatabase(this.#parts.databaseUrl, { max: 1, onError: () => undefined });
    try {
      await db.transact(async (tx) => {
        const { rowCount } = await db.on(tx).query(sql, [...values]);
        if (rowCount === 0) throw new Error('nothing to lock');
        await work();
      });
    } finally {
      await db.close();
    }
  }

  /** What is kept of a conversation, once it has been sealed. */
  async recordingOf(callId: string, segment = 'main'): Promise<ReturnType<typeof sidesOf>> {
    const { file } = await until(`the recording of ${callId}`, 20_000, () =>
      this.inBooks<{ file: string }>(
        `select file from recordings where call_id = $1 and segment = $2 and state in ('stored', 'partial')`,
        [callId, segment],
      ),
    );
    return sidesOf(await readFile(join(this.asterisk.recordingsDir, file)));
  }

  /** The message that was left in this call. */
  async messageOf(callId: string): Promise<{ readonly windows: readonly Int16Array[] }> {
    const path = join(this.asterisk.recordingsDir, 'messages', `${callId}.m1.wav`);
    return { windows: windowsOf(await readFile(path)) };
  }

  /** Names of Asterisk's channels, ours and others. */
  async channels(): Promise<readonly string[]> {
    const channels = await this.#ari<readonly { name: string; state: string }[]>('/channels');
    return channels.map(({ name, state }) => `${name} ${state}`);
  }

  asteriskLog(): string {
    return this.asterisk.log();
  }

  logs(): string {
    const controls = [this.callControl, this.standby].map((role) => role.log().slice(-20_000));
    const roles = [this.api, this.worker].map((role) => role.log().slice(-4_000));
    return [...controls, ...roles, this.asterisk.log().slice(-4_000)].join('\n----\n');
  }

  /** After each test: everybody goes home, and nothing may be left at the switch (invariant 4). */
  async rest(): Promise<void> {
    for (const leave of this.#visiting.splice(0).reverse()) await leave();
    try {
      await expect.poll(() => this.leftOvers(), { timeout: 20_000 }).toEqual([]);
    } finally {
      // One test's left-over is not to fail the next one.
      for (const { id } of await this.#ari<readonly { id: string }[]>('/channels')) await this.#hangUp(id);
    }
  }

  /** Channels and bridges at Asterisk, ours and others. */
  async leftOvers(): Promise<readonly string[]> {
    const [channels, bridges] = await Promise.all([
      this.channels(),
      this.#ari<readonly { id: string }[]>('/bridges'),
    ]);
    return [...channels, ...bridges.map(({ id }) => `bridge ${id}`)];
  }

  async raze(): Promise<void> {
    standingTowns.delete(this);
    for (const leave of this.#visiting.splice(0).reverse()) await leave().catch(() => undefined);
    // Before the active one, which it would succeed.
    await this.standby.stop();
    await Promise.all([this.callControl.stop(), this.api.stop(), this.worker.stop()]);
    await this.asterisk.stop();
    await Promise.all([this.postgres.cut(), this.redis.cut(), this.ari.cut()]);
    await this.#parts.redis.stop();
    await this.#parts.drop();
  }

  #password(username: string): string {
    const account = this.#parts.people.accounts.find((one) => one.username === username);
    if (account === undefined) throw new Error(`nobody is called ${username}`);
    return account.password;
  }

  async #ari<T>(path: string): Promise<T> {
    const response = await fetch(`${this.asterisk.ariUrl}/ari${path}`, { headers: this.#credentials() });
    if (!response.ok) throw new Error(`ARI ${path}: ${response.status}`);
    return (await response.json()) as T;
  }

  async #hangUp(channel: string): Promise<void> {
    const url = `${this.asterisk.ariUrl}/ari/channels/${encodeURIComponent(channel)}`;
    await fetch(url, { method: 'DELETE', headers: this.#credentials() });
  }

  #credentials(): { readonly authorization: string } {
    const { ariUser, ariPassword } = this.asterisk;
    return { authorization: `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}` };
  }
}
