import { rulesAt } from '../../domain/callbacks/relief.ts';
import { matterWords } from '../../domain/callbacks/survey/matter-words.ts';
import { contactDue } from '../../domain/callbacks/survey/rules.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import { CallControlAway } from '../ports/command-reply.ts';
import type { CommandSender } from '../ports/commands.ts';
import type { Log } from '../ports/log.ts';
import type { OutboundRulesBook } from '../ports/outbound-rules.ts';
import type { SurveyBook, SurveyCandidate, SurveyRulesBook } from '../ports/surveys.ts';
import type { Database } from '../ports/transaction.ts';

/** Longer than the machine can ring, ask and listen; a talk with a person goes on without it. */
const LEASE_MS = 10 * 60_000;
const LOOKED_AT = 50;

/**
 * Rings citizens for automatic return visits: as many at once as the rules say, none while they are switched off, none
 * at night, and each only when the next try is due. Who has several matters is rung once for all of them, where the rules
 * give that to the machine. The rows and the claim of the contact stand before the telephone
 * rings, so that a worker who dies leaves a lease that runs out, and never a second call. Returns how many were placed.
 */
export function placeSurveys(deps: {
  readonly database: Database;
  readonly surveys: SurveyBook;
  readonly surveyRules: SurveyRulesBook;
  readonly outboundRules: OutboundRulesBook;
  readonly calendar: CalendarSource;
  readonly commands: CommandSender;
  readonly log: Log;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const { surveys, commands, log } = deps;

  /** False: nobody is to be rung any more in this round. */
  const place = async (one: SurveyCandidate, queue: string | null): Promise<'placed' | 'not' | 'stop'> => {
    const { citizenNumber: number, line, matters } = one;
    const [first] = matters;
    if (first === undefined) return 'not';
    const { ticketId } = first;
    const callId = deps.newId();
    const nowMs = deps.now();
    const tickets = matters.map((matter, index) => ({
      id: index === 0 ? callId : deps.newId(),
      ticketId: matter.ticketId,
      version: matter.version,
    }));
    const begun = await deps.database.transact((tx) =>
      surveys.begin({ callId, tickets, number, nowMs, untilMs: nowMs + LEASE_MS }, tx),
    );
    if (!begun) return 'not';
    const all = matters.length;
    try {
      const reply = await commands.send({
        ...{ kind: 'survey', callId, number, ticketId, line, queue },
        about: all === 1 ? first.number : `${first.number} 等${all}件`,
        matters: matters.map((matter, index) => ({
          given: matter.given,
          words: matterWords(matter, index + 1, all),
        })),
      });
      if (reply.ok) return 'placed';
      log.info({ callId, ticketId, code: reply.code }, 'an automatic return visit was refused');
      await surveys.refuse(callId, reply.code, deps.now());
      return reply.code.startsWith('outbound.number') || reply.code === 'outbound.citizenOnLine'
        ? 'not'
        : 'stop';
    } catch (err) {
      if (!(err instanceof CallControlAway)) throw err;
      // It may have been placed all the same: its facts tell, or its lease runs out.
      log.warn({ err, callId }, 'whether an automatic return visit was placed is not known');
      return 'stop';
    }
  };

  return async (): Promise<number> => {
    const { rules } = await deps.surveyRules.read();
    const lost = await surveys.expire(deps.now());
    if (lost > 0) log.warn({ surveys: lost }, 'automatic return visits whose end nobody told are given up');
    if (!rules.on.returnVisit) return 0;
    let free = rules.atOnce - (await surveys.active());
    if (free <= 0) return 0;
    const { quietHours } = rulesAt((await deps.outboundRules.read()).rules, deps.now());
    const { zone } = (await deps.calendar.load()).calendar;
    let placed = 0;
    for (const one of await surveys.candidates(rules, deps.now(), LOOKED_AT)) {
      if (free <= 0) break;
      if (contactDue(one.matters, { nowMs: deps.now(), zone, quietHours }) !== 'now') continue;
      const how = await place(one, rules.queue);
      if (how === 'stop') break;
      if (how === 'not') continue;
      placed += 1;
      free -= 1;
    }
    return placed;
  };
}
