import type {
  CommandOutcome,
  HangupReason,
  IncomingCall,
  PlaybackEnd,
  RingRequest,
  Switch,
  SwitchEvent,
  SwitchSnapshot,
} from '../../../src/app/ports/switch.ts';

const DONE: CommandOutcome = { kind: 'done' };
const GONE: CommandOutcome = { kind: 'gone' };

export const DONE_ALL_THE_SAME = 'done all the same';

interface ModelChannel {
  up: boolean;
  bridge: string | null;
  music: boolean;
  readonly incoming: IncomingCall | null;
  readonly request: RingRequest | null;
}

/**
 * As little of a telephone switch as the invariants need: who exists, who is up, who hears whom. Unlike the fake that
 * passes the contract suite it can hold commands and events back, so that a test can let them cross.
 */
export class ModelSwitch implements Switch {
  readonly channels = new Map<string, ModelChannel>();
  readonly bridges = new Set<string>();
  readonly playbacks = new Map<string, string>();
  readonly log: string[] = [];
  readonly phones = new Map<string, { reachable: boolean; foreignChannels: number }>();
  accepting = false;
  connected = false;
  /** true: events wait for `deliver`, commands for `perform`. */
  slow = false;
  /** Answers the next commands of a name instead of doing them. */
  readonly faults = new Map<string, CommandOutcome[]>();
  readonly #events: SwitchEvent[] = [];
  readonly #commands: (() => void)[] = [];
  #last: SwitchEvent | null = null;
  #handler: (event: SwitchEvent) => void = () => undefined;

  onEvent(handler: (event: SwitchEvent) => void): void {
    this.#handler = handler;
  }
  async start(): Promise<void> {
    this.connected = true;
    this.emit({ type: 'up', snapshot: this.#picture() });
  }
  async stop(): Promise<void> {
    this.connected = false;
  }
  setAccepting(accepting: boolean): void {
    this.accepting = accepting;
  }

  // What the world does.

  arrive(incoming: IncomingCall): void {
    this.channels.set(incoming.channel, { up: false, bridge: null, music: false, incoming, request: null });
    this.emit({ type: 'incoming', ...incoming });
  }
  answerLeg(channel: string): void {
    const leg = this.channels.get(channel);
    if (leg === undefined || leg.up) return;
    leg.up = true;
    this.emit({ type: 'answered', channel });
  }
  /** A party hangs up, or its telephone goes. */
  end(channel: string, reason: HangupReason = 'normal'): void {
    const gone = this.channels.get(channel);
    if (gone === undefined) return;
    this.channels.delete(channel);
    for (const [playback, on] of this.playbacks) {
      if (on === channel) this.#endPlayback(playback, 'hungUp');
    }
    this.emit({ type: 'ended', channel, reason, cause: 16 });
  }
  finishPlayback(playback: string, end: PlaybackEnd = 'finished'): void {
    if (this.playbacks.has(playback)) this.#endPlayback(playback, end);
  }
  phone(phone: string, reachable: boolean): void {
    this.phones.set(phone, { reachable, foreignChannels: 0 });
    this.emit({ type: 'phone', phone, reachable });
  }
  /** Asterisk itself dies: nothing of it is left. */
  crash(): void {
    this.disconnect();
    this.channels.clear();
    this.bridges.clear();
    this.playbacks.clear();
  }
  /** The socket drops: events are lost until `reconnect`. */
  disconnect(): void {
    this.connected = false;
    this.#events.length = 0;
    this.#handler({ type: 'down', reason: 'test' });
  }
  reconnect(): void {
    this.connected = true;
    this.emit({ type: 'up', snapshot: this.#picture() });
  }

  // The wire.

  emit(event: SwitchEvent): void {
    if (!this.connected) return;
    if (event.type !== 'up') this.#last = event;
    if (this.slow) this.#events.push(event);
    else this.#handler(event);
  }
  /** Everything of the old connection is gone, as when its process died: what was asked for and not yet done, too. */
  forget(): void {
    this.#events.length = 0;
    this.#commands.length = 0;
  }
  /** An event comes a second time. */
  echo(): void {
    if (this.#last !== null) this.emit(this.#last);
  }
  deliver(): boolean {
    const event = this.#events.shift();
    if (event !== undefined) this.#handler(event);
    return event !== undefined;
  }
  perform(): boolean {
    const command = this.#commands.shift();
    command?.();
    return command !== undefined;
  }
  get idle(): boolean {
    return this.#events.length === 0 && this.#commands.length === 0;
  }

  // What call control asks for.

  snapshot(): Promise<SwitchSnapshot | null> {
    return Promise.resolve(this.connected ? this.#picture() : null);
  }
  answer(channel: string): Promise<CommandOutcome> {
    return this.#run('answer', channel, (one) => {
      one.up = true;
    });
  }
  play(channel: string, playback: string): Promise<CommandOutcome> {
    return this.#run('play', channel, (one) => {
      one.music = false;
      this.playbacks.set(playback, channel);
    });
  }
  stopPlayback(playback: string): Promise<CommandOutcome> {
    return this.#command(`stopPlayback ${playback}`, () => {
      if (!this.playbacks.has(playback)) return GONE;
      this.#endPlayback(playback, 'cancelled');
      return DONE;
    });
  }
  startMusic(channel: string): Promise<CommandOutcome> {
    return this.#run('startMusic', channel, (one) => {
      one.music = true;
    });
  }
  stopMusic(channel: string): Promise<CommandOutcome> {
    return this.#run('stopMusic', channel, (one) => {
      one.music = false;
    });
  }
  ring(request: RingRequest): Promise<CommandOutcome> {
    return this.#command(`ring ${request.channel}`, () => {
      if (this.channels.has(request.channel)) return { kind: 'exists' };
      if (!this.channels.has(request.originator)) return GONE;
      this.channels.set(request.channel, { up: false, bridge: null, music: false, incoming: null, request });
      return DONE;
    });
  }
  bridge(bridge: string, channels: readonly string[]): Promise<CommandOutcome> {
    return this.#command(`bridge ${bridge}`, () => {
      const members = channels.map((channel) => this.channels.get(channel));
      this.bridges.add(bridge);
      if (members.some((one) => one === undefined)) return GONE;
      for (const one of members) if (one !== undefined) one.bridge = bridge;
      return DONE;
    });
  }
  unbridge(_bridge: string, channel: string): Promise<CommandOutcome> {
    return this.#run('unbridge', channel, (one) => {
      one.bridge = null;
    });
  }
  destroyBridge(bridge: string): Promise<CommandOutcome> {
    return this.#command(`destroyBridge ${bridge}`, () => {
      for (const one of this.channels.values()) if (one.bridge === bridge) one.bridge = null;
      return this.bridges.delete(bridge) ? DONE : GONE;
    });
  }
  hangup(channel: string, reason: HangupReason): Promise<CommandOutcome> {
    return this.#command(`hangup ${channel}`, () => {
      if (!this.channels.has(channel)) return GONE;
      this.end(channel, reason);
      return DONE;
    });
  }

  #run(name: string, channel: string, change: (one: ModelChannel) => void): Promise<CommandOutcome> {
    return this.#command(`${name} ${channel}`, () => {
      const one = this.channels.get(channel);
      if (one === undefined) return GONE;
      change(one);
      return DONE;
    });
  }

  #command(text: string, perform: () => CommandOutcome): Promise<CommandOutcome> {
    const name = text.split(' ')[0] ?? text;
    const outcome = (): CommandOutcome => {
      this.log.push(text);
      if (!this.connected) return { kind: 'unknown', reason: 'disconnected' };
      const fault = this.faults.get(name)?.shift();
      if (fault === undefined) return perform();
      // No answer in time says nothing about whether it happened.
      if (fault.kind === 'unknown' && fault.reason === DONE_ALL_THE_SAME) perform();
      return fault;
    };
    if (!this.slow) return Promise.resolve(outcome());
    return new Promise((resolve) => {
      this.#commands.push(() => resolve(outcome()));
    });
  }

  #endPlayback(playback: string, end: PlaybackEnd): void {
    this.playbacks.delete(playback);
    this.emit({ type: 'playbackEnded', playback, end });
  }

  #picture(): SwitchSnapshot {
    return {
      channels: [...this.channels].map(([channel, { up, bridge, incoming }]) => ({
        channel,
        up,
        bridge,
        incoming,
      })),
      bridges: [...this.bridges].map((bridge) => ({
        bridge,
        channels: [...this.channels].filter(([, one]) => one.bridge === bridge).map(([channel]) => channel),
      })),
      phones: [...this.phones].map(([phone, state]) => ({ phone, ...state })),
    };
  }
}
