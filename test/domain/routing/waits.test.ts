import { expect, test } from 'vitest';
import { meanWaitMs } from '../../../src/domain/reporting/erlang.ts';
import type { Offer } from '../../../src/domain/routing/offer.ts';
import { Router } from '../../../src/domain/routing/router.ts';
import { seeded } from '../../bench/benchmark.ts';

/** Calls and handling at random, one queue, in turn: what the formula speaks of. */
function liveADay(seats: number, load: number, calls: number) {
  const random = seeded(11);
  const exponential = (mean: number): number => -Math.log(1 - random()) * mean;
  const handlingMs = 240_000;
  const router = new Router();
  const busy: { atMs: number; agentId: string }[] = [];
  const since = new Map<string, number>();
  let waitedMs = 0;
  let handledMs = 0;
  const take = (offer: Offer | null, atMs: number): void => {
    if (offer === null) return;
    waitedMs += atMs - (since.get(offer.callId) ?? Number.NaN);
    since.delete(offer.callId);
    router.leave(offer.callId);
    const handling = exponential(handlingMs);
    handledMs += handling;
    busy.push({ atMs: atMs + handling, agentId: offer.agentId });
  };
  const free = (agentId: string, atMs: number): void =>
    take(router.agentFree({ agentId, queues: ['general'], sinceMs: atMs }, atMs), atMs);
  for (let nth = 0; nth < seats; nth += 1) free(`a${nth}`, 0);
  let now = 0;
  for (let nth = 0; nth < calls; nth += 1) {
    now += exponential(handlingMs / (seats * load));
    for (;;) {
      const next = busy.reduce((least, one) => (one.atMs < least.atMs ? one : least), {
        atMs: Number.POSITIVE_INFINITY,
        agentId: '',
      });
      if (next.atMs > now) break;
      busy.splice(busy.indexOf(next), 1);
      free(next.agentId, next.atMs);
    }
    since.set(`${nth}`, now);
    take(router.join({ callId: `${nth}`, queue: 'general', priority: 5, sinceMs: now }, now), now);
  }
  const served = calls - since.size;
  return {
    meanMs: waitedMs / served,
    formulaMs: meanWaitMs(seats, { callsPerHour: (calls / now) * 3_600_000, handlingMs: handledMs / served }),
  };
}

test('the waits of a simulated day agree with Erlang C within three per cent', () => {
  const { meanMs, formulaMs } = liveADay(12, 0.8, 400_000);
  expect(Math.abs(meanMs / formulaMs - 1)).toBeLessThan(0.03);
});
