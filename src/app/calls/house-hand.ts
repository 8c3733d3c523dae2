import type { CallCommand } from '../../domain/calls/call-command.ts';
import type { CallEvent } from '../../domain/calls/call-event.ts';
import { talkOf } from '../../domain/calls/conversation/talk-of.ts';
import { betterOf } from '../../domain/routing/rank.ts';
import type { Router } from '../../domain/routing/router.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import { type LiveCall, rulesOf } from './call-book.ts';
import type { CallQuestions } from './call-questions.ts';
import type { CallbackPlaces } from './callback-places.ts';
import type { CallerHoursBook } from './caller-hours-book.ts';
import type { OfferDesk } from './offer-desk.ts';
import type { RecordingHand } from './recording-hand.ts';
import type { SwitchHand } from './switch-hand.ts';

export interface HouseParts {
  readonly switch: SwitchHand;
  readonly router: Router;
  readonly offers: OfferDesk;
  readonly desk: AgentDesk;
  readonly questions: CallQuestions;
  readonly callerHours: CallerHoursBook;
  readonly recordings: RecordingHand;
  readonly clock: Clock;
  readonly callbacks: CallbackPlaces;
  /** Told to the call when what goes on now is worked off. */
  later(callId: string, event: CallEvent): void;
  verify(callId: string, epoch: number): void;
}

/** Carries out what was decided inside this house, at once: places, agents, timers, questions. The rest is the switch's. */
export class HouseHand {
  readonly #parts: HouseParts;

  constructor(parts: HouseParts) {
    this.#parts = parts;
  }

  execute(live: LiveCall, command: CallCommand): void {
    const { id } = live.call;
    const { clock, router, offers, callbacks } = this.#parts;
    switch (command.kind) {
      case 'joinQueue':
        this.#join(live, command);
        return;
      case 'promiseCallback':
        callbacks.promise(live.call, command, rulesOf(live.edition, command.queue).callback);
        return;
      case 'lookAlsoIn':
        offers.add(router.lookAlsoIn(id, command.queue, clock.now(), command.ask));
        return;
      case 'openToAll':
        offers.add(router.openToAll(id, clock.now()));
        return;
      case 'reserve':
        router.reserve(id, command.agentId);
        return;
      case 'giveBack':
        offers.add(router.giveBack(id, clock.now()));
        return;
      case 'leaveQueue':
        router.leave(id);
        return;
      case 'agent':
        this.#moveAgent(live, command);
        return;
      case 'timer': {
        live.timer?.();
        const { epoch, afterMs } = command;
        live.timer = clock.after(afterMs, () => this.#parts.later(id, { type: 'timeout', epoch }));
        return;
      }
      case 'verify':
        this.#parts.verify(id, live.call.epoch);
        return;
      case 'holdCallerHour':
        this.#parts.callerHours.reached(command.number, command.atMs);
        return;
      case 'giveCallerHourBack':
        this.#parts.callerHours.gaveBack(command.number, command.atMs);
        return;
      case 'lookUpTicket':
        this.#parts.questions.lookUpTicket(live, command);
        return;
      case 'silenceRecording':
      case 'pauseTimer':
        this.#parts.recordings.execute(live, command);
        return;
      default:
        this.#parts.switch.enqueue(live, command);
    }
  }

  /** F-18: in the place of his callback, if he is to be called back from this queue. */
  #join(
    { call }: LiveCall,
    { kind: _kind, ...wanted }: Extract<CallCommand, { readonly kind: 'joinQueue' }>,
  ): void {
    const { queue, priority, sinceMs } = wanted;
    const { router, offers, callbacks, clock, later } = this.#parts;
    const kept = callbacks.calledIn(call, queue);
    const place = { ...wanted, ...(kept === null ? {} : betterOf(wanted, kept)) };
    offers.add(router.join({ ...place, callId: call.id }, clock.now()));
    if (kept === null || (place.sinceMs === sinceMs && place.priority === priority)) return;
    const { sinceMs: from, priority: rank } = place;
    later(call.id, { type: 'placeKept', queue, sinceMs: from, priority: rank, callback: kept.callback });
  }

  #moveAgent(live: LiveCall, { agentId, change }: Extract<CallCommand, { readonly kind: 'agent' }>): void {
    const { call, edition } = live;
    // In a talk several may ring at once: which leg was his, the number of the latest does not say.
    if (change.type === 'failed' && change.reason === 'missed' && talkOf(call) === null) {
      live.missed ??= new Map();
      live.missed.set(`${call.id}.a${call.legsMade}`, agentId);
    }
    this.#parts.desk.apply(
      agentId,
      change.type === 'callOver'
        ? {
            type: 'callOver',
            callId: call.id,
            wrapUpMs: change.wrapUpMs ?? rulesOf(edition, change.queue).wrapUpMs,
          }
        : { ...change, callId: call.id },
    );
  }
}
