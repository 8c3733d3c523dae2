import type { Clock } from '../ports/clock.ts';
import type {
  CommandOutcome,
  HangupReason,
  Media,
  RecordingLimits,
  RingRequest,
  Switch,
  SwitchEvent,
  SwitchSnapshot,
} from '../ports/switch.ts';
import { callIdOf } from './call-book.ts';
import { isPersistentLegId, type LegBook, type PersistentLeg } from './persistent-leg-book.ts';
import type { LegKeeper } from './persistent-leg-keeper.ts';
import { LegLoans } from './persistent-leg-loans.ts';
import { adoptLegs, withCallsLegs } from './persistent-leg-snapshot.ts';

interface Parts {
  readonly inner: Switch;
  readonly book: LegBook;
  readonly clock: Clock;
  readonly keeper: LegKeeper;
  tone(): Media | null;
}

/**
 * The switch as calls know it. Each call has a leg of its own at each agent; where the agent's leg stays up, that one is
 * lent to the call under the name of the leg that it asked for: to ring it is a tone, to answer it is the end of the
 * tone, to hang it up is to take it out of the talk. So nothing in a call differs, and a restart finds what it looks for.
 */
export class PersistentLegSwitch implements Switch {
  readonly #parts: Parts;
  readonly #inner: Switch;
  readonly #book: LegBook;
  readonly #loans: LegLoans;
  #handler: (event: SwitchEvent) => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#inner = parts.inner;
    this.#book = parts.book;
    this.#loans = new LegLoans({ ...parts, tell: (event) => this.#handler(event) });
  }

  onEvent(handler: (event: SwitchEvent) => void): void {
    this.#handler = handler;
    this.#inner.onEvent((event) => this.#told(event));
  }
  start(): Promise<void> {
    return this.#inner.start();
  }
  stop(): Promise<void> {
    return this.#inner.stop();
  }
  setAccepting(accepting: boolean): void {
    this.#inner.setAccepting(accepting);
  }

  async snapshot(): Promise<SwitchSnapshot | null> {
    const snapshot = await this.#inner.snapshot();
    if (snapshot === null) return null;
    this.#lookOver(snapshot);
    return withCallsLegs(snapshot, this.#book);
  }
  answer(channel: string): Promise<CommandOutcome> {
    return this.#inner.answer(this.#real(channel));
  }
  play(channel: string, playback: string, media: readonly Media[]): Promise<CommandOutcome> {
    return this.#inner.play(this.#real(channel), playback, media);
  }
  stopPlayback(playback: string): Promise<CommandOutcome> {
    return this.#inner.stopPlayback(playback);
  }
  record(channel: string, recording: string, limits: RecordingLimits): Promise<CommandOutcome> {
    return this.#inner.record(this.#real(channel), recording, limits);
  }
  recordCall(channel: string): ReturnType<Switch['recordCall']> {
    return this.#inner.recordCall(channel);
  }
  recordBridge(bridge: string, recording: string, maxMs: number): Promise<CommandOutcome> {
    return this.#inner.recordBridge(bridge, recording, maxMs);
  }
  checkRecording(recording: string): Promise<CommandOutcome> {
    return this.#inner.checkRecording(recording);
  }
  stopRecording(recording: string): Promise<CommandOutcome> {
    return this.#inner.stopRecording(recording);
  }
  startMusic(channel: string): Promise<CommandOutcome> {
    const leg = this.#book.lentTo(channel);
    if (leg !== undefined) leg.hasMusic = true;
    return this.#inner.startMusic(this.#real(channel));
  }
  stopMusic(channel: string): Promise<CommandOutcome> {
    const leg = this.#book.lentTo(channel);
    if (leg !== undefined) leg.hasMusic = false;
    return this.#inner.stopMusic(this.#real(channel));
  }
  mute(channel: string, muted: boolean): Promise<CommandOutcome> {
    const leg = this.#book.lentTo(channel);
    if (leg !== undefined) leg.isMuted = muted;
    return this.#inner.mute(this.#real(channel), muted);
  }
  spy(target: string, spy: string, how: 'listen' | 'whisper'): Promise<CommandOutcome> {
    return this.#inner.spy(this.#real(target), spy, how);
  }
  sendDigits(channel: string, digits: string): Promise<CommandOutcome> {
    return this.#inner.sendDigits(this.#real(channel), digits);
  }

  async ring(asked: RingRequest): Promise<CommandOutcome> {
    const { originator, target, channel } = asked;
    const request = { ...asked, originator: originator === null ? null : this.#real(originator) };
    const leg = target.kind === 'phone' ? this.#book.ofPhone(target.phone) : undefined;
    if (leg === undefined) return this.#inner.ring(request);
    if (leg.lentTo === channel) return { kind: 'exists' };
    if (leg.lentTo !== null) return { kind: 'refused', reason: 'the leg of the phone is in another call' };
    if (!leg.isUp) {
      // Not taken up yet, so the phone is rung for this call, once and not twice at a time.
      this.#book.drop(leg);
      await this.#inner.hangup(leg.channel, 'normal');
      this.#parts.keeper.moved(leg.phone);
      return this.#inner.ring(request);
    }
    return this.#loans.lend(leg, channel);
  }

  bridge(bridge: string, channels: readonly string[]): Promise<CommandOutcome> {
    const lent = channels.flatMap((channel) => this.#book.lentTo(channel) ?? []);
    for (const leg of lent) Object.assign(leg, { bridge, hasMusic: false });
    const joined = channels.map((channel) => this.#real(channel));
    const [first] = lent;
    const join = (): Promise<CommandOutcome> => this.#inner.bridge(bridge, joined);
    return first === undefined ? join() : this.#loans.inTurn(first, join);
  }
  unbridge(bridge: string, channel: string): Promise<CommandOutcome> {
    const leg = this.#book.lentTo(channel);
    if (leg?.bridge === bridge) leg.bridge = null;
    return this.#inner.unbridge(bridge, this.#real(channel));
  }
  destroyBridge(bridge: string): Promise<CommandOutcome> {
    for (const leg of this.#book.all()) if (leg.bridge === bridge) leg.bridge = null;
    return this.#inner.destroyBridge(bridge);
  }
  hangup(channel: string, reason: HangupReason): Promise<CommandOutcome> {
    const leg = this.#book.lentTo(channel);
    return leg === undefined
      ? this.#inner.hangup(channel, reason)
      : this.#loans.giveBack(leg, channel, reason);
  }

  /** Rings the leg itself, which is to stay. */
  raise(
    leg: PersistentLeg,
    request: Omit<RingRequest, 'channel' | 'target' | 'originator'>,
  ): Promise<CommandOutcome> {
    const { channel, phone } = leg;
    return this.#inner.ring({ ...request, channel, target: { kind: 'phone', phone }, originator: null });
  }
  /** It is no more, whatever the switch says of it later. */
  lower(leg: PersistentLeg): Promise<CommandOutcome> {
    this.#book.drop(leg);
    return this.#inner.hangup(leg.channel, 'normal');
  }

  #real(channel: string): string {
    return this.#book.lentTo(channel)?.channel ?? channel;
  }

  /** What got lost on the way: an end of which no word came, a leg that is still in a talk, one that nobody knows. */
  #lookOver({ channels }: SwitchSnapshot): void {
    const there = new Map(channels.map((one) => [one.channel, one]));
    for (const leg of this.#book.all()) {
      const found = there.get(leg.channel);
      // Only what two looks in a row do not find is gone: a single one may have met it on its way. One that still rings
      // has a time of its own.
      if (!leg.isUp) continue;
      if (found === undefined && leg.isMissed) this.#gone(leg, 'unknown');
      leg.isMissed = found === undefined;
      if (found === undefined || leg.lentTo !== null || found.bridge === null) continue;
      const { bridge } = found;
      void this.#loans.inTurn(leg, () =>
        leg.lentTo === null ? this.#inner.unbridge(bridge, leg.channel) : Promise.resolve(null),
      );
    }
    for (const { channel } of channels) {
      const isStray = isPersistentLegId(channel) && this.#book.ofChannel(channel) === undefined;
      if (isStray) void this.#inner.hangup(channel, 'normal');
    }
  }

  #gone(leg: PersistentLeg, reason: HangupReason, cause = 0): void {
    const { lentTo } = leg;
    if (!this.#book.drop(leg)) return;
    if (lentTo !== null) this.#handler({ type: 'ended', channel: lentTo, reason, cause });
    this.#parts.keeper.ended(leg.phone, reason);
  }

  #told(event: SwitchEvent): void {
    const { keeper } = this.#parts;
    switch (event.type) {
      case 'up': {
        const adopted = adoptLegs(event.snapshot, this.#book, (phone) => keeper.legAt(phone));
        for (const leg of adopted.gone) keeper.ended(leg.phone, 'unknown');
        for (const channel of adopted.strays) void this.#inner.hangup(channel, 'normal');
        this.#handler({ type: 'up', snapshot: withCallsLegs(event.snapshot, this.#book) });
        keeper.up();
        return;
      }
      case 'down':
        this.#handler(event);
        keeper.down();
        return;
      case 'phone':
        this.#handler(event);
        keeper.phone(event.phone, event.reachable);
        return;
      case 'playbackEnded': {
        const leg = this.#book.ofChannel(callIdOf(event.playback));
        if (leg === undefined) this.#handler(event);
        else this.#loans.toneOver(leg, event.playback);
        return;
      }
      case 'answered':
      case 'ringing':
      case 'dtmf':
      case 'ended':
        this.#toldOf(event);
        return;
      case 'incoming':
      case 'recordingEnded':
      case 'phoneUse':
        this.#handler(event);
        return;
      default:
        event satisfies never;
    }
  }

  #toldOf(event: Extract<SwitchEvent, { readonly type: 'answered' | 'ringing' | 'dtmf' | 'ended' }>): void {
    const leg = this.#book.ofChannel(event.channel);
    if (leg === undefined) {
      // A late word of one that is no more says nothing to a call; an answer to it is one that nobody waits for.
      if (!isPersistentLegId(event.channel)) this.#handler(event);
      else if (event.type === 'answered') void this.#inner.hangup(event.channel, 'normal');
      return;
    }
    if (event.type === 'ended') this.#gone(leg, event.reason, event.cause);
    if (event.type === 'dtmf' && leg.lentTo !== null) this.#handler({ ...event, channel: leg.lentTo });
    if (event.type !== 'answered' || leg.isUp) return;
    leg.isUp = true;
    this.#parts.keeper.answered(leg.phone);
  }
}
