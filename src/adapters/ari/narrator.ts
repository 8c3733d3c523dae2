import type { SwitchEvent } from '../../app/ports/switch.ts';
import type { BridgeLedger } from './bridges.ts';
import type { Commands } from './commands.ts';
import type { Frame } from './frame.ts';
import { isIncoming, readIncoming } from './incoming.ts';
import type { ChannelLedger } from './ledger.ts';
import type { PhoneBook } from './phones.ts';
import type { PlaybackLedger } from './playbacks.ts';
import type { Recordings } from './recordings.ts';
import type { AriLog } from './session.ts';
import type { RecordingTrips } from './trip.ts';
import { playbackEnd } from './vocabulary.ts';

/** A leg's end is told with its cause right after it left; later than this it will not be told. */
const LEFT_MS = 250;

/** Q.850: normal clearing. */
const NORMAL = 16;

interface Parts {
  readonly app: string;
  readonly commands: Commands;
  readonly ledger: ChannelLedger;
  readonly bridged: BridgeLedger;
  readonly playbacks: PlaybackLedger;
  readonly recordings: Recordings;
  readonly phones: PhoneBook;
  readonly trips: RecordingTrips;
  readonly log: AriLog;
  emit(event: SwitchEvent): void;
  /** Another call control has the application now. */
  replaced(): void;
}

/** Tells Asterisk's frames as events of ours: each end once, nothing of strangers. Claims calls while accepting. */
export class Narrator {
  accepting = false;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  tell(frame: Frame): void {
    switch (frame.type) {
      case 'CallBroadcast':
        if (this.accepting) void this.#claim(frame.channel);
        return;
      case 'StasisStart':
        this.#arrived(frame);
        return;
      case 'ChannelStateChange':
        if (frame.state === 'Up' && this.#parts.ledger.answered(frame.channel)) {
          this.#parts.emit({ type: 'answered', channel: frame.channel });
        } else if (frame.state === 'Ringing') this.#ringing(frame.channel);
        return;
      case 'Dial':
        this.#parts.ledger.dialStatus(frame.channel, frame.status);
        if (frame.status === 'RINGING') this.#ringing(frame.channel);
        return;
      case 'ChannelHangupRequest':
        this.#parts.ledger.leaving(frame.channel);
        if (frame.shutdown) this.#parts.ledger.putOutAll();
        // The phone said goodbye, and Asterisk confirmed it before it told of it: the phone is free, whatever is still
        // to be cleared away here. That agent's next citizen need not wait for it.
        if (frame.cause === NORMAL && this.#parts.ledger.isTalkingLeg(frame.channel)) {
          this.ended(frame.channel, frame.cause);
        }
        return;
      case 'StasisEnd':
        if (this.#parts.ledger.isTravelling(frame.channel)) return;
        this.#parts.ledger.leaving(frame.channel);
        // A leg's cause comes with the channel's end, which follows at once. A caller's end says nothing more, and is
        // not always told: Asterisk stops watching a channel that has left.
        if (this.#parts.ledger.isLeg(frame.channel)) {
          setTimeout(() => this.ended(frame.channel, 0), LEFT_MS).unref();
        } else this.ended(frame.channel, 0);
        return;
      case 'ChannelDestroyed':
        this.ended(frame.channel, frame.cause);
        return;
      case 'ChannelEnteredBridge':
        this.#parts.bridged.entered(frame.channel, frame.bridge);
        return;
      case 'ChannelLeftBridge':
        this.#parts.bridged.left(frame.channel, frame.bridge);
        return;
      case 'ChannelDtmfReceived':
        // A watched phone's other calls are heard too.
        if (this.#parts.ledger.isOrWas(frame.channel)) {
          this.#parts.emit({ type: 'dtmf', channel: frame.channel, digit: frame.digit });
        }
        return;
      case 'PlaybackFinished':
        this.playbackEnded(frame.playback, frame.state);
        return;
      case 'RecordingFinished':
      case 'RecordingFailed': {
        const ended = this.#parts.recordings.ended(frame, (channel) => this.#parts.ledger.isLeaving(channel));
        if (ended !== null) this.#parts.emit(ended);
        return;
      }
      case 'EndpointStateChange':
        this.#parts.phones.changed(frame);
        return;
      case 'ApplicationReplaced':
        this.#parts.replaced();
        return;
      default:
        frame satisfies never;
    }
  }

  async #claim(channel: string): Promise<void> {
    const outcome = await this.#parts.commands.run('claim', (client) =>
      client.events.claimChannel({ channelId: channel, application: this.#parts.app }),
    );
    // Somebody else was quicker, or the caller has left: both ordinary.
    if (outcome.kind !== 'done')
      this.#parts.log.info({ channel, outcome: outcome.kind }, 'a call was not claimed');
  }

  #arrived(frame: Extract<Frame, { type: 'StasisStart' }>): void {
    if (!isIncoming(frame.args)) {
      this.#parts.trips.arrived(frame);
      return;
    }
    const call = readIncoming(frame.channel, frame.args);
    if (call === null) {
      // A dialplan that is not ours: the citizen goes back to it, where the fallback waits.
      this.#parts.log.error({ channel: frame.channel }, 'a call came without its facts');
      void this.#parts.commands.run('give back', (client) =>
        client.channels.continueInDialplan({
          channelId: frame.channel,
          context: 'fallback',
          extension: 's',
          priority: 1,
        }),
      );
      return;
    }
    if (!this.#parts.ledger.add(frame.channel, 'incoming', { up: frame.up, inStasis: true })) return;
    this.#parts.emit({ type: 'incoming', ...call });
  }

  #ringing(channel: string): void {
    if (this.#parts.ledger.ringing(channel)) this.#parts.emit({ type: 'ringing', channel });
  }

  ended(channel: string, cause: number): void {
    const ending = this.#parts.ledger.end(channel, cause);
    if (ending === null) return;
    this.#parts.bridged.ended(channel);
    for (const playback of this.#parts.playbacks.on(channel)) this.playbackEnded(playback, 'hungUp');
    this.#parts.emit({ type: 'ended', channel, ...ending });
  }

  playbackEnded(playback: string, state: string): void {
    const ended = this.#parts.playbacks.end(playback);
    if (ended === null) return;
    const left = state === 'hungUp' || this.#parts.ledger.isLeaving(ended.channel);
    const end = left && state !== 'done' ? 'hungUp' : ended.stopped ? 'cancelled' : playbackEnd(state);
    this.#parts.emit({ type: 'playbackEnded', playback, end });
  }
}
