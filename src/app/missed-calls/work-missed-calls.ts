import { decideClaim } from '../../domain/callbacks/missed/missed-call.ts';
import { AppError } from '../errors.ts';
import type { AgentView } from '../ports/agent-view.ts';
import type { CommandSender } from '../ports/commands.ts';
import type { LockedMissedCall, MissedCallBook, MissedResult } from '../ports/missed-calls.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

/** Long enough to try twice and to write down what came of it. */
const CLAIM_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

interface WorkDeps {
  readonly database: Database;
  readonly missedCalls: MissedCallBook;
  readonly now: () => number;
}

async function locked(deps: WorkDeps, id: string, tx: Transaction): Promise<LockedMissedCall> {
  const item = await deps.missedCalls.lock(id, tx);
  if (item === null) throw new AppError('missedCall.unknown', { id });
  return item;
}

/** The item is this account's for a quarter of an hour. Refuses with `missedCall.unknown` and what `decideClaim` does. */
export function claimMissedCall(deps: WorkDeps) {
  return (id: string, accountId: string): Promise<{ readonly claimedUntil: string }> =>
    deps.database.transact(async (tx) => {
      // Before the item, in this order for everybody.
      await deps.missedCalls.lockQuota(tx);
      const item = await locked(deps, id, tx);
      const nowMs = deps.now();
      const { perHour } = await deps.missedCalls.rules(tx);
      const claimedInHour = await deps.missedCalls.claimedSince(nowMs - HOUR_MS, tx);
      const decision = decideClaim(item, { accountId, nowMs, claimedInHour, perHour });
      if (decision.kind === 'refused') throw new AppError(decision.code, { state: item.state, perHour });
      const until = decision.kind === 'held' ? (item.claimedUntilMs ?? nowMs) : nowMs + CLAIM_MS;
      if (decision.kind === 'claim') await deps.missedCalls.claim(id, accountId, nowMs, until, tx);
      return { claimedUntil: new Date(until).toISOString() };
    });
}

async function held(
  deps: WorkDeps,
  id: string,
  accountId: string,
  tx: Transaction,
): Promise<LockedMissedCall> {
  const item = await locked(deps, id, tx);
  const mine =
    item.state === 'claimed' && item.claimedBy === accountId && (item.claimedUntilMs ?? 0) > deps.now();
  if (!mine) throw new AppError('missedCall.notHeld', { state: item.state });
  return item;
}

/** Refuses with `missedCall.unknown`, `missedCall.notHeld`. */
export function releaseMissedCall(deps: WorkDeps) {
  return (id: string, accountId: string): Promise<void> =>
    deps.database.transact(async (tx) => {
      await held(deps, id, accountId, tx);
      await deps.missedCalls.release(id, tx);
    });
}

/** Refuses with `missedCall.unknown`, `missedCall.notHeld`. */
export function finishMissedCall(deps: WorkDeps) {
  return (
    id: string,
    accountId: string,
    end: { readonly result: MissedResult; readonly note: string },
  ): Promise<void> =>
    deps.database.transact(async (tx) => {
      await held(deps, id, accountId, tx);
      await deps.missedCalls.finish(id, { ...end, by: accountId, at: deps.now() }, tx);
    });
}

/**
 * Rings the agent who holds the item, and then the citizen; the number is read here and is in no answer. The same
 * `callId` asked for again is the same call. Refuses with `missedCall.unknown`, `missedCall.notHeld`, `outbound.*`, `agent.*`.
 */
export function callMissedCall(deps: WorkDeps & { readonly commands: CommandSender }) {
  return async (asked: {
    readonly id: string;
    readonly callId: string;
    readonly agentId: string;
  }): Promise<{ readonly callId: string; readonly agent: AgentView | null }> => {
    const { id, callId, agentId } = asked;
    const { number, line } = await deps.database.transact((tx) => held(deps, id, agentId, tx));
    const reply = await deps.commands.send({
      kind: 'call',
      agentId,
      callId,
      purpose: 'missedCall',
      number,
      subject: { callbackId: null, ticketId: null, missedCallId: id },
      line,
      about: '',
    });
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return { callId, agent: reply.agent };
  };
}
