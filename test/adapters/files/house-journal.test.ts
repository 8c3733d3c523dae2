import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FactOutbox } from '../../../src/adapters/files/fact-outbox.ts';
import { HouseJournal, type JournalTerm } from '../../../src/adapters/files/house-journal.ts';
import { callbacksIn } from '../../../src/adapters/files/kept-callbacks.ts';
import { callsIn } from '../../../src/adapters/files/kept-calls.ts';
import { placedCallsIn } from '../../../src/adapters/files/kept-placed-calls.ts';
import { presencesIn } from '../../../src/adapters/files/kept-presences.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import {
  type HouseCopy,
  type HouseMirror,
  type HouseTurn,
  NO_MIRROR,
} from '../../../src/app/ports/house-mirror.ts';
import { type Callback, requestCallback } from '../../../src/domain/callbacks/callback.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { inState } from '../../domain/calls/call-life.ts';

let folder = '';
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const call = inState('queued');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'house-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const callback = (id: string): Callback =>
  requestCallback(
    {
      id,
      number: '13800138000',
      queue: 'general',
      priority: 0,
      sinceMs: 1,
      callId: call.id,
      line: '12345',
      lineName: '',
      ticketId: null,
      rule: USUAL_CALLBACK_RULE,
    },
    1,
    'Asia/Shanghai',
  );

/** What a process has of the house; the spool takes what it is told. */
function house(term?: JournalTerm, mirror: HouseMirror = NO_MIRROR, at = folder) {
  const told: Fact[] = [];
  const spool = { append: (fact: Fact) => void told.push(fact), flush: () => Promise.resolve(true) };
  const facts = new FactOutbox(spool);
  const journal = new HouseJournal(join(at, 'house.jsonl'), log, term, facts, mirror);
  facts.rideOn(() => journal.wake());
  return {
    journal,
    facts,
    told,
    calls: callsIn(journal),
    callbacks: callbacksIn(journal),
    placed: placedCallsIn(journal),
    presences: presencesIn(journal),
  };
}
const term = (generation: number, after = 0): JournalTerm => ({ generation, after, holds: () => true });
const fact = (seq: number, type: 'callAnswered' = 'callAnswered'): Fact => ({
  id: `fact-${seq}`,
  atMs: seq,
  callId: call.id,
  seq,
  type,
});
const promised = { ...call, promised: true as const };

test('killed at any point of its writing: the call is as it was before the promise, or the promise is kept, with its facts', async () => {
  const first = house(term(1));
  await first.journal.found();
  first.calls.save({ call, seq: 1, toldMs: 1 });
  await first.journal.flush();
  // In the one turn in which he pressed the key: the callback, the facts, the call. In the next the call is over.
  first.callbacks.save(callback('one'));
  first.facts.append(fact(1));
  first.calls.save({ call: promised, seq: 2, toldMs: 2 });
  await first.journal.flush();
  first.facts.append(fact(2));
  first.callbacks.save({ ...callback('one'), state: 'waiting', seq: 2, inCall: null });
  first.calls.remove(call.id);
  await first.journal.flush();
  const path = join(folder, 'house-000000000001.jsonl');
  const whole = await readFile(path);
  // At both ends of each line, and in many places within: a line that is cut is the same wherever it is.
  const ends = [...whole.keys()].filter((at) => whole[at] === 10);
  const cuts = [...whole.keys()].filter(
    (at) => at % 211 === 0 || ends.some((end) => Math.abs(end - at) <= 2),
  );
  const seen = new Set<string>();
  for (const bytes of [...cuts, whole.length]) {
    const at = await mkdtemp(join(folder, 'cut-'));
    await writeFile(join(at, 'house-000000000001.jsonl'), whole.subarray(0, bytes));
    const next = house(term(2), NO_MIRROR, at);
    const [saved] = await next.calls.read();
    const kept = await next.callbacks.read();
    const stands = saved === undefined ? 'no call' : saved.call.promised === true ? 'promised' : 'waits';
    const facts = next.told.map((one) => (one.callId === null ? 0 : one.seq)).join();
    seen.add(`${stands} ${kept.map(({ state }) => state).join()} [${facts}]`);
    await rm(at, { recursive: true });
  }
  // Before the first line was whole there was no call at all.
  expect([...seen]).toEqual(['no call  []', 'waits  []', 'promised onLine [1]', 'no call waiting [2]']);
});

test('what a release of before kept in five files is found, and cleared away once it stands in the one', async () => {
  const kept = { call, seq: 4, toldMs: 9, shape: 1 };
  await writeFile(join(folder, 'calls-000000000003.jsonl'), `${JSON.stringify({ put: kept })}\n{"put":{"to`);
  await writeFile(
    join(folder, 'callbacks-000000000003.jsonl'),
    [{ put: callback('one') }, { put: callback('two') }, { drop: 'two' }]
      .map((one) => JSON.stringify(one))
      .join('\n'),
  );
  await writeFile(
    join(folder, 'calls-000000000002.jsonl'),
    `${JSON.stringify({ put: { ...kept, seq: 1 } })}\n`,
  );
  const next = house(term(4, 3));
  expect((await next.calls.read()).map(({ seq }) => seq)).toEqual([4]);
  expect((await next.callbacks.read()).map(({ id }) => id)).toEqual(['one']);
  expect(await next.journal.found()).toBe('latest');
  expect(await readdir(folder)).toEqual(['house-000000000004.jsonl']);
});

/** A mirror in memory, as two machines see it. */
class Mirror implements HouseMirror {
  copy: HouseCopy | null = null;
  #generation = 0;
  read(): Promise<HouseCopy | null> {
    return Promise.resolve(this.copy);
  }
  follow(generation: number, whole: () => HouseTurn): void {
    this.#generation = generation;
    this.copy = null;
    this.take(whole());
  }
  take({ turn, changes, told }: HouseTurn): void {
    const rooms = new Map([...(this.copy?.rooms ?? [])].map(([room, values]) => [room, new Map(values)]));
    for (const [room, values] of changes) {
      const known = rooms.get(room) ?? new Map<string, unknown>();
      for (const [key, text] of values) {
        if (text === null) known.delete(key);
        else known.set(key, JSON.parse(text));
      }
      rooms.set(room, known);
    }
    this.copy = {
      generation: this.#generation,
      turn,
      rooms,
      told: [...(this.copy?.told ?? []), ...told],
    };
  }
  flush(): Promise<void> {
    return Promise.resolve();
  }
}

test('on another machine the mirror says what was known last, with the facts that may not have arrived', async () => {
  const mirror = new Mirror();
  const first = house(term(1), mirror);
  await first.journal.found();
  first.facts.append(fact(1));
  first.calls.save({ call, seq: 2, toldMs: 1 });
  first.callbacks.save(callback('one'));
  first.placed.save({ id: 'out1', atMs: 5, agentId: 'a', number: '13800138000' });
  await first.journal.flush();
  const elsewhere = await mkdtemp(join(folder, 'elsewhere-'));
  const next = house(term(2, 1), mirror, elsewhere);
  expect(await next.journal.found()).toBe('latest');
  expect((await next.calls.read()).map(({ seq }) => seq)).toEqual([2]);
  expect((await next.callbacks.read()).map(({ id }) => id)).toEqual(['one']);
  expect((await next.placed.read()).map(({ id }) => id)).toEqual(['out1']);
  expect(next.told.map(({ id }) => id)).toEqual(['fact-1']);
});

test('of file and mirror the later one counts: by term, then by turn', async () => {
  const mirror = new Mirror();
  const first = house(term(5), mirror);
  await first.journal.found();
  first.calls.save({ call, seq: 2, toldMs: 1 });
  await first.journal.flush();
  const behind = mirror.copy;
  first.calls.save({ call, seq: 3, toldMs: 1 });
  await first.journal.flush();
  const ahead = mirror.copy;
  const seqs = async (copy: HouseCopy | null, generation: number): Promise<readonly number[]> => {
    mirror.copy = copy;
    return (await house(term(generation), mirror).calls.read()).map(({ seq }) => seq);
  };
  // The file is ahead of a mirror that was cut off, …
  expect(await seqs(behind, 6)).toEqual([3]);
  // … and behind one of a later term, or of a disk that took no more.
  const seven = ahead === null ? null : { ...ahead, generation: 7, turn: 0 };
  const four = new Map([['calls', new Map([[call.id, { call, seq: 4, toldMs: 1, shape: 1 }]])]]);
  expect(await seqs(seven === null ? null : { ...seven, rooms: four }, 8)).toEqual([4]);
});

test('where another one served meanwhile and nothing of it is in reach, calls and promises of before are not believed', async () => {
  const first = house(term(1));
  await first.journal.found();
  first.calls.save({ call, seq: 2, toldMs: 1 });
  first.callbacks.save(callback('one'));
  first.placed.save({ id: 'out1', atMs: 5, agentId: 'a', number: '13800138000' });
  await first.journal.flush();
  const next = house(term(3, 2));
  expect(await next.journal.found()).toBe('stale');
  expect(await next.calls.read()).toEqual([]);
  expect(await next.callbacks.read()).toEqual([]);
  expect(await next.placed.read()).toHaveLength(1);
  const nobody = house(term(9, 0), NO_MIRROR, await mkdtemp(join(folder, 'empty-')));
  expect(await nobody.journal.found()).toBe('nothing');
});
