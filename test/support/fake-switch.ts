import type { Phone, PhoneProvisioner } from '../../src/app/ports/phones.ts';
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
} from '../../src/app/ports/switch.ts';
import { dialable, type FakeChannel, isPhoneName, isRecordingName, newChannel } from './fake-channel.ts';

const DONE: CommandOutcome = { kind: 'done' };
const GONE: CommandOutcome = { kind: 'gone' };
const AWAY: CommandOutcome = { kind: 'unknown', reason: 'the switch is out of reach' };
const NEITHER: CommandOutcome = {
  kind: 'refused',
  reason: 'the target is neither a phone nor a number nor a centre',
};

/**
 * A telephone switch in memory, without time of its own: what happens in the world happens when the test says so, and
 * is told before the saying returns. Passes the same contract suite as the adapter for Asterisk. Modes: connected or
 * not; accepting or not.
 */
export class FakeSwitch implements Switch, PhoneProvisioner {
  /** Files that exist; playing another fails. */
  readonly files = new Set<string>();
  /** Calls that were not claimed and went to the dialplan's own queue. */
  readonly fellBack: string[] = [];
  readonly channels = new Map<string, FakeChannel>();
  /** What was asked to be rung, in order. */
  readonly rung: RingRequest[] = [];
  readonly bridges = new Set<string>();
  readonly playbacks = new Map<string, string>();
  /** Recordings that are going on -> whose. */
  readonly recordings = new Map<string, string>();
  /** Why calls that we make cannot be recorded; '': they can. */
  recordingFault = '';
  /** Channels of which a conversation is recorded. */
  readonly recorded = new Set<string>();
  /** Spies -> on whom. */
  readonly spies = new Map<string, string>();
  readonly #phones = new Map<string, { reachable: boolean; present: boolean; foreignChannels: number }>();
  /** Channels that ended while nobody was connected. */
  readonly #missed = new Map<string, HangupReason>();
  #handler: (event: SwitchEvent) => void = () => undefined;
  /** Without time of its own: a test that restarts it may say when that was. */
  #startedMs = 0;
  #connected = false;
  #accepting = false;

  onEvent(handler: (event: SwitchEvent) => void): void {
    this.#handler = handler;
  }
  start(): Promise<void> {
    this.connect();
    return Promise.resolve();
  }
  stop(): Promise<void> {
    this.#connected = false;
    return Promise.resolve();
  }
  setAccepting(accepting: boolean): void {
    this.#accepting = accepting;
  }

  // ---- what the world does ----

  disconnect(reason: string, silentMs = 0): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#handler({ type: 'down', reason, silentMs });
  }
  connect(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#emit({ type: 'up', snapshot: this.#picture() });
    for (const channel of this.#missed.keys())
      this.#emit({ type: 'ended', channel, reason: 'normal', cause: 0 });
    this.#missed.clear();
  }
  /** The switch itself starts anew: it knows no call and no phone. */
  restart(startedMs = Number.MAX_SAFE_INTEGER): void {
    this.#startedMs = startedMs;
    this.disconnect('restarted');
    for (const id of [...this.channels.keys()]) this.end(id, 'unknown');
    for (const held of [this.channels, this.bridges, this.playbacks, this.recordings, this.#phones])
      held.clear();
    this.connect();
  }
  arrive(call: IncomingCall): void {
    if (!this.#connected || !this.#accepting) {
      this.fellBack.push(call.callId);
      return;
    }
    this.channels.set(call.channel, newChannel(call.channel, { incoming: call }));
    this.#emit({ type: 'incoming', ...call });
  }
  registers(phone: string): void {
    const known = this.#phones.get(phone);
    if (known === undefined) return;
    known.present = true;
    if (!known.reachable) {
      known.reachable = true;
      this.#emit({ type: 'phone', phone, reachable: true });
    }
  }
  /** Its cable is pulled: the switch has not noticed yet. */
  vanishes(phone: string): void {
    const known = this.#phones.get(phone);
    if (known !== undefined) known.present = false;
  }
  legOf(phone: string): string | null {
    return [...this.channels.values()].find(({ target }) => target === phone)?.id ?? null;
  }
  picksUp(channel: string): void {
    const leg = this.channels.get(channel);
    if (leg === undefined || leg.up) return;
    leg.up = true;
    this.#emit({ type: 'answered', channel });
  }
  ringTimePasses(channel: string): void {
    const leg = this.channels.get(channel);
    if (leg !== undefined && !leg.up) this.end(channel, leg.rang ? 'noAnswer' : 'unreachable');
  }
  playsToEnd(playback: string, end: PlaybackEnd = 'finished'): void {
    if (this.playbacks.delete(playback)) this.#emit({ type: 'playbackEnded', playback, end });
  }
  /** `durationMs`, `spokenMs`: what is in it. */
  recordingEnds(recording: string, end: RecordingEnd, durationMs = 4_000, spokenMs = durationMs): void {
    if (!this.recordings.delete(recording)) return;
    this.#emit({ type: 'recordingEnded', recording, end, durationMs, spokenMs });
  }
  presses(channel: string, digit: string): void {
    if (this.channels.has(channel)) this.#emit({ type: 'dtmf', channel, digit });
  }
  foreignCalls(phone: string, foreignChannels: number): void {
    const known = this.#phones.get(phone);
    if (known === undefined) return;
    known.foreignChannels = foreignChannels;
    this.#emit({ type: 'phoneUse', phone, foreignChannels });
  }
  /** Somebody hangs up, or the network does. */
  end(channel: string, reason: HangupReason): void {
    if (!this.channels.delete(channel)) return;
    for (const [playback, on] of this.playbacks) if (on === channel) this.playsToEnd(playback, 'hungUp');
    for (const [recording, on] of this.recordings)
      if (on === channel) this.recordingEnds(recording, 'hungUp');
    this.spies.delete(channel);
    this.recorded.delete(channel);
    for (const [spy, on] of [...this.spies]) if (on === channel) this.end(spy, 'normal');
    if (this.#connected) this.#emit({ type: 'ended', channel, reason, cause: 0 });
    else this.#missed.set(channel, reason);
  }

  // ---- what call control asks ----

  snapshot(): Promise<SwitchSnapshot | null> {
    return Promise.resolve(this.#connected ? this.#picture() : null);
  }
  answer(channel: string): Promise<CommandOutcome> {
    return this.#on(channel, (one) => {
      one.up = true;
      return DONE;
    });
  }
  play(channel: string, playback: string, media: readonly Media[]): Promise<CommandOutcome> {
    return this.#on(channel, (one) => {
      if (this.playbacks.has(playback)) return { kind: 'exists' };
      one.music = false;
      this.playbacks.set(playback, channel);
      const missing = media.some(({ path }) => !this.files.has(path));
      if (media.length === 0 || missing) {
        queueMicrotask(() => this.playsToEnd(playback, missing ? 'failed' : 'finished'));
      }
      return DONE;
    });
  }
  stopPlayback(playback: string): Promise<CommandOutcome> {
    return this.#command(() => {
      if (!this.playbacks.has(playback)) return GONE;
      this.playsToEnd(playback, 'cancelled');
      return DONE;
    });
  }
  record(channel: string, recording: string, _limits: RecordingLimits): Promise<CommandOutcome> {
    if (!isRecordingName(recording)) {
      return Promise.resolve({ kind: 'refused', reason: 'not a name of a recording' });
    }
    return this.#on(channel, () => {
      if (this.recordings.has(recording)) return { kind: 'exists' };
      this.recordings.set(recording, channel);
      return DONE;
    });
  }
  recordCall(channel: string): ReturnType<Switch['recordCall']> {
    const one = this.channels.get(channel);
    if (!this.#connected) return Promise.resolve({ kind: 'unknown', reason: 'the switch is out of reach' });
    if (one === undefined) return Promise.resolve({ kind: 'gone' });
    if (!one.up) return Promise.resolve({ kind: 'refused', reason: 'it was not answered' });
    one.bridge = null;
    const { recordingFault } = this;
    if (recordingFault !== '') return Promise.resolve({ kind: 'done', recording: '', recordingFault });
    this.recorded.add(channel);
    const name = channel.slice(0, channel.lastIndexOf('.'));
    return Promise.resolve({ kind: 'done', recording: `2026/01/01/${name}.raw` });
  }
  recordBridge(bridge: string, recording: string, _maxMs: number): Promise<CommandOutcome> {
    if (!isRecordingName(recording)) {
      return Promise.resolve({ kind: 'refused', reason: 'not a name of a recording' });
    }
    return this.#command(() => {
      if (!this.bridges.has(bridge)) return GONE;
      if (this.recordings.has(recording)) return { kind: 'exists' };
      this.recordings.set(recording, bridge);
      return DONE;
    });
  }
  checkRecording(recording: string): Promise<CommandOutcome> {
    return this.#command(() => (this.recordings.has(recording) ? DONE : GONE));
  }
  stopRecording(recording: string): Promise<CommandOutcome> {
    return this.#command(() => {
      if (!this.recordings.has(recording)) return GONE;
      this.recordingEnds(recording, 'stopped');
      return DONE;
    });
  }
  startMusic(channel: string): Promise<CommandOutcome> {
    return this.#on(channel, (one) => {
      one.music = true;
      return DONE;
    });
  }
  stopMusic(channel: string): Promise<CommandOutcome> {
    return this.#on(channel, (one) => {
      one.music = false;
      return DONE;
    });
  }
  mute(channel: string, muted: boolean): Promise<CommandOutcome> {
    return this.#on(channel, (one) => {
      one.muted = muted;
      return DONE;
    });
  }
  spy(target: string, spy: string): Promise<CommandOutcome> {
    return this.#on(target, () => {
      if (this.channels.has(spy)) return { kind: 'exists' };
      this.channels.set(spy, newChannel(spy, { originator: target, up: true }));
      this.spies.set(spy, target);
      return DONE;
    });
  }
  sendDigits(channel: string, digits: string): Promise<CommandOutcome> {
    if (!/^[0-9*#A-D]{1,32}$/.test(digits)) return Promise.resolve({ kind: 'refused', reason: 'not keys' });
    return this.#on(channel, (one) => {
      one.digits += digits;
      return DONE;
    });
  }
  ring(request: RingRequest): Promise<CommandOutcome> {
    return this.#command(() => {
      this.rung.push(request);
      const { target, channel, headers = {} } = request;
      const name = dialable(target);
      if (name === null) return NEITHER;
      if (
        !Object.entries(headers).every(([key, value]) => /^X-[\w-]+$/.test(key) && /^[ -~]+$/.test(value))
      ) {
        return { kind: 'refused', reason: 'not a header' };
      }
      if (this.channels.has(channel)) return { kind: 'exists' };
      const phone = this.#phones.get(name);
      if (target.kind === 'phone' && phone?.reachable !== true) {
        return { kind: 'refused', reason: 'the phone is not reachable' };
      }
      const rang = phone?.present ?? true;
      const { originator } = request;
      this.channels.set(channel, newChannel(channel, { target: name, originator, rang, headers }));
      if (rang) this.#emit({ type: 'ringing', channel });
      return DONE;
    });
  }
  bridge(bridge: string, channels: readonly string[]): Promise<CommandOutcome> {
    return this.#command(() => {
      this.bridges.add(bridge);
      const members = channels.map((channel) => this.channels.get(channel));
      if (members.includes(undefined)) return GONE;
      for (const one of members) if (one !== undefined) Object.assign(one, { bridge, music: false });
      return DONE;
    });
  }
  unbridge(bridge: string, channel: string): Promise<CommandOutcome> {
    return this.#on(channel, (one) => {
      if (one.bridge !== bridge) return GONE;
      one.bridge = null;
      return DONE;
    });
  }
  destroyBridge(bridge: string): Promise<CommandOutcome> {
    return this.#command(() => {
      for (const one of this.channels.values()) if (one.bridge === bridge) one.bridge = null;
      for (const [recording, on] of this.recordings)
        if (on === bridge) this.recordingEnds(recording, 'stopped');
      return this.bridges.delete(bridge) ? DONE : GONE;
    });
  }
  hangup(channel: string, reason: HangupReason): Promise<CommandOutcome> {
    return this.#on(channel, () => {
      this.end(channel, reason);
      return DONE;
    });
  }
  provision(phone: Phone): Promise<CommandOutcome> {
    return this.#command(() => {
      if (!isPhoneName(phone.name)) return { kind: 'refused', reason: 'not a name of a phone' };
      if (!this.#phones.has(phone.name)) {
        this.#phones.set(phone.name, { reachable: false, present: false, foreignChannels: 0 });
      }
      return DONE;
    });
  }
  remove(name: string): Promise<CommandOutcome> {
    return this.#command(() => {
      if (!this.#phones.delete(name)) return GONE;
      this.#emit({ type: 'phone', phone: name, reachable: false });
      return DONE;
    });
  }

  #on(channel: string, work: (one: FakeChannel) => CommandOutcome): Promise<CommandOutcome> {
    return this.#command(() => {
      const one = this.channels.get(channel);
      return one === undefined ? GONE : work(one);
    });
  }
  #command(work: () => CommandOutcome): Promise<CommandOutcome> {
    return Promise.resolve(this.#connected ? work() : AWAY);
  }
  #emit(event: SwitchEvent): void {
    if (this.#connected) this.#handler(event);
  }
  #picture(): SwitchSnapshot {
    return {
      startedMs: this.#startedMs,
      channels: [...this.channels.values()].map(({ id, up, bridge, incoming, target, music }) => ({
        channel: id,
        up,
        bridge,
        ...(music ? { music } : {}),
        ...(target !== null && this.#phones.has(target) ? { phone: target } : {}),
        incoming,
      })),
      bridges: [...this.bridges].map((bridge) => ({
        bridge,
        channels: [...this.channels.values()].filter((one) => one.bridge === bridge).map(({ id }) => id),
      })),
      phones: [...this.#phones].map(([phone, { reachable, foreignChannels }]) => ({
        phone,
        reachable,
        foreignChannels,
      })),
    };
  }
}
