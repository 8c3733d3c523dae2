import type { Decision } from '../../domain/calls/call.ts';
import type { CallContext } from '../../domain/calls/call-context.ts';
import type { LegFound } from '../../domain/calls/conversation/found.ts';
import { type Arrival, adopt, arrive, takeBack } from '../../domain/calls/decide.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { IncomingCall } from '../ports/switch.ts';
import { eraOf } from './call-book.ts';
import { believed, planOf } from './call-planning.ts';
import type { CallerHoursBook } from './caller-hours-book.ts';

/** A call that is about to begin here. */
export interface Beginning {
  /** As far as its trunk is believed. */
  readonly incoming: IncomingCall;
  /** The number that its first fact gets. */
  readonly seq: number;
  first(context: CallContext): Decision;
}

/** What becomes of a citizen's call that the switch announces: planned by the rules in force, and its first decision. */
export class Arrivals {
  readonly #parts: { readonly clock: Clock; readonly callerHours: CallerHoursBook; readonly log: Log };
  readonly #inForce: () => Configuration;

  constructor(
    parts: { readonly clock: Clock; readonly callerHours: CallerHoursBook; readonly log: Log },
    inForce: () => Configuration,
  ) {
    this.#parts = parts;
    this.#inForce = inForce;
  }

  /** A new one, or one that waited in the fallback since then. */
  announced(announced: IncomingCall): Beginning {
    const incoming = believed(this.#inForce(), announced, this.#parts.log);
    const { waitingSinceMs } = incoming;
    const arrival = this.#arrival(incoming, incoming.callerNumber);
    return {
      incoming,
      seq: 1,
      first: (context) =>
        waitingSinceMs === undefined
          ? arrive(arrival, context.nowMs)
          : takeBack(arrival, waitingSinceMs, context),
    };
  }

  /** One that is found at the switch; `up`: it was answered. */
  found(announced: IncomingCall, up: boolean, legs: readonly LegFound[]): Beginning {
    const incoming = believed(this.#inForce(), announced, this.#parts.log);
    const era = eraOf(this.#parts.clock.now());
    // Nobody who got in is put out by a restriction of his number: planned as a call without one.
    const arrival = this.#arrival(incoming, '');
    return {
      incoming,
      seq: era,
      first: (context) => {
        const decision = adopt(arrival, legs, era, context);
        return up ? decision : { ...decision, commands: [{ kind: 'answer' }, ...decision.commands] };
      },
    };
  }

  #arrival(incoming: IncomingCall, plannedFor: string): Arrival {
    const { clock, callerHours, log } = this.#parts;
    const configuration = this.#inForce();
    const reached = (number: string): number => callerHours.count(number, clock.now());
    const { callId: id, channel, dialled, callerNumber } = incoming;
    const call = { ...incoming, callerNumber: plannedFor };
    const plan = planOf(configuration, call, { nowMs: clock.rulesNow(), reached, log });
    return { id, channel, dialled, callerNumber, plan, configurationVersion: configuration.version };
  }
}
