import type { PhoneProvisioner } from '../../app/ports/phones.ts';
import type {
  CommandOutcome,
  HangupReason,
  Media,
  RecordingLimits,
  RingRequest,
  Switch,
  SwitchEvent,
  SwitchSnapshot,
} from '../../app/ports/switch.ts';
import { UNCONTESTED } from '../../app/ports/tenure.ts';
import { BridgeLedger } from './bridges.ts';
import { Commands } from './commands.ts';
import type { Frame } from './frame.ts';
import { WANTED } from './frame.ts';
import { ChannelLedger } from './ledger.ts';
import { Narrator } from './narrator.ts';
import { type AriOptions, endpointOf } from './options.ts';
import { PhoneBook } from './phones.ts';
import { PlaybackLedger } from './playbacks.ts';
import { Recordings } from './recordings.ts';
import { type Picture, readPicture } from './resync.ts';
import { ringLeg } from './ring.ts';
import type { AriLog, AriSession } from './session.ts';
import { Sounds } from './sounds.ts';
import { spyOn } from './spy.ts';
import { Supervisor } from './supervisor.ts';
import { TalkBridges } from './talk-bridges.ts';
import { RecordingTrips } from './trip.ts';
import { hangupWord } from './vocabulary.ts';

/** The telephone switch over Asterisk's ARI. */
export function createAriSwitch(options: AriOptions): { switch: Switch; phones: PhoneProvisioner } {
  const made = new AriSwitch(options);
  return { switch: made, phones: made.phones };
}

class AriSwitch implements Switch {
  readonly phones: PhoneBook;
  readonly #app: string;
  readonly #log: AriLog;
  readonly #supervisor: Supervisor;
  readonly #commands: Commands;
  readonly #ledger = new ChannelLedger();
  readonly #bridged = new BridgeLedger();
  readonly #playbacks = new PlaybackLedger();
  readonly #recordings: Recordings;
  readonly #trips: RecordingTrips;
  readonly #narrator: Narrator;
  readonly #sounds: Sounds;
  readonly #bridges: TalkBridges;
  #handler: (event: SwitchEvent) => void = () => undefined;
  /** Frames that came before `up` was told; null once it was. */
  #early: Frame[] | null = [];
  #up = false;

  constructor(options: AriOptions) {
    this.#app = options.app;
    this.#log = options.log;
    this.#supervisor = new Supervisor(
      endpointOf(options),
      options.fencedMs ?? 60_000,
      {
        opened: (session) => this.#opened(session),
        frame: (frame) => {
          if (this.#early === null) this.#narrator.tell(frame);
          else this.#early.push(frame);
        },
        closed: (reason, silentMs) => this.#closed(reason, silentMs),
      },
      options.log,
    );
    this.#commands = new Commands(
      () => this.#supervisor.session?.client ?? null,
      options.commandTimeoutMs ?? 3_000,
      options.log,
      options.tenure ?? UNCONTESTED,
    );
    this.phones = new PhoneBook(
      this.#commands,
      options.app,
      (event) => this.#emit(event),
      (channel) => this.#ledger.isOrWas(channel),
    );
    this.#recordings = new Recordings(this.#commands);
    this.#trips = new RecordingTrips(this.#commands, this.#ledger, (channel) =>
      this.#narrator.ended(channel, 0),
    );
    this.#sounds = new Sounds(this.#commands, this.#playbacks, (playback) =>
      this.#narrator.playbackEnded(playback, 'done'),
    );
    this.#bridges = new TalkBridges(this.#commands, this.#ledger, this.#bridged, this.#sounds);
    this.#narrator = new Narrator({
      app: options.app,
      commands: this.#commands,
      ledger: this.#ledger,
      bridged: this.#bridged,
      playbacks: this.#playbacks,
      recordings: this.#recordings,
      phones: this.phones,
      trips: this.#trips,
      log: options.log,
      emit: (event) => this.#emit(event),
      replaced: () => {
        this.#supervisor.fence();
        options.onReplaced?.();
      },
    });
  }

  onEvent(handler: (event: SwitchEvent) => void): void {
    this.#handler = handler;
  }

  start(): Promise<void> {
    return this.#supervisor.start();
  }

  stop(): Promise<void> {
    this.#supervisor.stop();
    this.#up = false;
    this.#early = [];
    return Promise.resolve();
  }

  setAccepting(accepting: boolean): void {
    this.#narrator.accepting = accepting;
  }

  async snapshot(): Promise<SwitchSnapshot | null> {
    const picture = await readPicture(this.#commands, this.#app, this.#ledger);
    return picture === null ? null : this.#snapshotOf(picture);
  }

  answer(channel: string): Promise<CommandOutcome> {
    return this.#commands.run('answer', (client) => client.channels.answer({ channelId: channel }));
  }

  play(channel: string, playback: string, media: readonly Media[]): Promise<CommandOutcome> {
    return this.#sounds.play(channel, playback, media);
  }

  stopPlayback(playback: string): Promise<CommandOutcome> {
    return this.#sounds.stop(playback);
  }

  record(channel: string, recording: string, limits: RecordingLimits): Promise<CommandOutcome> {
    this.#sounds.mayStandInSilence(channel);
    return this.#recordings.record(channel, recording, limits);
  }

  recordCall(channel: string): ReturnType<Switch['recordCall']> {
    this.#sounds.mayStandInSilence(channel);
    return this.#trips.record(channel);
  }

  recordBridge(bridge: string, recording: string, maxMs: number): Promise<CommandOutcome> {
    return this.#recordings.recordBridge(this.#bridges.actual(bridge), recording, maxMs);
  }

  checkRecording(recording: string): Promise<CommandOutcome> {
    return this.#recordings.check(recording);
  }

  stopRecording(recording: string): Promise<CommandOutcome> {
    return this.#recordings.stop(recording);
  }

  startMusic(channel: string): Promise<CommandOutcome> {
    return this.#sounds.startMusic(channel);
  }

  stopMusic(channel: string): Promise<CommandOutcome> {
    return this.#sounds.stopMusic(channel);
  }

  mute(channel: string, muted: boolean): Promise<CommandOutcome> {
    return this.#sounds.mute(channel, muted);
  }

  sendDigits(channel: string, digits: string): Promise<CommandOutcome> {
    return this.#sounds.sendDigits(channel, digits);
  }

  spy(target: string, spy: string, how: 'listen' | 'whisper'): Promise<CommandOutcome> {
    return spyOn(this.#commands, this.#ledger, this.#app, { target, spy, how });
  }

  ring(request: RingRequest): Promise<CommandOutcome> {
    return ringLeg(this.#commands, this.#ledger, this.#app, request);
  }

  bridge(bridge: string, channels: readonly string[]): Promise<CommandOutcome> {
    return this.#bridges.join(bridge, channels);
  }

  unbridge(bridge: string, channel: string): Promise<CommandOutcome> {
    return this.#bridges.part(bridge, channel);
  }

  destroyBridge(bridge: string): Promise<CommandOutcome> {
    return this.#bridges.destroy(bridge);
  }

  hangup(channel: string, reason: HangupReason): Promise<CommandOutcome> {
    this.#ledger.asked(channel, reason);
    return this.#commands.run('hang up', (client) =>
      client.channels.hangup({ channelId: channel, reason: hangupWord(reason) }),
    );
  }

  /** Reads everything, tells `up`, then what came meanwhile. */
  async #opened(session: AriSession): Promise<void> {
    this.#early = [];
    await session.client.applications.filter({
      applicationName: this.#app,
      filter: { allowed: WANTED.map((type) => ({ type })) },
    });
    const before = this.#ledger.ids();
    const first = await readPicture(this.#commands, this.#app, this.#ledger);
    if (first === null) throw new Error("the switch's state could not be read");

    const present = new Set(first.channels.map(({ channel }) => channel));
    for (const { channel, up, incoming } of first.channels) {
      // A citizen adopted from another call control may hear its music.
      if (incoming !== null && !before.includes(channel)) this.#sounds.mayHearMusic(channel);
      const inStasis = !first.away.has(channel);
      this.#ledger.add(channel, incoming === null ? 'leg' : 'incoming', { up, inStasis });
      if (inStasis) this.#ledger.enteredStasis(channel);
      if (up) this.#ledger.answered(channel);
    }
    for (const { bridge, channels } of first.bridges) {
      for (const channel of channels) this.#bridged.entered(channel, bridge);
    }
    this.#bridges.found(first);
    this.#up = true;
    for (const endpoint of first.endpoints) this.phones.told(endpoint);
    this.#emit({ type: 'up', snapshot: this.#snapshotOf(first) });
    // What ended while nobody listened ends now, once.
    for (const channel of before) if (!present.has(channel)) this.#narrator.ended(channel, 0);
    const early = this.#early ?? [];
    this.#early = null;
    for (const frame of early) this.#narrator.tell(frame);
  }

  #closed(reason: string, silentMs: number): void {
    this.#early = [];
    this.#bridged.forget();
    if (!this.#up) return;
    this.#up = false;
    this.#emit({ type: 'down', reason, silentMs });
  }

  #snapshotOf(picture: Picture): SwitchSnapshot {
    return {
      startedMs: picture.startedMs,
      channels: picture.channels.map((one) =>
        this.#sounds.hearsMusic(one.channel) ? { ...one, music: true as const } : one,
      ),
      bridges: picture.bridges,
      phones: picture.endpoints.map((endpoint) => this.phones.view(endpoint)),
    };
  }

  #emit(event: SwitchEvent): void {
    if (event.type === 'ended') {
      this.#sounds.ended(event.channel);
      this.#bridges.ended(event.channel);
    }
    if (!this.#up && event.type !== 'down') return;
    try {
      this.#handler(event);
    } catch (error) {
      // One bad event must not cost the connection and with it every other call.
      this.#log.error({ err: error, event: event.type }, 'handling an event of the switch failed');
    }
  }
}
