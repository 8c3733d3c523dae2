import type { LeaseStore } from '../../app/ports/lease.ts';
import type { LeaseView } from '../../domain/lease/contend.ts';
import { type Holder, LEASE_MS, type Term, termOf } from '../../domain/lease/term.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';

/** A first connection that is neither made nor refused by then counts as refused. */
const OPENS_WITHIN_MS = 1_000;

// KEYS: the lease, which dies by itself; the last term, which does not, and says when it was handed back.
const ACQUIRE = `
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).id ~= ARGV[4] then return 0 end
local generation = tonumber(ARGV[3])
local last = redis.call('GET', KEYS[2])
if last then generation = math.max(generation, cjson.decode(last).generation) end
local term = cjson.decode(ARGV[1])
term.generation = generation + 1
local text = cjson.encode(term)
redis.call('SET', KEYS[1], text, 'PX', ARGV[2])
redis.call('SET', KEYS[2], text)
return term.generation`;

// The higher generation wins, so that two who took office without this store do not hold it in turn.
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
if last and cjson.decode(last).generation > generation then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
redis.call('SET', KEYS[2], ARGV[1])
return 1`;

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
  readonly #keys: readonly [string, string];
  #absentSince: number | null = null;
  #connections = 0;
  /** Since the present connection was made: was the lease ever there? */
  #seen = false;

  constructor(url: string, log: RedisLog) {
    this.#link = new RedisLink(url, 'command', log);
    this.#keys = [this.#link.name('lease:call-control'), this.#link.name('lease:call-control:last')];
    this.#link.client.on('ready', () => {
      this.#connections += 1;
      this.#seen = false;
      this.#absentSince = null;
    });
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

  async look(): Promise<LeaseView> {
    const [held = null, lastText = null] = await this.#link.client.mget(...this.#keys);
    const term = termIn(held);
    if (term !== null) {
      this.#seen = true;
      this.#absentSince = null;
      return { kind: 'held', term };
    }
    const last = termIn(lastText);
    if (last !== null && readJson<{ vacant?: boolean }>(lastText)?.vacant === true) return { kind: 'vacant' };
    this.#absentSince ??= performance.now();
    const storeReturned = this.#connections > 1 && !this.#seen;
    return { kind: 'absent', forMs: performance.now() - this.#absentSince, storeReturned, last };
  }

  async acquire(holder: Holder, floor: number, seized: string | null): Promise<Term | null> {
    const words = [JSON.stringify(holder), LEASE_MS, floor, seized ?? ''];
    const generation = Number(await this.#link.client.eval(ACQUIRE, 2, ...this.#keys, ...words));
    return generation === 0 ? null : { ...holder, generation };
  }

  async renew(term: Term): Promise<'held' | 'lost'> {
    const words = [JSON.stringify(term), term.id, term.generation, LEASE_MS];
    const kept = await this.#link.client.eval(RENEW, 2, ...this.#keys, ...words);
    return kept === 1 ? 'held' : 'lost';
  }

  async vacate(term: Term): Promise<void> {
    await this.#link.client.eval(VACATE, 2, ...this.#keys, JSON.stringify(term), term.id);
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}

const termIn = (text: string | null): Term | null => termOf(readJson(text));
