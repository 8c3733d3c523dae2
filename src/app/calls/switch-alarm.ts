import type { AlarmBook, AlarmEnd, AlarmWords } from '../ports/alarms.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

export interface SwitchAlarmParts {
  readonly alarms: Pick<AlarmBook, 'raise' | 'settle'>;
  readonly clock: Clock;
  readonly log: Log;
  newId(): string;
}

/** One trouble, whoever finds it: a call control that begins takes off what the one before it raised. */
const KEY = 'switch.away';
const AWAY_WORDS: AlarmWords = {
  detail: '呼叫控制与电话交换机失联，正在重连，画面上的通话为此前所知',
  detailEn: 'The telephone switch is out of reach and is being sought; screens show calls as last known',
};
/** Of the first connection of a call control that begins. */
export const FOUND_WITHIN_MS = 15_000;
/** While the database is away. */
const AGAIN_MS = 10_000;

/**
 * Tells whoever leads that the telephone switch is away, and when it is back, how many calls ended with it. Modes:
 * seeking (as it begins) -> there <-> away -> stopped. What cannot be told waits in its order, and holds up nobody.
 */
export class SwitchAlarm {
  readonly #parts: SwitchAlarmParts;
  readonly #untold: (() => Promise<unknown>)[] = [];
  readonly #lost = new Set<string>();
  #isAway = false;
  #telling = false;
  #stopped = false;
  #cancelSeeking: (() => void) | null = null;
  #cancelAgain: (() => void) | null = null;

  constructor(parts: SwitchAlarmParts) {
    this.#parts = parts;
  }

  begin(): void {
    this.#cancelSeeking = this.#parts.clock.after(FOUND_WITHIN_MS, () => this.away());
  }

  /** These calls ended with the switch: nobody hung up. */
  lost(callIds: readonly string[]): void {
    for (const callId of callIds) this.#lost.add(callId);
  }

  away(): void {
    this.#cancelSeeking?.();
    if (this.#isAway || this.#stopped) return;
    this.#isAway = true;
    const { alarms, clock, newId } = this.#parts;
    const told = {
      key: KEY,
      kind: 'switch.away',
      ...AWAY_WORDS,
      subject: 'switch',
      atMs: clock.now(),
    } as const;
    this.#tell(() => alarms.raise({ ...told, id: newId() }));
  }

  back(): void {
    // Found at the start, and soon: nobody was told that it had been away, but calls ended with it.
    if (this.#lost.size > 0) this.away();
    this.#cancelSeeking?.();
    this.#isAway = false;
    const { alarms, clock } = this.#parts;
    const [atMs, words] = [clock.now(), backWords(this.#lost.size)];
    this.#lost.clear();
    this.#tell(() => alarms.settle(KEY, atMs, words));
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelSeeking?.();
    this.#cancelAgain?.();
  }

  #tell(work: () => Promise<unknown>): void {
    this.#untold.push(work);
    if (!this.#telling) void this.#workOff();
  }

  /** One after the other: raised before it is taken off. */
  async #workOff(): Promise<void> {
    this.#telling = true;
    for (let next = this.#untold[0]; next !== undefined && !this.#stopped; next = this.#untold[0]) {
      try {
        await next();
        this.#untold.shift();
      } catch (err) {
        this.#parts.log.warn({ err }, 'the state of the switch could not be told, it is tried again');
        await this.#again();
      }
    }
    this.#telling = false;
  }

  #again(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#stopped) this.#cancelAgain = this.#parts.clock.after(AGAIN_MS, resolve);
    });
  }
}

const backWords = (lost: number): AlarmEnd =>
  lost === 0
    ? {
        reason: '交换机已恢复，未发现通话因此中断',
        reasonEn: 'The switch is back, and no call is known to have ended with it',
      }
    : {
        reason: `交换机已恢复，${lost} 通通话因此中断，见来电记录和未接清单`,
        reasonEn: `The switch is back; calls that ended with it: ${lost}, see calls and missed calls`,
      };
