import { randomUUID } from 'node:crypto';
import type { LeaseStore, Renewal } from '../../app/ports/lease.ts';
import type { Absence, StoredLease } from '../../domain/lease/contend.ts';
import { type Holder, LEASE_MS, type Term, termOf } from '../../domain/lease/term.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';

/** A first connection that is neither made nor refused by then counts as refused. */
const OPENS_WITHIN_MS = 1_000;

// KEYS: the lease, which dies by itself; the last term, which does not, and says when it was handed back; the gap, named
// by whoever first finds that nobody holds the lease. A flush takes the gap's name as well: the next one is another gap.
const LOOK = `
local held = redis.call('GET', KEYS[1])
local last = redis.call('GET', KEYS[2])
if held then return {held, last, false} end
redis.call('SET', KEYS[3], ARGV[1], 'NX')
return {false, last, redis.call('GET', KEYS[3])}`;

const ACQUIRE = `
local held = redis.call('GET', KEYS[1])
if held then
  if cjson.decode(held).id ~= ARGV[4] then return 0 end
elseif redis.call('GET', KEYS[3]) ~= ARGV[5] then
  return 0
end
local generation = tonumber(ARGV[3])
local last = redis.call('GET', KEYS[2])
if last then generation = math.max(generation, cjson.decode(last).generation) end
local term = cjson.decode(ARGV[1])
term.generation = generation + 1
local text = cjson.encode(term)
redis.call('SET', KEYS[1], text, 'PX', ARGV[2])
redis.call('SET', KEYS[2], text)
redis.call('DEL', KEYS[3])
return term.generation`;

// 0: lost, 1: held, 2: forgotten. The higher generation wins, so that two who took office without this store do not hold
// it in turn.
const RENEW = `
local generation = tonumber(ARGV[3])
local held = redis.call('GET', KEYS[1])
if held then
  local term = cjson.decode(held)
  if term.id == ARGV[2] and term.generation == generation then
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
    return 1
  end
  if term.generation >= generation then return 0 end
end
local last = redis.call('GET', KEYS[2])
local known = last and cjson.decode(last)
if known and known.generation > generation then return 0 end
if not (known and known.id == ARGV[2]) and ARGV[5] == 'tell' then return 2 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
redis.call('SET', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
return 1`;

const RENEWALS: readonly Renewal[] = ['lost', 'held', 'forgotten'];

const VACATE = `
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).id == ARGV[2] then
  redis.call('DEL', KEYS[1])
  local term = cjson.decode(ARGV[1])
  term.vacant = true
  redis.call('SET', KEYS[2], cjson.encode(term))
end
return 1`;

/**
 * The lease of call control in Redis: it ends by Redis's own clock and nobody else's. Whoever loses its connection for
 * longer loses the lease; Redis losing everything loses it too, and who holds it puts it back.
 */
export class RedisLease implements LeaseStore {
  readonly #link: RedisLink;
  readonly #keys: readonly [string, string, string];
  #gap: { readonly name: string; readonly since: number } | null = null;
  #wasAway = false;
  /** Since when the lease was there at each look: by our own ticks, and null when it was not, since the store was away. */
  #heldSince: number | null = null;
  /** It was there for so long that it was renewed under our eyes. */
  #renewed = false;

  constructor(url: string, log: RedisLog) {
    this.#link = new RedisLink(url, 'command', log);
    const name = this.#link.name('lease:call-control');
    this.#keys = [name, `${name}:last`, `${name}:gap`];
    this.#link.client.on('close', () => this.#lostSight());
  }

  opened(): Promise<void> {
    const { client } = this.#link;
    if (this.#link.ready) return Promise.resolve();
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        client.off('ready', over).off('error', over);
        resolve();
      };
      const timer = setTimeout(over, OPENS_WITHIN_MS);
      client.on('ready', over).on('error', over);
    });
  }

  async look(): Promise<StoredLease> {
    const askedAt = performance.now();
    const [held, lastText, gap] = await this.#find();
    const term = termIn(held);
    if (term !== null) {
      this.#heldSince ??= performance.now();
      this.#renewed ||= askedAt - this.#heldSince >= LEASE_MS;
      return { kind: 'held', term };
    }
    this.#heldSince = null;
    const last = termIn(lastText);
    const isVacant = readJson<{ vacant?: boolean }>(lastText)?.vacant === true;
    if (last !== null && isVacant) return { kind: 'vacant', gap, last };
    // From the answer in which the name was first read to the question before this one's answer: never too long.
    if (this.#gap?.name !== gap) this.#gap = { name: gap, since: performance.now() };
    const forMs = Math.max(0, askedAt - this.#gap.since);
    return { kind: 'absent', gap, forMs, how: this.#absence(last), last };
  }

  async acquire(holder: Holder, floor: number, seen: StoredLease): Promise<Term | null> {
    const [held, gap] = seen.kind === 'held' ? [seen.term.id, ''] : ['', seen.gap];
    const words = [JSON.stringify(holder), LEASE_MS, floor, held, gap];
    const generation = Number(await this.#run(ACQUIRE, words));
    return generation === 0 ? null : { ...holder, generation };
  }

  async renew(term: Term, whenUnknown: 'put' | 'tell'): Promise<Renewal> {
    const words = [JSON.stringify(term), term.id, term.generation, LEASE_MS, whenUnknown];
    const said = await this.#run(RENEW, words);
    return RENEWALS[Number(said)] ?? 'lost';
  }

  async vacate(term: Term): Promise<void> {
    await this.#run(VACATE, [JSON.stringify(term), term.id]);
  }

  #run(script: string, words: readonly (string | number)[]): Promise<unknown> {
    return this.#link.client.eval(script, this.#keys.length, ...this.#keys, ...words);
  }

  async #find(): Promise<[held: string | null, last: string | null, gap: string]> {
    try {
      return (await this.#run(LOOK, [randomUUID()])) as [string | null, string | null, string];
    } catch (err) {
      this.#lostSight();
      throw err;
    }
  }

  /** What comes back may be an older state of the store, with names that we knew. */
  #lostSight(): void {
    this.#wasAway = true;
    this.#heldSince = null;
    this.#renewed = false;
    this.#gap = null;
  }

  #absence(last: Term | null): Absence {
    if (this.#renewed) return last === null ? 'unseen' : 'ranOut';
    return this.#wasAway ? 'storeReturned' : 'unseen';
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}

const termIn = (text: string | null): Term | null => termOf(readJson(text));
