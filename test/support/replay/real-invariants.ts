import { expect } from 'vitest';
import type { CallDetailSeen } from '../../../src/demo/api-client.ts';
import type { Town } from '../town.ts';

// The invariants of the house, on the stream of facts that a day left in the books.

type FactSeen = CallDetailSeen['facts'][number] & { readonly at: string };
export type CallInBooks = CallDetailSeen & { readonly direction: string };

const factsOf = ({ facts }: CallDetailSeen): readonly FactSeen[] => facts as readonly FactSeen[];

/** Each call has one end, which is the last that is told of it, and numbers without a gap or a double. */
export function checkEnds(calls: readonly CallInBooks[]): void {
  for (const call of calls) {
    const types = factsOf(call).map(({ type }) => type);
    const told = `${call.callerNumber}: ${types.join(' ')}`;
    expect(types.filter((type) => type === 'callEnded').length, told).toBe(1);
    expect(types.at(-1), told).toBe('callEnded');
    const seqs = factsOf(call).map(({ seq }) => seq);
    expect(new Set(seqs).size, told).toBe(seqs.length);
    expect(
      [...seqs].sort((a, b) => a - b),
      told,
    ).toEqual(seqs);
    const count = (type: string): number => types.filter((one) => one === type).length;
    expect(count('queueLeft'), told).toBe(count('queueEntered'));
  }
}

interface Talk {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
}

/** One agent, at most one citizen at a time. */
export function checkNobodyTwice(calls: readonly CallInBooks[]): void {
  const byAgent = new Map<string, Talk[]>();
  for (const call of calls) {
    const facts = factsOf(call);
    const rang = new Map(
      facts.flatMap(({ type, body }) => (type === 'legRang' ? [[body.leg, body.agentId] as const] : [])),
    );
    for (const [at, { type, body, at: from }] of facts.entries()) {
      const agentId = rang.get(body.leg);
      if (type !== 'legAnswered' || typeof agentId !== 'string') continue;
      const end = facts.slice(at).find((one) => one.type === 'legEnded' && one.body.leg === body.leg);
      const talk = { callId: call.id, from, to: end?.at ?? facts.at(-1)?.at ?? from };
      byAgent.set(agentId, [...(byAgent.get(agentId) ?? []), talk]);
    }
  }
  for (const [agentId, talks] of byAgent) {
    const sorted = talks.toSorted((one, other) => one.from.localeCompare(other.from));
    sorted.slice(1).forEach(({ from }, at) => {
      expect((sorted[at]?.to ?? '') <= from, `${agentId} twice: ${JSON.stringify(sorted)}`).toBe(true);
    });
  }
}

/** Within a queue whoever came first is offered to an agent first; those who have another's place aside. */
export function checkOrder(calls: readonly CallInBooks[]): void {
  const waited = calls.flatMap((call) => {
    const facts = factsOf(call);
    const entered = facts.find(({ type }) => type === 'queueEntered');
    const rang = facts.find(({ type, body }) => type === 'legRang' && body.agentId !== null);
    const hasOthersPlace = facts.some(({ type }) => type === 'placeKept');
    return entered === undefined || rang === undefined || hasOthersPlace || call.direction !== 'inbound'
      ? []
      : [{ queue: String(entered.body.queue), entered: entered.at, rang: rang.at }];
  });
  for (const one of waited) {
    for (const other of waited) {
      const before = one.queue === other.queue && one.entered < other.entered;
      if (before) expect(one.rang <= other.rang, JSON.stringify([one, other])).toBe(true);
    }
  }
}

/** Each promise to call back came to one end. */
export async function checkPromisesInBooks(town: Town): Promise<void> {
  await expect
    .poll(() => promisesIn(town), { timeout: 10_000 })
    .toSatisfy((promises: readonly Promised[]) => promises.every(({ over, last }) => over > 0 && last));
  for (const promise of await promisesIn(town)) {
    expect(promise).toMatchObject({ made: 1, over: 1, last: true });
  }
}

interface Promised {
  readonly id: string;
  readonly made: number;
  readonly over: number;
  readonly last: boolean;
}

async function promisesIn(town: Town): Promise<readonly Promised[]> {
  const { promises } = await town.inBooks<{ promises: readonly Promised[] }>(
    `select coalesce(json_agg(one), '[]') as promises from (
       select callback_id as id, count(*) filter (where move = 'promised')::int as made,
         count(*) filter (where state in ('fulfilled', 'cancelled', 'failed', 'expired'))::int as over,
         (array_agg(state order by seq desc))[1] in ('fulfilled', 'cancelled', 'failed', 'expired') as last
       from callback_moves group by callback_id) one`,
  );
  return promises;
}

/** What went into each queue came out of it, and what was answered is what the totals say. */
export async function checkReconciles(town: Town): Promise<void> {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  const { reconciles } = await town.lead.get<{ reconciles: boolean }>(
    `/v1/reports/queues?from=${day}&to=${day}`,
  );
  expect(reconciles).toBe(true);
  const { total } = await town.lead.get<{ total: Readonly<Record<string, number>> }>(
    `/v1/totals?from=${day}&to=${day}`,
  );
  expect(total).toMatchObject({ underWay: 0 });
}
