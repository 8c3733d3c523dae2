import type { Phone, PhoneProvisioner } from '../../../src/app/ports/phones.ts';
import type {
  CommandOutcome,
  HangupReason,
  IncomingCall,
  Media,
  PlaybackEnd,
  RecordingEnd,
  RecordingLimits,
  RingRequest,
  Switch,
  SwitchEvent,
  SwitchSnapshot,
} from '../../../src/app/ports/switch.ts';
import { FakeSwitch } from '../../support/fake-switch.ts';

/** As a reason of `unknown`: the command is carried out, only its answer never comes. */
export const DONE_ALL_THE_SAME = 'done all the same';

/**
 * The fake switch behind a slow, lossy wire: while `slow`, commands wait for `perform` and events for `deliver`, so
 * that a test can let them cross; chosen commands fail.
 */
export class SlowSwitch implements Switch, PhoneProvisioner {
  readonly world = new FakeSwitch();
  /** Every command that reached the switch. */
  readonly log: string[] = [];
  /** Answers to the next commands of a name. */
  readonly faults = new Map<string, CommandOutcome[]>();
  slow = false;
  /** Told of every command when it comes out of call control. */
  onAsked: (command: string) => void = () => undefined;
  connected = false;
  readonly #events: SwitchEvent[] = [];
  readonly #commands: (() => Promise<void>)[] = [];
  #last: SwitchEvent | null = null;
  #handler: (event: SwitchEvent) => void = () => undefined;

  constructor() {
    this.world.onEvent((event) => this.#told(event));
  }

  get channels() {
    return this.world.channels;
  }
  get bridges() {
    return this.world.bridges;
  }
  get playbacks() {
    return this.world.playbacks;
  }
  get recordings() {
    return this.world.recordings;
  }

  onEvent(handler: (event: SwitchEvent) => void): void {
    this.#handler = handler;
  }
  start(): Promise<void> {
    return this.world.start();
  }
  stop(): Promise<void> {
    this.connected = false;
    return this.world.stop();
  }
  setAccepting(accepting: boolean): void {
    this.world.setAccepting(accepting);
  }

  // What the world does.

  arrive(incoming: IncomingCall): void {
    this.world.arrive(incoming);
  }
  answerLeg(channel: string): void {
    this.world.picksUp(channel);
  }
  end(channel: string, reason: HangupReason = 'normal'): void {
    this.world.end(channel, reason);
  }
  press(channel: string, digit: string): void {
    this.world.presses(channel, digit);
  }
  finishPlayback(playback: string, end: PlaybackEnd = 'finished'): void {
    this.world.playsToEnd(playback, end);
  }
  finishRecording(recording: string, end: RecordingEnd, durationMs?: number, spokenMs?: number): void {
    this.world.recordingEnds(recording, end, durationMs, spokenMs);
  }
  /** The phone registers, or the switch has found out that it is away. */
  async phone(phone: Phone, reachable: boolean): Promise<void> {
    if (reachable) {
      this.world.registers(phone.name);
      return;
    }
    await this.world.remove(phone.name);
    await this.world.provision(phone);
  }
  disconnect(silentMs = 0): void {
    this.world.disconnect('test', silentMs);
  }
  reconnect(): void {
    this.world.connect();
  }

  // The wire.

  /** The process at our end died: what was on its way in either direction is gone. */
  forget(): void {
    this.#events.length = 0;
    this.#commands.length = 0;
  }
  /** Something is told that is not so (any more). */
  emitOnly(event: SwitchEvent): void {
    this.#send(event);
  }
  /** An event comes a second time. */
  echo(): void {
    if (this.#last !== null && this.connected) this.#send(this.#last);
  }
  /** One of those on their way is lost, on a connection that stands; null: none was on its way. */
  lose(n: number): SwitchEvent | null {
    return this.#events.splice(n % Math.max(1, this.#events.length), 1)[0] ?? null;
  }
  deliver(): void {
    const event = this.#events.shift();
    if (event !== undefined) this.#handler(event);
  }
  async perform(): Promise<void> {
    await this.#commands.shift()?.();
  }
  /** Nothing that was asked for waits to be carried out. */
  get idleCommands(): boolean {
    return this.#commands.length === 0;
  }
  get idle(): boolean {
    return this.#events.length === 0 && this.#commands.length === 0;
  }

  // What call control asks for.

  snapshot(): Promise<SwitchSnapshot | null> {
    return this.world.snapshot();
  }
  answer(channel: string): Promise<CommandOutcome> {
    return this.#ask(`answer ${channel}`, () => this.world.answer(channel));
  }
  play(channel: string, playback: string, media: readonly Media[]): Promise<CommandOutcome> {
    return this.#ask(`play ${channel}`, () => this.world.play(channel, playback, media));
  }
  stopPlayback(playback: string): Promise<CommandOutcome> {
    return this.#ask(`stopPlayback ${playback}`, () => this.world.stopPlayback(playback));
  }
  record(channel: string, recording: string, limits: RecordingLimits): Promise<CommandOutcome> {
    return this.#ask(`record ${channel}`, () => this.world.record(channel, recording, limits));
  }
  recordCall(channel: string): ReturnType<Switch['recordCall']> {
    return this.#ask(`recordCall ${channel}`, () => this.world.recordCall(channel));
  }
  recordBridge(bridge: string, recording: string, maxMs: number): Promise<CommandOutcome> {
    return this.#ask(`recordBridge ${bridge}`, () => this.world.recordBridge(bridge, recording, maxMs));
  }
  checkRecording(recording: string): Promise<CommandOutcome> {
    return this.#ask(`checkRecording ${recording}`, () => this.world.checkRecording(recording));
  }
  stopRecording(recording: string): Promise<CommandOutcome> {
    return this.#ask(`stopRecording ${recording}`, () => this.world.stopRecording(recording));
  }
  startMusic(channel: string): Promise<CommandOutcome> {
    return this.#ask(`startMusic ${channel}`, () => this.world.startMusic(channel));
  }
  stopMusic(channel: string): Promise<CommandOutcome> {
    return this.#ask(`stopMusic ${channel}`, () => this.world.stopMusic(channel));
  }
  mute(channel: string, muted: boolean): Promise<CommandOutcome> {
    return this.#ask(`mute ${channel}`, () => this.world.mute(channel, muted));
  }
  spy(target: string, spy: string, how: 'listen' | 'whisper'): Promise<CommandOutcome> {
    return this.#ask(`spy ${target} ${how}`, () => this.world.spy(target, spy));
  }
  sendDigits(channel: string, digits: string): Promise<CommandOutcome> {
    return this.#ask(`sendDigits ${channel}`, () => this.world.sendDigits(channel, digits));
  }
  ring(request: RingRequest): Promise<CommandOutcome> {
    return this.#ask(`ring ${request.channel}`, () => this.world.ring(request));
  }
  bridge(bridge: string, channels: readonly string[]): Promise<CommandOutcome> {
    return this.#ask(`bridge ${bridge}`, () => this.world.bridge(bridge, channels));
  }
  unbridge(bridge: string, channel: string): Promise<CommandOutcome> {
    return this.#ask(`unbridge ${bridge}`, () => this.world.unbridge(bridge, channel));
  }
  destroyBridge(bridge: string): Promise<CommandOutcome> {
    return this.#ask(`destroyBridge ${bridge}`, () => this.world.destroyBridge(bridge));
  }
  hangup(channel: string, reason: HangupReason): Promise<CommandOutcome> {
    return this.#ask(`hangup ${channel}`, () => this.world.hangup(channel, reason));
  }
  provision(phone: Phone): Promise<CommandOutcome> {
    return this.world.provision(phone);
  }
  remove(name: string): Promise<CommandOutcome> {
    return this.world.remove(name);
  }

  /** What is asked of the switch by another way than its port, over the same wire. */
  alsoAsk(text: string, work: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
    return this.#ask(text, work);
  }

  #ask<T extends CommandOutcome>(text: string, work: () => Promise<T>): Promise<T> {
    this.onAsked(text);
    const carryOut = async (): Promise<T> => {
      this.log.push(text);
      const fault = this.connected ? this.faults.get(text.split(' ')[0] ?? '')?.shift() : undefined;
      if (fault === undefined) return work();
      if (fault.kind === 'unknown' && fault.reason === DONE_ALL_THE_SAME) await work();
      return fault as T;
    };
    if (!this.slow) return carryOut();
    return new Promise((resolve, reject) => {
      this.#commands.push(() => carryOut().then(resolve, reject));
    });
  }

  #told(event: SwitchEvent): void {
    if (event.type === 'up' || event.type === 'down') {
      this.connected = event.type === 'up';
      this.#events.length = 0;
      this.#handler(event);
      return;
    }
    this.#last = event;
    this.#send(event);
  }

  #send(event: SwitchEvent): void {
    if (this.slow) this.#events.push(event);
    else this.#handler(event);
  }
}
