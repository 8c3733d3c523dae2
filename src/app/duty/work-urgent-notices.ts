import { receiptWords } from '../../domain/callbacks/survey/receipt-words.ts';
import {
  UNCONFIRMED,
  URGENT_ENDS,
  type UrgentNoticeState,
  unconfirmedAfter,
  urgentStep,
  urgentWords,
} from '../../domain/duty/urgent-notice.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { AlarmEnd } from '../ports/alarms.ts';
import { CallControlAway } from '../ports/command-reply.ts';
import type { CommandSender, UrgentNoticeCommand } from '../ports/commands.ts';
import type { Log } from '../ports/log.ts';
import type { Transaction } from '../ports/transaction.ts';
import type { HeldUrgentNotice, UrgentAttempt } from '../ports/urgent-notices.ts';
import type { UrgentNoticeDeps } from './begin-urgent-notices.ts';
import { CONFIRMED, countAgain, standOrRaise, tellCentre } from './tell-centre.ts';

/** Longer than the machine says what it is about, twice, and waits for the key. */
const ASKED_AT_MOST_MS = 150_000;

/**
 * Carries notices of urgent tickets on (H12): each call that is over goes on the ticket's time line, the next of the duty list is rung,
 * and when nobody confirms the centre is told. The row of a call stands before its telephone rings, and a call is asked for
 * under its own id for as long as it is not known to be made: a worker or a call control that dies leaves no second call,
 * and no ladder that stands still. Any number of workers. Returns how many calls were asked for.
 */
export function workUrgentNotices(
  deps: UrgentNoticeDeps & { readonly commands: CommandSender; readonly log: Log },
) {
  const { urgentNotices, log } = deps;

  const ring = async (command: UrgentNoticeCommand): Promise<void> => {
    const { callId, ticketId } = command;
    try {
      const reply = await deps.commands.send(command);
      if (reply.ok) return await urgentNotices.placed(callId);
      log.warn({ callId, ticketId, code: reply.code }, 'who is on call for an urgent ticket was not called');
      await urgentNotices.endCall(callId, { how: 'notMade', detail: reply.code, nowMs: deps.now() });
    } catch (err) {
      if (!(err instanceof CallControlAway)) throw err;
      // Asked for again in the next round, as the same call.
      log.warn({ err, callId, ticketId }, 'whether who is on call was called is not known');
    }
  };

  return async (limit: number): Promise<number> => {
    let rung = 0;
    for (const id of await urgentNotices.due(limit, deps.now())) {
      const command = await deps.database.transact(async (tx) => {
        const notice = await urgentNotices.hold(id, tx);
        return notice === null ? null : carryOn(deps, notice, tx);
      });
      if (command === null) continue;
      await ring(command);
      rung += 1;
    }
    return rung;
  };
}

/** The call that is to be asked for, when there is one. */
async function carryOn(
  deps: UrgentNoticeDeps,
  notice: HeldUrgentNotice,
  tx: Transaction,
): Promise<UrgentNoticeCommand | null> {
  const nowMs = deps.now();
  const attempts: UrgentAttempt[] = [];
  for (const one of notice.attempts) {
    const isLapsed = one.end === 'open' && one.leasedUntilMs <= nowMs;
    if (isLapsed) await deps.urgentNotices.endCall(one.id, { how: 'untold', detail: '', nowMs }, tx);
    const attempt = isLapsed ? ({ ...one, end: 'unreached', how: 'untold', endedMs: nowMs } as const) : one;
    attempts.push(attempt);
    if (attempt.end !== 'open' && !attempt.noted) await note(deps, notice, attempt, tx);
  }
  const step = urgentStep({ ...notice, rungs: notice.ladder.length, attempts }, nowMs);
  switch (step.kind) {
    case 'become': {
      await become(deps, notice, step.state, attempts, tx);
      return null;
    }
    case 'call': {
      const to = notice.ladder[step.rung];
      if (to === undefined) throw new Error(`nobody stands on rung ${step.rung} of notice ${notice.id}`);
      const id = deps.newId();
      const untilMs = nowMs + notice.rule.rungAfterMs + ASKED_AT_MOST_MS;
      await deps.urgentNotices.addCall(notice.id, { id, rung: step.rung, to, nowMs, untilMs }, tx);
      return commandOf(notice, { id, number: to.number });
    }
    case 'wait': {
      const open = attempts.find(({ end, placed }) => end === 'open' && !placed);
      return open === undefined || notice.state !== 'calling' ? null : commandOf(notice, open);
    }
    default:
      return step satisfies never;
  }
}

const commandOf = (
  { ticketId, number: about, type, rule }: HeldUrgentNotice,
  { id: callId, number }: Pick<UrgentAttempt, 'id' | 'number'>,
): UrgentNoticeCommand => ({
  ...{ kind: 'urgentNotice', callId, number, ticketId, about },
  words: receiptWords({ type, number: about }),
  ringTimeoutMs: rule.rungAfterMs,
});

/** Who was called, and what he said; his number stands in the books of calls, not here. */
async function note(
  deps: UrgentNoticeDeps,
  { ticketId }: HeldUrgentNotice,
  { id: callId, name, rung, how, dial, detail, atMs, endedMs }: UrgentAttempt,
  tx: Transaction,
): Promise<void> {
  const words = urgentWords(how ?? 'untold', dial);
  await deps.ticketMoves.note(
    ticketId,
    {
      ...{ id: deps.newId(), at: deps.now(), actorId: null, fromState: null, toState: null },
      type: 'urgentCalled',
      reason: OWN_FRAMES.urgentCalled(name, words),
      body: {
        ...{ callId, name, rung: rung + 1, how, dial },
        ...(detail === '' ? {} : { detail }),
        calledAt: new Date(atMs).toISOString(),
        endedAt: endedMs === null ? null : new Date(endedMs).toISOString(),
      },
    },
    tx,
  );
  await deps.urgentNotices.noted(callId, tx);
}

/** What came of the call for another ticket of the incident is this one's too. */
async function noteTogether(
  deps: UrgentNoticeDeps,
  { ticketId }: HeldUrgentNotice,
  { state, number }: NonNullable<HeldUrgentNotice['ahead']>,
  tx: Transaction,
): Promise<void> {
  const isReceived = state === 'received';
  const words = isReceived ? URGENT_ENDS.receivedTogether : URGENT_ENDS.unansweredTogether;
  await deps.ticketMoves.note(
    ticketId,
    {
      ...{ id: deps.newId(), at: deps.now(), actorId: null, fromState: null, toState: null },
      type: isReceived ? 'urgentCalled' : 'urgentUnanswered',
      reason: OWN_FRAMES.urgentTogether(number, words),
      body: { with: number },
    },
    tx,
  );
}

async function become(
  deps: UrgentNoticeDeps,
  notice: HeldUrgentNotice,
  state: UrgentNoticeState,
  attempts: readonly UrgentAttempt[],
  tx: Transaction,
): Promise<void> {
  await deps.urgentNotices.become(notice.id, state, deps.now(), tx);
  const over = async (end: AlarmEnd): Promise<void> => {
    await countAgain(deps, notice.alarmOf, end, tx);
  };
  const together = attempts.length === 0 && state !== 'overtaken' ? notice.ahead : null;
  if (together !== null) await noteTogether(deps, notice, together, tx);
  switch (state) {
    case 'unanswered': {
      if (together === null) {
        return tellCentre(deps, notice, unconfirmedAfter(attempts.length), null, tx);
      }
      // The centre was told once, of the ticket that was rung for, and is told how many there are.
      const under = (await deps.urgentNotices.aloneWith(notice.id, tx)) ?? together.alarmOf;
      return standOrRaise(deps, notice, UNCONFIRMED.unanswered, under, tx);
    }
    case 'received':
      return over(CONFIRMED);
    case 'overtaken':
      return over({
        reason: '承办单位已处理或工单已转出',
        reasonEn: 'Its unit acted, or has it no more',
      });
    case 'calling':
    case 'noDuty':
      throw new Error(`a notice never becomes ${state}`);
    default:
      return state satisfies never;
  }
}
