import type { Fact } from '../../app/ports/facts.ts';
import type { HouseCopy, HouseMirror, HouseTurn } from '../../app/ports/house-mirror.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';

/** A takeover does not wait longer for it: what it would have said is then asked of the switch. */
const READ_WITHIN_MS = 700;
/** Told again by a successor on another machine: as many as can be on their way into the database. */
const TOLD_KEPT = 2_000;
/** What nobody follows any more is forgotten: citizens' numbers stand in it. */
const KEPT_MS = 24 * 3_600_000;
/** A push that was neither taken nor refused is tried again with all there is. */
const AGAIN_AFTER_MS = 500;

// KEYS: the house, where it stands, what was told. ARGV: generation, turn before ('' for all of it), turn, ms to keep,
// facts to keep, number of facts, facts, then pairs of field and text ('' for what is no more).
const PUSH = `
local generation, before, turn = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local at = redis.call('GET', KEYS[2])
if at then at = cjson.decode(at) end
if at and at.generation > generation then return 'superseded' end
if before == '' then
  redis.call('DEL', KEYS[1])
elseif not at or at.generation ~= generation or at.turn ~= tonumber(before) then
  return 'gap'
end
local facts = tonumber(ARGV[6])
for i = 7, 6 + facts do redis.call('RPUSH', KEYS[3], ARGV[i]) end
if facts > 0 then redis.call('LTRIM', KEYS[3], -tonumber(ARGV[5]), -1) end
for i = 7 + facts, #ARGV, 2 do
  if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i]) else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('SET', KEYS[2], cjson.encode({ generation = generation, turn = turn }))
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[4]) end
return 'taken'`;

const fieldOf = (room: string, key: string): string => `${room}/${key}`;

/**
 * The house in Redis, for call controls on other machines. Modes: idle <-> pushing -> following | behind (Redis away, or
 * it lost what it had: with the next push it gets all there is) -> superseded (a later term follows itself: never again).
 * Turns that come while a push is on its way travel together in the next one.
 */
export class RedisHouseMirror implements HouseMirror {
  readonly #link: RedisLink;
  readonly #log: RedisLog;
  readonly #keys: readonly [string, string, string];
  #generation = 0;
  #whole: (() => HouseTurn) | null = null;
  /** The turn that Redis has; null: it must get all. */
  #there: number | null = null;
  #pending = new Map<string, string | null>();
  #told: Fact[] = [];
  #turn = 0;
  #pushing: Promise<void> | null = null;
  #again: NodeJS.Timeout | null = null;

  constructor(url: string, log: RedisLog) {
    this.#link = new RedisLink(url, 'command', log);
    this.#log = log;
    this.#keys = [this.#link.name('house'), this.#link.name('house:at'), this.#link.name('house:told')];
    this.#link.client.on('ready', () => {
      // Whatever was there may be lost, and a quiet house has no next turn that would find it out.
      this.#there = null;
      this.#kick();
    });
  }

  async read(): Promise<HouseCopy | null> {
    if (!this.#link.ready) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), READ_WITHIN_MS);
    });
    try {
      return await Promise.race([this.#read(), late]);
    } catch (err) {
      this.#log.warn({ err }, 'the mirror of call control cannot be read');
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  follow(generation: number, whole: () => HouseTurn): void {
    this.#generation = generation;
    this.#whole = whole;
    this.#there = null;
    this.#kick();
  }

  take({ turn, changes, told }: HouseTurn): void {
    this.#turn = turn;
    this.#told.push(...told);
    if (this.#told.length > TOLD_KEPT) this.#told.splice(0, this.#told.length - TOLD_KEPT);
    // Who must get all there is gets it as it then is.
    if (this.#there !== null) {
      for (const [room, values] of changes)
        for (const [key, text] of values) this.#pending.set(fieldOf(room, key), text);
    }
    this.#kick();
  }

  async flush(): Promise<void> {
    await this.#pushing;
  }

  async close(): Promise<void> {
    this.#whole = null;
    if (this.#again !== null) clearTimeout(this.#again);
    await this.#link.close();
  }

  async #read(): Promise<HouseCopy | null> {
    const [house, at, told] = this.#keys;
    const answers = await this.#link.client.multi().get(at).hgetall(house).lrange(told, 0, -1).exec();
    const [where, fields, facts] = (answers ?? []).map(([, value]) => value) as [
      string | null,
      Record<string, string>,
      string[],
    ];
    const stand = readJson<{ generation: number; turn: number }>(where ?? null);
    if (stand === null) return null;
    const rooms = new Map<string, Map<string, unknown>>();
    for (const [field, text] of Object.entries(fields)) {
      const slash = field.indexOf('/');
      const room = field.slice(0, slash);
      const value = readJson(text);
      if (value === null) continue;
      const known = rooms.get(room) ?? new Map<string, unknown>();
      rooms.set(room, known.set(field.slice(slash + 1), value));
    }
    return { ...stand, rooms, told: facts.flatMap((fact) => readJson<Fact>(fact) ?? []) };
  }

  #kick(): void {
    if (this.#pushing !== null || this.#again !== null || this.#whole === null || !this.#link.ready) return;
    if (this.#there === this.#turn) return;
    this.#pushing = this.#push(this.#whole).finally(() => {
      this.#pushing = null;
      this.#kick();
    });
  }

  /** Never rejects. */
  async #push(whole: () => HouseTurn): Promise<void> {
    const before = this.#there;
    const { turn, fields } = before === null ? allOf(whole()) : { turn: this.#turn, fields: this.#pending };
    this.#pending = new Map();
    const told = this.#told.splice(0);
    // From now on changes are gathered: they come on top of what is on its way.
    this.#there = turn;
    try {
      const words = [
        ...[this.#generation, before ?? '', turn, KEPT_MS, TOLD_KEPT, told.length],
        ...told.map((fact) => JSON.stringify(fact)),
        ...[...fields].flatMap(([field, text]) => [field, text ?? '']),
      ];
      const how = await this.#link.client.eval(PUSH, this.#keys.length, ...this.#keys, ...words);
      if (how === 'taken') return;
      this.#behind(told);
      if (how !== 'superseded') return;
      this.#log.warn({ generation: this.#generation }, 'a later term has its own mirror: this one ends');
      this.#whole = null;
    } catch (err) {
      this.#behind(told);
      this.#log.warn({ err }, 'the mirror of call control could not be brought up to date');
      this.#again = setTimeout(() => {
        this.#again = null;
        this.#kick();
      }, AGAIN_AFTER_MS);
    }
  }

  #behind(told: readonly Fact[]): void {
    this.#there = null;
    this.#pending = new Map();
    this.#told.unshift(...told);
  }
}

function allOf({ turn, changes }: HouseTurn): { turn: number; fields: ReadonlyMap<string, string | null> } {
  const fields = new Map<string, string | null>();
  for (const [room, values] of changes)
    for (const [key, text] of values) fields.set(fieldOf(room, key), text);
  return { turn, fields };
}
