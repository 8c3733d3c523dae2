import { join } from 'node:path';
import { ensurePrompts } from '../adapters/audio/prompts.ts';
import { openLog } from '../adapters/log/log.ts';
import { migrate } from '../adapters/pg/migrate.ts';
import { SOUNDS } from '../domain/ivr/prompts.ts';
import { firstStart } from '../roles/first-start.ts';
import { type AsteriskOptions, adoptAsterisk, startAsterisk } from './asterisk-service.ts';
import { type Child, livingChildren, watchChildren } from './child.ts';
import { BEHIND_TELEPHONE } from './give-way.ts';
import { type Instance, instanceSecrets, PROJECT } from './instance.ts';
import {
  asteriskOptions,
  checkedConfig,
  elsewhere,
  needsOf,
  portUses,
  roleEnvironment,
  speechEnvironment,
} from './instance-settings.ts';
import { Keeper, type KeeperSpec } from './keeper.ts';
import { lastLines, rotateLog } from './log-file.ts';
import { obtain, type Tools } from './obtain.ts';
import { obtainFont } from './obtain-font.ts';
import { takenPorts } from './ports.ts';
import { ensureDatabase, startPostgres } from './postgres-service.ts';
import { startRedis } from './redis-service.ts';
import { startRole } from './role-process.ts';
import { claimRtpRange } from './rtp-range.ts';
import { endRunning } from './run-program.ts';
import { bootId, markOf, type ProcessMark, type RunState, writeRunState } from './run-state.ts';
import { Setback } from './setback.ts';

const ROTATE_EVERY_MS = 60_000;
/**
 * A second call control, some 100 MB for a successor who needs 0.3 s instead of 2.5 s, and who is there also when the
 * first one freezes. Which of the two is active changes with every takeover.
 */
const STANDBY = 'call-control-2';
const PAIR: ReadonlySet<string> = new Set(['call-control', STANDBY]);

/**
 * Everything of one instance under one hand.
 *   starting -> ready -> stopping -> stopped;  starting -> failed
 * Started in the order of what needs what, stopped in the reverse one.
 */
export class Supervisor {
  readonly #instance: Instance;
  readonly #say: (line: string) => void;
  readonly #env: NodeJS.ProcessEnv;
  readonly #keepers: Keeper[] = [];
  readonly #startedMs = Date.now();
  readonly #self = markOf('supervisor', process.pid);
  readonly #marks = new Map<number, RunState['children'][number]>();
  readonly #boot = bootId();
  #phase: RunState['phase'] = 'starting';
  #failure: string | null = null;
  #rotating: NodeJS.Timeout | undefined;
  #letGoOfRtp: () => void = () => undefined;
  /** An Asterisk with its calls, left behind by a start that was killed, until it is taken over. */
  #switchLeft: ProcessMark | null;

  constructor(
    instance: Instance,
    say: (line: string) => void,
    env: NodeJS.ProcessEnv,
    switchLeft: ProcessMark | null = null,
  ) {
    this.#instance = instance;
    this.#say = say;
    this.#env = env;
    this.#switchLeft = switchLeft;
    watchChildren(() => this.publish());
    this.publish();
  }

  /** Resolves when everything serves. On failure everything that was started is ended again. */
  async start(): Promise<void> {
    try {
      await this.#bringUp();
      if (this.#phase !== 'starting') return;
      this.#phase = 'ready';
      this.publish();
    } catch (error) {
      if (this.#phase !== 'starting') return;
      this.#failure =
        error instanceof Setback ? error.text : error instanceof Error ? error.message : String(error);
      await this.#endAll();
      this.#phase = 'failed';
      this.publish();
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.#phase === 'stopping' || this.#phase === 'stopped') return;
    this.#phase = 'stopping';
    this.publish();
    await this.#endAll();
    this.#phase = 'stopped';
    this.publish();
  }

  publish(): void {
    const living = livingChildren();
    for (const pid of this.#marks.keys())
      if (!living.some((child) => child.pid === pid)) this.#marks.delete(pid);
    for (const { name, pid } of living) if (!this.#marks.has(pid)) this.#marks.set(pid, markOf(name, pid));
    try {
      writeRunState(this.#instance.dir, {
        boot: this.#boot,
        supervisor: this.#self,
        phase: this.#phase,
        failure: this.#failure,
        startedMs: this.#startedMs,
        children: [...this.#marks.values(), ...(this.#switchLeft === null ? [] : [this.#switchLeft])],
        keepers: this.#keepers.map((keeper) => keeper.view()),
      });
    } catch (error) {
      // A full disk must not take the calls down with it.
      this.#say(`cannot write the state of this instance: ${error instanceof Error ? error.message : error}`);
    }
  }

  async #bringUp(): Promise<void> {
    const instance = this.#instance;
    const away = elsewhere(this.#env);
    const bound = { ...away, asterisk: away.asterisk || this.#switchLeft !== null };
    const taken = await takenPorts(portUses(instance, bound, this.#env));
    if (taken.length > 0) {
      throw new Setback(
        'start.portTaken',
        taken.join('\n'),
        `End what holds it, or choose other ports: npm start -- --port-base ${instance.portBase + 1000}`,
      );
    }
    if (!away.asterisk) {
      const { rtpStart: start, rtpEnd: end } = instance.ports;
      this.#letGoOfRtp = await claimRtpRange({ start, end }, this.#say, this.#switchLeft);
    }
    const secrets = instanceSecrets(instance.dir);
    const environment = roleEnvironment(instance, secrets, this.#env);
    const config = checkedConfig(environment);
    const { tools, origins } = await obtain(needsOf(away), PROJECT, this.#say);
    for (const origin of origins) this.#say(origin);
    if (process.getuid?.() === 0) {
      this.#say(
        'root: only PostgreSQL and Redis drop its rights. Better: an ordinary user, or the containers',
      );
    }
    if (this.#phase !== 'starting') return;
    const font = this.#documentFont(environment);

    const log = (name: string): string => join(instance.dir, 'log', `${name}.log`);
    const found: Partial<Tools> = tools;
    const stores: Promise<void>[] = [this.#speak(tools)];
    if (!away.postgres && found.postgres !== undefined) {
      const postgres = { port: instance.ports.postgres, password: secrets.postgres, database: 'yihaotong' };
      const programs = found.postgres;
      stores.push(
        this.#keep('postgres', log('postgres'), () =>
          startPostgres({
            ...postgres,
            programs,
            dir: join(instance.dir, 'postgres'),
            output: log('postgres'),
            niceness: BEHIND_TELEPHONE,
          }),
        ).then(() => ensureDatabase({ ...postgres })),
      );
    }
    if (!away.redis && found.redis !== undefined) {
      const redis = { port: instance.ports.redis, password: secrets.redis, program: found.redis };
      stores.push(
        this.#keep('redis', log('redis'), () =>
          startRedis({ ...redis, dir: join(instance.dir, 'redis'), output: log('redis') }),
        ),
      );
    }
    await settled(stores);
    if (this.#phase !== 'starting') return;

    const applied = await migrate(config.databaseUrl, join(PROJECT, 'migrations'));
    if (applied.length > 0) this.#say(`database: ${applied.length} migrations applied`);
    const first = await firstStart(config, {
      nowMs: Date.now(),
      log: openLog({ role: 'start', level: 'warn' }),
    });
    if (first.seeded) this.#say(`sample municipality set up, ${first.accounts.length} accounts`);
    if (this.#phase !== 'starting') return;

    if (!away.asterisk && found.asterisk !== undefined) {
      const options = asteriskOptions(instance, environment, found.asterisk, this.#env);
      await this.#keep('asterisk', log('asterisk'), () => this.#startSwitch(options));
    }
    const roles = { ...speechEnvironment(tools), ...(await font), ...environment };
    await this.#keepRole('call-control', roles);
    await settled([
      this.#keepRole('call-control', roles, STANDBY),
      this.#keepRole('api', roles),
      this.#keepRole('worker', roles),
    ]);
    this.#rotating = setInterval(() => this.#rotate(), ROTATE_EVERY_MS).unref();
  }

  async #startSwitch(options: AsteriskOptions): Promise<Child> {
    const left = this.#switchLeft;
    this.#switchLeft = null;
    const adopted = left === null ? null : await adoptAsterisk(options, left, this.#say);
    return adopted ?? (await startAsterisk(options));
  }

  /** Calls do not wait for paper: without a font everything starts, and documents say what is missing. */
  async #documentFont(environment: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    if (environment.DOCUMENT_FONT !== undefined) return {};
    try {
      return { DOCUMENT_FONT: await obtainFont(PROJECT, this.#say) };
    } catch (error) {
      this.#say(`no font for documents: ${error instanceof Error ? error.message : error}`);
      return {};
    }
  }

  async #speak(tools: Pick<Tools, 'espeak' | 'sox'>): Promise<void> {
    const dir =
      roleEnvironment(this.#instance, { postgres: '', redis: '', ari: '', ami: '' }, this.#env).PROMPTS_DIR ??
      '';
    try {
      const { made, failed } = await ensurePrompts(dir, tools, SOUNDS);
      if (made.length > 0) this.#say(`${made.length} prompts spoken`);
      for (const one of failed)
        this.#say(`prompt ${one.name} could not be made, calls go on without it: ${one.reason}`);
    } catch (error) {
      this.#say(
        `prompts could not be made, calls go on without: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  async #keep(name: string, log: string, start: KeeperSpec['start']): Promise<void> {
    if (this.#phase !== 'starting') return;
    this.#say(`starting ${name}`);
    const keeper = new Keeper(
      {
        name,
        start: async () => {
          rotateLog(log);
          return await start();
        },
        lastLines: () => lastLines(log, 12),
      },
      (line) => {
        this.#say(line);
        this.publish();
      },
    );
    this.#keepers.push(keeper);
    await keeper.start();
    this.publish();
  }

  #keepRole(role: string, environment: Readonly<Record<string, string>>, name = role): Promise<void> {
    const output = join(this.#instance.dir, 'log', `${name}.log`);
    const env = { ...this.#env, ...environment };
    return this.#keep(name, output, () =>
      startRole({ role, name, instance: this.#instance, env, output }, this.#say),
    );
  }

  #rotate(): void {
    for (const { name } of [...this.#keepers, { name: 'supervisor' }]) {
      rotateLog(join(this.#instance.dir, 'log', `${name}.log`));
    }
    rotateLog(join(this.#instance.dir, 'asterisk/log/messages.log'));
    rotateLog(join(this.#instance.dir, 'asterisk/log/security.log'));
  }

  async #endAll(): Promise<void> {
    clearInterval(this.#rotating);
    endRunning();
    for (const keeper of [...this.#keepers].reverse()) {
      // Of the two call controls both at once: the second is not to take over from the first.
      const together = this.#keepers.filter(({ name }) => name === keeper.name || PAIR.has(name));
      await Promise.all(PAIR.has(keeper.name) ? together.map((one) => one.stop()) : [keeper.stop()]);
    }
    // Whatever was on its way up when the start was broken off.
    await Promise.all(livingChildren().map((child) => child.stop()));
    this.#letGoOfRtp();
  }
}

/** Waits for all, so that nothing is half-way when the first failure is thrown. */
async function settled(work: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) if (one.status === 'rejected') throw one.reason;
}
