import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LiveChange } from '../../../src/app/live/board.ts';
import { LiveMemory } from '../../../src/app/live/memory.ts';
import { QUEUE_AGENT_STATES, QueueBoard } from '../../../src/app/live/queue-board.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import type { QueueTally } from '../../../src/app/ports/live-board.ts';
import { agentView } from '../../support/agent-view.ts';

const CODES = ['general', 'desk'] as const;
const tally = (code: string, more: Partial<QueueTally> = {}): QueueTally => ({
  code,
  name: code,
  day: '2026-11-25',
  offered: 0,
  answered: 0,
  abandoned: 0,
  elsewhere: 0,
  ...more,
});
const call = (
  callId: string,
  queue: string | null,
  waitingSinceMs: number | null,
  estimateMs: number | null = null,
): CallView => ({
  callId,
  state: 'queued',
  dialled: '12345',
  line: null,
  lineName: null,
  mode: 'MAIN',
  queue,
  callerNumber: '',
  agentId: null,
  sinceMs: 1,
  arrivedMs: 1,
  waitingSinceMs,
  waiting: {
    ...{ queues: [], sinceMs: 1, priority: 5, why: 'allBusy', words: '', keptFor: null },
    estimateMs,
  },
});

const aCode = fc.constantFrom(...CODES);
const anAgent = fc
  .record({
    agentId: fc.constantFrom('a1', 'a2', 'a3'),
    state: fc.constantFrom('SIGNED_OUT' as const, ...QUEUE_AGENT_STATES),
    queues: fc.subarray([...CODES]),
  })
  .map((of) => agentView(of));
const aCall = fc
  .tuple(fc.constantFrom('c1', 'c2', 'c3'), fc.option(aCode), fc.option(fc.nat(9)), fc.option(fc.nat(9)))
  .map(([id, queue, since, estimate]) => call(id, queue, since, estimate));
const aChange: fc.Arbitrary<LiveChange> = fc.oneof(
  anAgent.map((agent) => ({ kind: 'agent', agent }) as const),
  fc.constantFrom('a1', 'a2', 'a3').map((agentId) => ({ kind: 'agentGone', agentId }) as const),
  aCall.map((one) => ({ kind: 'call', call: one }) as const),
  aCall.map((one) => ({ kind: 'callGone', call: one }) as const),
  fc
    .tuple(aCode, fc.nat(9))
    .map(([code, offered]) => ({ kind: 'queue', queue: tally(code, { offered }) }) as const),
  aCode.map((code) => ({ kind: 'queueGone', code }) as const),
);

test('kept along the changes it is what counting all anew gives, and every queue that looks other is named', () => {
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 60 }), (changes) => {
      const board = new QueueBoard({ agents: [], calls: [], queues: [] });
      const agents = new Map<string, AgentView>();
      const calls = new Map<string, CallView>();
      const queues = new Map<string, QueueTally>();
      for (const change of changes) {
        const before = new Map(CODES.map((code) => [code, JSON.stringify(board.view(code))]));
        const named = board.take(change);
        if (change.kind === 'agent') agents.set(change.agent.agentId, change.agent);
        if (change.kind === 'agentGone') agents.delete(change.agentId);
        if (change.kind === 'call') calls.set(change.call.callId, change.call);
        if (change.kind === 'callGone') calls.delete(change.call.callId);
        if (change.kind === 'queue') queues.set(change.queue.code, change.queue);
        if (change.kind === 'queueGone') queues.delete(change.code);
        for (const code of CODES) {
          const view = board.view(code);
          if (view !== null && before.get(code) !== JSON.stringify(view)) expect(named).toContain(code);
        }
      }
      const parts = {
        agents: [...agents.values()],
        calls: [...calls.values()],
        queues: [...queues.values()],
      };
      expect(board.views()).toEqual(new QueueBoard(parts).views());
      for (const view of board.views()) {
        const waits = parts.calls.flatMap(({ queue, waitingSinceMs }) =>
          queue === view.code && waitingSinceMs != null ? [waitingSinceMs] : [],
        );
        expect(view.waiting).toBe(waits.length);
        expect(view.longestSinceMs).toBe(waits.length === 0 ? null : Math.min(...waits));
        const estimates = parts.calls.flatMap(({ queue, waitingSinceMs, waiting }) =>
          queue === view.code && waitingSinceMs != null ? (waiting?.estimateMs ?? []) : [],
        );
        expect(view.estimateMs).toBe(estimates.length === 0 ? null : Math.max(...estimates));
        const there = parts.agents.filter(
          ({ queues: of, state }) => of.includes(view.code) && state !== 'SIGNED_OUT',
        );
        expect(Object.values(view.agents).reduce((sum, one) => sum + one, 0)).toBe(there.length);
      }
    }),
  );
});

test('what is remembered joins without a gap, and nothing is handed out across one', () => {
  const gone = (seq: number): LiveChange => ({ kind: 'agentGone', agentId: `${seq}` });
  const at = (seq: number, epoch = 'e') => ({ epoch, seq });
  const memory = new LiveMemory(at(10), 3);
  expect(memory.since(at(10))).toEqual([]);
  expect(memory.since(at(9))).toBeNull();
  for (let seq = 11; seq <= 17; seq += 1) memory.note(at(seq), gone(seq));
  expect(memory.since(at(15))).toEqual([gone(16), gone(17)]);
  expect(memory.since(at(17))).toEqual([]);
  // Forgotten; not yet; of another writer.
  for (const from of [at(13), at(18), at(15, 'f')]) expect(memory.since(from)).toBeNull();
  memory.note(at(19), gone(19));
  expect(memory.since(at(17))).toBeNull();
  expect(memory.since(at(19))).toEqual([]);
  memory.note(at(20), gone(20));
  expect(memory.since(at(19))).toEqual([gone(20)]);
  memory.note(at(1, 'f'), gone(1));
  expect(memory.since(at(20))).toBeNull();
  expect(memory.since(at(1, 'f'))).toEqual([]);
  memory.restart(null);
  expect(memory.since(at(1, 'f'))).toBeNull();
});
