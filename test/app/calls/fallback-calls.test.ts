import { expect, test } from 'vitest';
import { COLLECT_EVERY_MS, FallbackCalls, NEVER_ENDS_MS } from '../../../src/app/calls/fallback-calls.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import type { FallbackNote } from '../../../src/app/ports/fallback-notes.ts';
import { agent, incoming, sample, settled } from './harness.ts';
import { ManualClock } from './manual-clock.ts';

const callId = (n: number): string => `3f2b8a52-7c1e-4d21-9f00-0123456789${n.toString(16).padStart(2, '0')}`;

async function manySteps(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await settled();
}

class Folder {
  readonly clock = new ManualClock();
  readonly facts: Fact[] = [];
  readonly notes = new Map<string, FallbackNote>();
  readonly errors: string[] = [];
  /** Notes that cannot be removed. */
  readonly stuck = new Set<string>();
  diskTakes = true;
  readable = true;
  configuration = sample([agent(1)]);
  readonly calls = new FallbackCalls(
    {
      clock: this.clock,
      facts: { append: (fact) => this.facts.push(fact), flush: () => Promise.resolve(this.diskTakes) },
      notes: {
        read: () =>
          this.readable ? Promise.resolve([...this.notes.values()]) : Promise.reject(new Error('EACCES')),
        remove: (id) => {
          if (this.stuck.has(id)) return Promise.reject(new Error('EPERM'));
          this.notes.delete(id);
          return Promise.resolve();
        },
      },
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (_fields, message) => this.errors.push(message),
      },
    },
    () => this.configuration,
  );

  leave(n: number, more: Partial<FallbackNote> = {}): void {
    const now = this.clock.now();
    this.notes.set(callId(n), {
      incoming: incoming(n, '12319', { callId: callId(n) }),
      arrivedMs: now - 9_000,
      enteredMs: now - 8_500,
      answered: { atMs: now - 4_000, phone: 'phone1' },
      ended: { atMs: now - 1_000, by: 'agent' },
      status: 'FAILED',
      ...more,
    });
  }

  async collected(): Promise<void> {
    this.calls.collect();
    await manySteps();
  }
}

test('an ended call is told with its agent and its note is gone; one that goes on is left alone', async () => {
  const folder = new Folder();
  folder.leave(1);
  folder.leave(2, { ended: null });
  await folder.collected();
  expect([...folder.notes.keys()]).toEqual([callId(2)]);
  expect(new Set(folder.facts.map((fact) => fact.callId))).toEqual(new Set([callId(1)]));
  expect(folder.facts.find(({ type }) => type === 'talkStarted')).toMatchObject({ agentId: 'agent1' });
  expect(folder.facts.find(({ type }) => type === 'callRecognised')).toMatchObject({ line: '12319' });
  expect(folder.facts.map((fact) => (fact.callId === null ? 0 : fact.seq))).toEqual(
    folder.facts.map((_, at) => at + 1),
  );
});

test('the note stays until the disk has its facts, and is not told to memory twice', async () => {
  const folder = new Folder();
  folder.leave(1);
  folder.diskTakes = false;
  await folder.collected();
  const told = folder.facts.length;
  await folder.collected();
  expect(folder.notes.size).toBe(1);
  expect(folder.facts.length).toBe(told);
  folder.diskTakes = true;
  await folder.collected();
  expect(folder.notes.size).toBe(0);
  expect(folder.facts.length).toBe(told);
});

test('rules that cannot be applied keep no call out of the books', async () => {
  const folder = new Folder();
  folder.configuration = { ...folder.configuration, lines: null as never };
  folder.leave(1);
  await folder.collected();
  expect([...folder.notes.keys()]).toEqual([]);
  expect(folder.facts.find(({ type }) => type === 'callEnded')).toMatchObject({ result: 'answeredByAgent' });
  expect(folder.errors.length).toBeGreaterThan(0);
});

test('a note that cannot be removed stands in nobody’s way, and its call is told once', async () => {
  const folder = new Folder();
  for (const n of [1, 2, 3]) folder.leave(n);
  folder.stuck.add(callId(1));
  await folder.collected();
  expect([...folder.notes.keys()]).toEqual([callId(1)]);
  expect(folder.errors).toEqual(['a note of the fallback could not be removed']);
  const told = folder.facts.length;
  await folder.clock.advance(COLLECT_EVERY_MS, manySteps);
  expect(folder.facts.length).toBe(told);
  folder.stuck.clear();
  await folder.clock.advance(COLLECT_EVERY_MS, manySteps);
  expect(folder.notes.size).toBe(0);
  // Of a call that call control has again, likewise.
  folder.leave(4);
  folder.stuck.add(callId(4));
  folder.calls.taken(callId(4));
  await manySteps();
  expect(folder.notes.size).toBe(1);
  folder.stuck.clear();
  await folder.collected();
  expect([folder.notes.size, folder.facts.length]).toEqual([0, told]);
});

test('told again after a crash: the same facts under the same ids', async () => {
  const [first, second] = [new Folder(), new Folder()];
  for (const folder of [first, second]) {
    folder.leave(1);
    await folder.collected();
  }
  expect(first.facts.length).toBeGreaterThan(5);
  expect(second.facts).toEqual(first.facts);
});

test('a call whose end nobody saw is over when it must be, at the sweep', async () => {
  const folder = new Folder();
  folder.leave(1, { ended: null, answered: null });
  await folder.collected();
  expect(folder.facts).toEqual([]);
  await folder.clock.advance(NEVER_ENDS_MS + COLLECT_EVERY_MS, manySteps);
  expect(folder.facts.at(-1)).toMatchObject({ type: 'callEnded', result: 'lost' });
  expect(folder.notes.size).toBe(0);
});

test('a folder that cannot be read is said, and looked at again', async () => {
  const folder = new Folder();
  folder.leave(1);
  folder.readable = false;
  await folder.collected();
  expect(folder.errors).toHaveLength(1);
  folder.readable = true;
  await folder.clock.advance(COLLECT_EVERY_MS, manySteps);
  expect(folder.notes.size).toBe(0);
  folder.calls.stop();
  folder.leave(2);
  await folder.collected();
  expect(folder.notes.size).toBe(1);
});
