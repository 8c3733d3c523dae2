import type { CallCommand } from '../../domain/calls/call-command.ts';
import type { CallEvent } from '../../domain/calls/call-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { CallRecorder } from '../ports/recorder.ts';
import type { LiveCall } from './call-book.ts';

export type RecordingCommand = Extract<CallCommand, { kind: 'silenceRecording' | 'pauseTimer' }>;

/** A recording that stays silent after the pause is lost sound: it is asked for again until the switch does it. */
const AGAIN_MS = 1_000;

/** Carries out what was decided about a call's recording: beside the call's other commands, behind none of them. */
export class RecordingHand {
  readonly #recorder: CallRecorder;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #report: (callId: string, event: CallEvent) => void;
  /** The latest wish for each call; an older one is not asked for any more. */
  readonly #wishes = new WeakMap<LiveCall, { readonly silent: boolean }>();
  /** Asked, not answered yet. What is asked meanwhile waits: two on their way may arrive in the other order. */
  readonly #asked = new WeakSet<LiveCall>();

  constructor(parts: {
    readonly recorder: CallRecorder;
    readonly clock: Clock;
    readonly log: Log;
    report(callId: string, event: CallEvent): void;
  }) {
    this.#recorder = parts.recorder;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#report = parts.report;
  }

  execute(live: LiveCall, command: RecordingCommand): void {
    switch (command.kind) {
      case 'silenceRecording': {
        const wish = { silent: command.silent };
        this.#wishes.set(live, wish);
        if (!this.#asked.has(live)) void this.#silence(live, wish);
        return;
      }
      case 'pauseTimer': {
        const { untilMs, afterMs } = command;
        live.pauseTimer?.();
        live.pauseTimer = this.#clock.after(afterMs, () =>
          this.#report(live.call.id, { type: 'recordingPauseOver', untilMs }),
        );
        return;
      }
      default:
        command satisfies never;
    }
  }

  async #silence(live: LiveCall, wish: { readonly silent: boolean }): Promise<void> {
    const { id, channel } = live.call;
    const { silent } = wish;
    this.#asked.add(live);
    const outcome = await this.#recorder.silence(channel, silent).catch((err: unknown) => {
      this.#log.error({ err, callId: id }, 'a recording could not be silenced');
      return null;
    });
    this.#asked.delete(live);
    if (outcome?.kind === 'done') this.#report(id, { type: 'recordingSilenced', silent });
    const latest = this.#wishes.get(live);
    if (latest !== undefined && latest !== wish) return this.#silence(live, latest);
    // Who hung up needs no silence, and what is not recorded is silent.
    if (outcome === null || outcome.kind === 'done' || outcome.kind === 'gone' || outcome.kind === 'refused')
      return;
    this.#log.warn({ callId: id, silent, outcome: outcome.kind }, 'a recording could not be silenced yet');
    live.silenceTimer?.();
    live.silenceTimer = this.#clock.after(AGAIN_MS, () => {
      if (this.#wishes.get(live) === wish && live.call.state !== 'ended') void this.#silence(live, wish);
    });
  }
}
