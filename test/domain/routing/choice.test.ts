import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Offer } from '../../../src/domain/routing/offer.ts';
import { isCutOff, rankOf } from '../../../src/domain/routing/rank.ts';
import { Router } from '../../../src/domain/routing/router.ts';
import { askOf, bothAsks, meets, type Skills } from '../../../src/domain/skills/skills.ts';

const QUEUES = ['general', 'desk'] as const;
const ASKS = ['', 'en', 'en:3', 'wu?', 'en, wu?', 'wu?, en:2?'];
const SKILLS: readonly Skills[] = [{}, { en: 1 }, { en: 3 }, { wu: 1 }, { en: 2, wu: 1 }];

interface Caller {
  readonly id: string;
  priority: number;
  sinceMs: number;
  rank: number;
  readonly order: number;
  readonly in: { queue: string; ask: string }[];
  keptFor: string | null;
  offeredTo: string | null;
}
interface Agent {
  readonly id: string;
  readonly queues: readonly string[];
  readonly skills: Skills;
  readonly sinceMs: number;
  readonly order: number;
}

/** The same rules, by looking at everybody each time. */
class Scan {
  callers: Caller[] = [];
  idle: Agent[] = [];
  order = 0;

  /** In which of the caller's queues the agent may take him, if in any. */
  meeting(caller: Caller, agent: Agent): { queue: string; ask: string } | undefined {
    return caller.in.find(
      ({ queue, ask }) => agent.queues.includes(queue) && meets(agent.skills, askOf(ask).required),
    );
  }

  forCaller(caller: Caller): string | null {
    if (caller.keptFor !== null) {
      const owner = this.idle.find(({ id }) => id === caller.keptFor);
      return owner !== undefined && this.meeting(caller, owner) !== undefined ? owner.id : null;
    }
    for (const { queue, ask } of caller.in) {
      const { required, preferred } = askOf(ask);
      for (let wished = preferred.length; wished >= 0; wished -= 1) {
        const able = this.idle.filter(
          ({ queues, skills }) =>
            queues.includes(queue) && meets(skills, [...required, ...preferred.slice(0, wished)]),
        );
        able.sort((a, b) => a.sinceMs - b.sinceMs || a.order - b.order);
        if (able[0] !== undefined) return able[0].id;
      }
    }
    return null;
  }

  forAgent(agent: Agent): string | null {
    const able = this.callers
      .filter((one) => one.offeredTo === null && (one.keptFor === null || one.keptFor === agent.id))
      .filter((one) => this.meeting(one, agent) !== undefined)
      .sort((a, b) => a.rank - b.rank || a.order - b.order);
    const kept = able.find((one) => one.keptFor === agent.id);
    const [first] = able;
    return (first !== undefined && isCutOff(first) ? first : (kept ?? first))?.id ?? null;
  }
}

const step = fc.record({
  what: fc.nat(7),
  who: fc.nat(6),
  queue: fc.constantFrom(...QUEUES),
  ask: fc.constantFrom(...ASKS),
  priority: fc.constantFrom(0, 1, 4, 5, 5, 5, 9),
  kept: fc.nat(12),
  /** How long before this step he began to wait: he was called back, or has another call's place. */
  earlier: fc.oneof(fc.constant(0), fc.nat(50)),
  both: fc.boolean(),
  skills: fc.constantFrom(...SKILLS),
});

test('any sequence: the choice is that of a scan of everybody; never two to one agent, never one to two', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
      const router = new Router();
      const scan = new Scan();
      const agree = (offer: Offer | null, callId: string | null, agentId: string | null): void => {
        expect([offer?.callId ?? null, offer?.agentId ?? null]).toEqual(
          callId === null || agentId === null ? [null, null] : [callId, agentId],
        );
        if (offer === null) return;
        const caller = scan.callers.find(({ id }) => id === offer.callId);
        expect(caller?.offeredTo).toBeNull();
        expect(scan.callers.some(({ offeredTo }) => offeredTo === offer.agentId)).toBe(false);
        if (caller !== undefined) caller.offeredTo = offer.agentId;
        scan.idle = scan.idle.filter(({ id }) => id !== offer.agentId);
      };
      const sought = (caller: Caller, offer: Offer | null): void =>
        agree(offer, caller.id, scan.forCaller(caller));
      steps.forEach(({ what, who, queue, ask, priority, kept, earlier, both, skills }, at) => {
        const callId = `c${who}`;
        const agentId = `a${who}`;
        const caller = scan.callers.find(({ id }) => id === callId);
        switch (what) {
          case 0:
          case 1: {
            const keptFor = kept <= 6 ? `a${kept}` : null;
            const sinceMs = at - earlier;
            const offer = router.join({ callId, queue, priority, sinceMs, ask: askOf(ask), keptFor }, at);
            if (caller !== undefined) {
              caller.priority = Math.min(caller.priority, priority);
              caller.sinceMs = Math.min(caller.sinceMs, sinceMs);
              caller.rank = rankOf(caller.priority, caller.sinceMs);
              if (caller.offeredTo === null) sought(caller, offer);
              else expect(offer).toBeNull();
              return;
            }
            scan.order += 1;
            const joined: Caller = {
              id: callId,
              priority,
              sinceMs,
              rank: rankOf(priority, sinceMs),
              order: scan.order,
              in: [{ queue, ask }],
              keptFor,
              offeredTo: null,
            };
            scan.callers.push(joined);
            sought(joined, offer);
            return;
          }
          case 2: {
            const queues = both ? [...QUEUES] : [queue];
            const offer = router.agentFree({ agentId, queues, sinceMs: at, skills }, at);
            if (scan.callers.some(({ offeredTo }) => offeredTo === agentId)) {
              expect(offer).toBeNull();
              return;
            }
            scan.idle = scan.idle.filter(({ id }) => id !== agentId);
            scan.order += 1;
            const agent: Agent = { id: agentId, queues, skills, sinceMs: at, order: scan.order };
            const taken = scan.forAgent(agent);
            if (taken === null) scan.idle.push(agent);
            agree(offer, taken, taken === null ? null : agentId);
            return;
          }
          case 3:
            router.agentBusy(agentId);
            scan.idle = scan.idle.filter(({ id }) => id !== agentId);
            return;
          case 4:
            router.leave(callId);
            scan.callers = scan.callers.filter(({ id }) => id !== callId);
            return;
          case 5: {
            const offer = router.giveBack(callId, at);
            if (caller === undefined || caller.offeredTo === null) {
              expect(offer).toBeNull();
              return;
            }
            caller.offeredTo = null;
            caller.keptFor = null;
            sought(caller, offer);
            return;
          }
          case 6: {
            const offer = router.lookAlsoIn(callId, queue, at, askOf(ask));
            if (caller === undefined || caller.in.some((one) => one.queue === queue)) {
              expect(offer).toBeNull();
              return;
            }
            caller.in.push({ queue, ask });
            if (caller.offeredTo === null) sought(caller, offer);
            else expect(offer).toBeNull();
            return;
          }
          default: {
            const offer = router.openToAll(callId, at);
            if (caller === undefined || caller.keptFor === null) {
              expect(offer).toBeNull();
              return;
            }
            caller.keptFor = null;
            if (caller.offeredTo === null) sought(caller, offer);
            else expect(offer).toBeNull();
          }
        }
      });
    }),
    { numRuns: 500 },
  );
});

test('asks are added without order', () => {
  const any = fc.constantFrom(...ASKS);
  fc.assert(
    fc.property(any, any, (one, other) => {
      const [a, b] = [bothAsks(askOf(one), askOf(other)), bothAsks(askOf(other), askOf(one))];
      for (const skills of SKILLS) expect(meets(skills, a.required)).toBe(meets(skills, b.required));
    }),
  );
});
