import { mkdir, mkdtemp, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FactOutbox } from '../../../src/adapters/files/fact-outbox.ts';
import { HouseJournal } from '../../../src/adapters/files/house-journal.ts';
import { callsIn } from '../../../src/adapters/files/kept-calls.ts';
import type { CallStore } from '../../../src/app/ports/call-store.ts';
import type { Fact, FactLog } from '../../../src/app/ports/facts.ts';
import { inState } from '../../domain/calls/call-life.ts';

let folder = '';
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const call = inState('queued');

/** A spool that takes what it is given; a test may hold back that it is on the disk. */
class Spool implements FactLog {
  readonly facts: Fact[] = [];
  safe = true;
  append(fact: Fact): void {
    this.facts.push(fact);
  }
  flush(): Promise<boolean> {
    return Promise.resolve(this.safe);
  }
  get told(): number[] {
    return this.facts.map((fact) => (fact.callId === null ? -1 : fact.seq));
  }
}
const fact = (seq: number): Fact => ({
  id: `fact-${seq}`,
  atMs: seq,
  callId: call.id,
  seq,
  type: 'callAnswered',
});

class Process {
  readonly spool: Spool;
  readonly outbox: FactOutbox;
  readonly journal: CallStore & { flush(): Promise<void> };
  constructor(generation: number, spool = new Spool()) {
    this.spool = spool;
    this.outbox = new FactOutbox(spool);
    const term = { generation, holds: () => true };
    const house = new HouseJournal(join(folder, 'house.jsonl'), log, term, this.outbox);
    this.outbox.rideOn(() => house.wake());
    this.journal = { ...callsIn(house), flush: () => house.flush() };
  }
  tell(seq: number): void {
    this.outbox.append(fact(seq));
    this.journal.save({ call, seq: seq + 1, toldMs: seq });
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outbox-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a fact reaches the spool after the state in which it leaves its call, in one write with it', async () => {
  const first = new Process(1);
  await first.journal.read();
  first.tell(1);
  expect(first.spool.facts).toEqual([]);
  await first.outbox.flush();
  expect(first.spool.told).toEqual([1]);
  const lines = (await readFile(join(folder, 'house-000000000001.jsonl'), 'utf8')).trim().split('\n');
  const [begun, turn, ...more] = lines.map((line) => JSON.parse(line));
  expect(begun).toEqual({ turn: 0, put: {}, drop: {} });
  expect(turn).toMatchObject({
    turn: 1,
    with: { told: [{ seq: 1 }] },
    put: { calls: { [call.id]: { seq: 2 } } },
  });
  expect(more).toEqual([]);
});

test('killed before the spool had them: the successor hands them on, and knows the state that they belong to', async () => {
  const first = new Process(1);
  await first.journal.read();
  first.tell(1);
  await first.outbox.flush();
  first.spool.safe = false;
  first.tell(2);
  first.tell(3);
  await first.journal.flush();
  // What the dead one's spool had in memory is gone; the first fact was confirmed, in a later letter.
  const next = new Process(2);
  expect((await next.journal.read()).map(({ seq }) => seq)).toEqual([4]);
  expect(next.spool.told).toEqual([2, 3]);
  // They are not handed on for ever.
  expect((await new Process(3, next.spool).journal.read()).map(({ seq }) => seq)).toEqual([4]);
  expect(next.spool.told).toEqual([2, 3]);
});

test('a call that is over leaves its last facts with the word that it is', async () => {
  const first = new Process(1);
  await first.journal.read();
  first.spool.safe = false;
  first.tell(1);
  first.outbox.append(fact(2));
  first.journal.remove(call.id);
  await first.journal.flush();
  const next = new Process(2);
  expect(await next.journal.read()).toEqual([]);
  expect(next.spool.told).toEqual([1, 2]);
});

test('facts of no call in hand travel as well, and a journal that cannot be written keeps none back', async () => {
  const first = new Process(1);
  await first.journal.read();
  first.outbox.append(fact(9));
  expect(await first.outbox.flush()).toBe(true);
  expect(first.spool.told).toEqual([9]);

  const full = join(folder, `house-000000000002.jsonl.${process.pid}.new`);
  await mkdir(full);
  const second = new Process(2);
  await second.journal.read();
  second.tell(10);
  await second.outbox.flush();
  // The first was not confirmed by any later letter: told again under its id, which changes nothing.
  expect(second.spool.told).toEqual([9, 10]);
  await rmdir(full);
  second.tell(11);
  await second.outbox.flush();
  expect(second.spool.told).toEqual([9, 10, 11]);
  expect((await new Process(3).journal.read()).map(({ seq }) => seq)).toEqual([12]);
});

test('a journal that is written anew with a fact on its way: what was confirmed of the one before says nothing of it', async () => {
  const first = new Process(1);
  await first.journal.read();
  for (const seq of [1, 2, 3]) {
    first.tell(seq);
    await first.outbox.flush();
  }
  const path = join(folder, 'house-000000000001.jsonl');
  // Not while it is open: then nothing would fail.
  await first.journal.flush();
  await rm(path);
  await mkdir(path);
  first.tell(4);
  await first.outbox.flush();
  await rmdir(path);
  first.spool.safe = false;
  first.tell(5);
  await first.journal.flush();
  const next = new Process(2);
  expect((await next.journal.read()).map(({ seq }) => seq)).toEqual([6]);
  expect(next.spool.told).toEqual([5]);
});

test('what was noted in the moment in which the writer was leaving is written', async () => {
  const first = new Process(1);
  await first.journal.read();
  for (let seq = 1; seq <= 50; seq += 1) {
    first.tell(seq);
    await first.journal.flush();
    // In the same turn in which the write was over.
    first.outbox.append(fact(1_000 + seq));
  }
  await expect.poll(() => first.spool.facts.length).toBe(100);
});
