import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HouseJournal } from '../../../src/adapters/files/house-journal.ts';
import { callsIn } from '../../../src/adapters/files/kept-calls.ts';
import type { SavedCall } from '../../../src/app/ports/call-store.ts';
import { agent, House, incoming, sample, settled } from '../../app/calls/harness.ts';
import { inState } from '../../domain/calls/call-life.ts';

// A process that is killed has always written what its last command followed from.

const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const term = { generation: 1, after: 0, holds: () => true };
const call = inState('queued');
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahead-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pathOf = (): string => join(folder, readdirSync(folder)[0] ?? 'none');

/** The call as whoever came next would find it. */
function inFile(callId: string): SavedCall | undefined {
  const lines = readFileSync(pathOf(), 'utf8').trimEnd().split('\n');
  const puts = lines.map((line) => JSON.parse(line) as { put: { calls?: Record<string, SavedCall> } });
  return puts.flatMap(({ put }) => put.calls?.[callId] ?? []).at(-1);
}

test('each command of a talk that is put through leaves when its turn is in the file', async () => {
  const journal = new HouseJournal(join(folder, 'house.jsonl'), log, term);
  const calls = callsIn(journal);
  await journal.found();
  const house = await new House(sample([agent(1), agent(2, ['desk'])])).open();
  house.kept = journal;
  house.alsoSaved = (saved) => calls.save(saved);
  const seen: { command: string; inFile: unknown; decided: unknown }[] = [];
  house.switch.onAsked = (command) => {
    const decided = house.savedCalls.get('call1');
    if (decided === undefined) return;
    const found = inFile('call1');
    seen.push({
      command,
      inFile: [found?.call.epoch, found?.call.state, found?.seq],
      decided: [decided.call.epoch, decided.call.state, decided.seq],
    });
  };
  const until = async (what: () => boolean): Promise<void> => {
    await expect.poll(what, { interval: 5 }).toBe(true);
    await settled();
  };
  await house.ready(1, 2);
  house.switch.arrive(incoming(1));
  await until(() => house.switch.playbacks.size > 0);
  await house.heard();
  await until(() => house.switch.channels.has('call1.a1'));
  house.switch.answerLeg('call1.a1');
  await until(() => house.state('call1') === 'talking');
  const target = { kind: 'agent', agent: '1002' } as const;
  await house.control.command({
    kind: 'talk',
    agentId: 'agent1',
    wish: { kind: 'transfer', target, note: {} },
    key: 'once',
  });
  await until(() => house.switch.channels.has('call1.a2'));
  house.switch.answerLeg('call1.a2');
  await until(() => house.agents.get('agent2')?.state === 'TALKING');

  const names = new Set(seen.map(({ command }) => command.split(' ')[0]));
  expect([...names]).toEqual(expect.arrayContaining(['answer', 'play', 'ring', 'bridge', 'hangup']));
  for (const { command, inFile: found, decided } of seen)
    expect([command, found]).toEqual([command, decided]);
  await house.control.stop();
  await journal.flush();
});

test('a disk that stands still holds nothing up for long, nor again with each command, and is waited for once it moves', async () => {
  const journal = new HouseJournal(join(folder, 'house.jsonl'), log, term);
  const calls = callsIn(journal);
  await journal.found();
  const path = pathOf();
  // A pipe that nobody reads is a file that cannot be opened yet.
  await rm(path);
  execFileSync('mkfifo', [path]);
  const states: string[] = [];
  const save = (seq: number): void => calls.save({ call, seq, toldMs: seq });
  save(1);
  const first = journal.written();
  void first.then(() => states.push('first let go'));
  save(2);
  await first;
  // Behind: who comes now is not held up at all.
  await journal.written();
  save(3);
  await journal.written();
  states.push('others let go');
  const reader = await open(path, 'r');
  await journal.flush();
  states.push('written');
  expect(states).toEqual(['first let go', 'others let go', 'written']);
  const text = (await reader.read(Buffer.alloc(1 << 20))).buffer.toString('utf8').replaceAll('\0', '');
  await reader.close();
  const seqs = text.trimEnd().split('\n');
  expect(seqs.map((line) => JSON.parse(line).put.calls[call.id].seq).at(-1)).toBe(3);
  // In time again: the next is waited for.
  await rm(path);
  save(4);
  await journal.written();
  save(5);
  await journal.written();
  expect(inFile(call.id)?.seq).toBe(5);
  await journal.flush();
});

test('with nothing to write, or when another call control may be the active one, nobody waits', async () => {
  const holds = { now: true };
  const journal = new HouseJournal(join(folder, 'house.jsonl'), log, { ...term, holds: () => holds.now });
  const calls = callsIn(journal);
  await journal.found();
  await journal.written();
  holds.now = false;
  calls.save({ call, seq: 1, toldMs: 1 });
  await journal.written();
  expect(inFile(call.id)).toBeUndefined();
});
