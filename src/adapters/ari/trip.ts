import type { CallRecording, CommandOutcome } from '../../app/ports/switch.ts';
import type { Commands } from './commands.ts';
import type { Frame } from './frame.ts';
import { readRecorded } from './incoming.ts';
import type { ChannelLedger } from './ledger.ts';

/** The dialplan takes a few milliseconds; a switch that takes this long has other troubles. */
const TRIP_MS = 3_000;
/** Nobody tells of an end on the way: it is looked for this often. */
const LOOK_EVERY_MS = 500;
const GONE = { kind: 'gone' } as const;
const NOT_ANSWERED = { kind: 'refused', reason: 'only an answered leg can be recorded' } as const;
const NOT_BACK = { kind: 'unknown', reason: 'the leg did not come back from the dialplan' } as const;

/**
 * Sends an answered leg through the dialplan, where its recording begins, and waits until it is back. ARI's own
 * recordings mix the two sides or want a channel more for each; AMI's want a class that may start programs. Before the
 * answer ARI sends nobody anywhere.
 */
export class RecordingTrips {
  readonly #commands: Commands;
  readonly #ledger: ChannelLedger;
  readonly #ended: (channel: string) => void;
  readonly #back = new Map<string, CallRecording>();

  /** `ended`: Asterisk stops watching a channel that has left; an end on the way is told by nobody else. */
  constructor(commands: Commands, ledger: ChannelLedger, ended: (channel: string) => void) {
    this.#commands = commands;
    this.#ledger = ledger;
    this.#ended = ended;
  }

  async record(channel: string): Promise<CallRecording | Exclude<CommandOutcome, { readonly kind: 'done' }>> {
    const ledger = this.#ledger;
    if (!ledger.isLeg(channel)) return GONE;
    if (!ledger.isTalkingLeg(channel)) return NOT_ANSWERED;
    // A forerunner's trip may still be on its way.
    if (!ledger.isInStasis(channel)) await ledger.settled(channel, TRIP_MS);
    ledger.travels(channel);
    const sent = await this.#commands.run('record leg', (client) =>
      client.channels.continueInDialplan({
        channelId: channel,
        context: 'record-placed',
        extension: 's',
        priority: 1,
      }),
    );
    if (sent.kind === 'refused') {
      // It was sent nowhere; because it was being hung up, perhaps.
      if (ledger.isLeaving(channel) || !(await this.#isThere(channel))) return this.#gone(channel);
      ledger.enteredStasis(channel);
      return sent;
    }
    // One that a forerunner sent, and that comes back in this moment, cannot be sent again: it is awaited all the same.
    if (sent.kind === 'gone' && !(await this.#isThere(channel))) return this.#gone(channel);
    const isBack = await this.#comesBack(channel);
    const back = this.#back.get(channel);
    this.#back.delete(channel);
    if (back !== undefined) return back;
    return isBack === 'ended' ? this.#gone(channel) : NOT_BACK;
  }

  /** `ended`: hung up on the way, whether that was told or not; Asterisk may still be about to clear it away. */
  async #comesBack(channel: string): Promise<'back' | 'ended' | 'late'> {
    const ledger = this.#ledger;
    for (let waitedMs = 0; waitedMs < TRIP_MS; waitedMs += LOOK_EVERY_MS) {
      await ledger.settled(channel, LOOK_EVERY_MS);
      if (!ledger.isLeg(channel)) return 'ended';
      if (ledger.isInStasis(channel)) return 'back';
      if (!(await this.#isThere(channel))) return 'ended';
    }
    return 'late';
  }

  #gone(channel: string): typeof GONE {
    this.#back.delete(channel);
    this.#ended(channel);
    return GONE;
  }

  /** A switch that does not answer has not said that it is gone. */
  async #isThere(channel: string): Promise<boolean> {
    const look = this.#commands.run('read leg', (client) => client.channels.get({ channelId: channel }));
    return (await look).kind !== 'gone';
  }

  /** A leg of ours came under our control. */
  arrived({ channel, args }: Extract<Frame, { type: 'StasisStart' }>): void {
    const recorded = readRecorded(args);
    if (recorded !== null && this.#ledger.isTravelling(channel)) {
      this.#back.set(channel, { kind: 'done', ...recorded });
    }
    this.#ledger.enteredStasis(channel);
  }
}
