import { type CallQuality, type Counted, opinion } from './opinion.ts';

/** How a whole talk was heard. */
export interface TalkFigures extends CallQuality {
  readonly seconds: number;
  readonly worstMos: number;
}

/** What is shorter tells more of the start of the sound than of the talk. */
const LEAST_SECONDS = 4.5;

/** Looks of a talk, added up: packets as they were counted, jitter and delay by how long each look was. */
export class TalkSum {
  #seconds = 0;
  #counted: Counted = { received: 0, lost: 0 };
  #jitter = 0;
  #delay = { sum: 0, seconds: 0 };
  #worst: number | null = null;

  add(seconds: number, since: Counted, { jitterMs, roundTripMs, mos }: CallQuality): void {
    this.#seconds += seconds;
    this.#counted = {
      received: this.#counted.received + since.received,
      lost: this.#counted.lost + since.lost,
    };
    this.#jitter += jitterMs * seconds;
    if (roundTripMs !== null) {
      this.#delay = { sum: this.#delay.sum + roundTripMs * seconds, seconds: this.#delay.seconds + seconds };
    }
    this.#worst = Math.min(this.#worst ?? mos, mos);
  }

  /** Null: too little was heard to say anything. */
  figures(): TalkFigures | null {
    const packets = this.#counted.received + this.#counted.lost;
    if (this.#seconds < LEAST_SECONDS || this.#worst === null || packets === 0) return null;
    const seen = {
      loss: this.#counted.lost / packets,
      jitterMs: this.#jitter / this.#seconds,
      roundTripMs: this.#delay.seconds === 0 ? null : this.#delay.sum / this.#delay.seconds,
    };
    return { ...seen, mos: opinion(seen), worstMos: this.#worst, seconds: Math.round(this.#seconds) };
  }
}
