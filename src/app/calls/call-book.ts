import type { Call } from '../../domain/calls/call.ts';
import type { QueueRules } from '../../domain/calls/call-context.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import { type Queue, USUAL_QUEUE } from '../../domain/hotlines/queue.ts';
import type { Menu } from '../../domain/ivr/menu.ts';

/** Ended calls are remembered this long, so that a late word about them is not taken for a new one. */
const REMEMBERED = 10_000;

const NO_RULES: Queue = { ...USUAL_QUEUE, code: '', name: '', wrapUpMs: 0, ownerFirstMs: 0 };

/** A version of the configuration with its index; a call keeps the one by which it was planned. */
export interface Edition {
  readonly configuration: Configuration;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly menus: ReadonlyMap<string, Menu>;
}

export function editionOf(configuration: Configuration): Edition {
  return {
    configuration,
    queues: new Map(configuration.queues.map((queue) => [queue.code, queue])),
    menus: new Map(configuration.menus.map((menu) => [menu.code, menu])),
  };
}

export function rulesOf(edition: Edition, queue: string): QueueRules & Pick<Queue, 'wrapUpMs' | 'callback'> {
  return edition.queues.get(queue) ?? NO_RULES;
}

/** A call in progress with what belongs to it here but not to any decision. */
export interface LiveCall {
  call: Call;
  readonly edition: Edition;
  /** Number of the next fact. */
  seq: number;
  /** Time of the last fact: none that follows is earlier. */
  toldMs: number;
  /** Commands to the switch run one after the other: a hang-up never overtakes the create it undoes. */
  chain: Promise<void>;
  timer: (() => void) | null;
  /** Ends a pause of the recording; asks again for what the switch did not answer. */
  pauseTimer?: () => void;
  silenceTimer?: () => void;
  /** Legs that rang in vain, with their agents: one of them may yet answer in the same moment (F-16). */
  missed?: Map<string, string>;
}

export function stopTimers(live: LiveCall): void {
  live.timer?.();
  live.timer = null;
  live.pauseTimer?.();
  live.silenceTimer?.();
}

/** Above all numbers that an earlier process can have used: seconds since 2020. */
export const eraOf = (nowMs: number): number => Math.floor((nowMs - Date.UTC(2020, 0, 1)) / 1000);

/** Legs, bridges and playbacks carry their call's id before the last dot. */
export function callIdOf(id: string): string {
  const dot = id.lastIndexOf('.');
  return dot === -1 ? id : id.slice(0, dot);
}

/** By its mark: an agent, a unit, a centre, another outside number, an emergency desk, a lead. */
export const isLegId = (id: string): boolean => /\.[aucoedl]\d+$/.test(id);

/** What a lead hears a talk through. */
export const isSpyId = (id: string): boolean => /\.s\d+$/.test(id);

/** The talk's own, that of those who stepped aside, or the room of a lead who listens. */
export const isBridgeId = (id: string): boolean => /\.[br]\d*$/.test(id);

/** A citizen's, in a call that we made. */
export const isCitizenLeg = (id: string): boolean => /\.t\d+$/.test(id);

export class CallBook {
  /** Legs, spies and rooms of leads who listen: of this process alone, which is the only one that knows why. */
  readonly listening = new Set<string>();
  readonly #calls = new Map<string, LiveCall>();
  readonly #byChannel = new Map<string, string>();
  /** Ended call -> whether it was us who released the citizen. */
  readonly #ended = new Map<string, boolean>();

  add(live: LiveCall): void {
    this.#calls.set(live.call.id, live);
    this.#byChannel.set(live.call.channel, live.call.id);
    this.#ended.delete(live.call.id);
  }

  get(callId: string): LiveCall | undefined {
    return this.#calls.get(callId);
  }

  ofCaller(channel: string): LiveCall | undefined {
    const callId = this.#byChannel.get(channel);
    return callId === undefined ? undefined : this.#calls.get(callId);
  }

  all(): IterableIterator<LiveCall> {
    return this.#calls.values();
  }

  get size(): number {
    return this.#calls.size;
  }

  remove(callId: string, released: boolean): void {
    const live = this.#calls.get(callId);
    if (live === undefined) return;
    this.#calls.delete(callId);
    this.#byChannel.delete(live.call.channel);
    this.remember(callId, released);
  }

  /** Over, here or with the process before this one. */
  remember(callId: string, released: boolean): void {
    this.#ended.set(callId, released);
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= REMEMBERED) break;
      this.#ended.delete(oldest);
    }
  }

  /** Over, and the hang-up was ours: what is left of it at the switch is to be cleared, not adopted. */
  wasReleased(callId: string): boolean {
    return this.#ended.get(callId) === true;
  }

  wasHere(callId: string): boolean {
    return this.#ended.has(callId);
  }
}
