/**
 * The telephone switch, in the words of call control. `adapters/ari` implements it over Asterisk; the in-memory
 * fake in `test/support` passes the same contract suite. Nothing here names ARI, PJSIP or HTTP.
 *
 * Rules of the port:
 * - Ids of what we create (legs, bridges, playbacks) are ours and begin with the call id, so a repeated create is
 *   recognised (`exists`) and an event that comes before its answer is not a stranger.
 * - Every command ends in a named outcome and never throws for what the telephone does: a caller who left is `gone`.
 * - `unknown` means the switch did not answer in time: the command may or may not have happened; read `snapshot()`.
 * - Events come late, twice or never. One handler gets them all, in order.
 */
export type ChannelId = string;
export type BridgeId = string;
export type PlaybackId = string;
export type RecordingId = string;
/** Name of an agent's phone at the switch; letters, digits and `-`, never all digits. */
export type PhoneName = string;

export type CommandOutcome =
  | { readonly kind: 'done' }
  /** The channel, bridge or playback is not there (any more): the ordinary end of a race with a hang-up. */
  | { readonly kind: 'gone' }
  /** An earlier try of the same create already made it. */
  | { readonly kind: 'exists' }
  /** The switch said no and will say no again; `reason` is for the log. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer within the command's time, or the connection is down. */
  | { readonly kind: 'unknown'; readonly reason: string };

export type PlaybackEnd = 'finished' | 'cancelled' | 'failed' | 'hungUp';

/** `silent`: nothing was said for as long as was given. `full`: as long as it may be. `hungUp` keeps what there is. */
export type RecordingEnd = 'stopped' | 'silent' | 'full' | 'failed' | 'hungUp';

/** How a leg that we rang came to its end before anybody answered, or how an answered channel ended. */
export type HangupReason =
  | 'normal'
  | 'busy'
  | 'noAnswer'
  | 'rejected'
  | 'unreachable'
  | 'congestion'
  | 'answeredElsewhere'
  | 'unknown';

/** What the dialplan read from the carrier's INVITE, raw; recognising the number is the domain's work. */
export interface IncomingCall {
  readonly channel: ChannelId;
  /** Made by the dialplan before call control saw the call; names the recording too. */
  readonly callId: string;
  readonly trunk: string;
  /** User part of the request URI, as dialled. */
  readonly dialled: string;
  /** Empty when the caller withheld it. */
  readonly callerNumber: string;
  readonly headers: {
    readonly to: string;
    readonly diversion: readonly string[];
    readonly historyInfo: readonly string[];
    readonly pAssertedIdentity: string;
    /** The redirecting number as the switch read it; absent in calls noted by an earlier release. */
    readonly rdnis?: string;
    readonly from?: string;
  };
  /** Where the switch records this call, relative to the recordings folder; '' when it could not start. */
  readonly recording: string;
  /** Why it could not: a fault as in domain/recordings. */
  readonly recordingFault?: string;
  /** Set when the citizen has waited in the dialplan's own queue since then, because call control was away. */
  readonly waitingSinceMs?: number;
}

export type SwitchEvent =
  /** Connected and ready for commands. Sent after every (re)connection, before any other event of it. */
  | { readonly type: 'up'; readonly snapshot: SwitchSnapshot }
  /** `silentMs`: how long nothing had been heard of it by then; left out: not at all. */
  | { readonly type: 'down'; readonly reason: string; readonly silentMs?: number }
  | ({ readonly type: 'incoming' } & IncomingCall)
  /** A leg made with `ring` was answered. */
  | { readonly type: 'answered'; readonly channel: ChannelId }
  /** A leg made with `ring` is ringing at the far end. */
  | { readonly type: 'ringing'; readonly channel: ChannelId }
  | {
      readonly type: 'ended';
      readonly channel: ChannelId;
      readonly reason: HangupReason;
      readonly cause: number;
      /** The switch itself goes down and puts out whoever is in it: neither side hung up. */
      readonly putOut?: true;
    }
  | { readonly type: 'playbackEnded'; readonly playback: PlaybackId; readonly end: PlaybackEnd }
  | {
      readonly type: 'recordingEnded';
      readonly recording: RecordingId;
      readonly end: RecordingEnd;
      readonly durationMs: number;
      /** Of it, what was no silence; null when the switch does not say. */
      readonly spokenMs: number | null;
    }
  | { readonly type: 'dtmf'; readonly channel: ChannelId; readonly digit: string }
  /** Proven reachability of a phone: registered and answering OPTIONS, or not. */
  | { readonly type: 'phone'; readonly phone: PhoneName; readonly reachable: boolean }
  /** Channels on this phone that are not ours (fallback queue, direct call): the agent is busy elsewhere while > 0. */
  | { readonly type: 'phoneUse'; readonly phone: PhoneName; readonly foreignChannels: number };

export interface SwitchSnapshot {
  /** When the switch was started, epoch milliseconds: no call of before lives. Null when it does not say. */
  readonly startedMs: number | null;
  /** Channels under our control, the oldest first: citizens found waiting keep their order. */
  readonly channels: readonly {
    readonly channel: ChannelId;
    readonly up: boolean;
    readonly bridge: BridgeId | null;
    /** It is known to hear music. What was asked for and not answered is not known, nor what an earlier process asked for. */
    readonly music?: true;
    /** The phone at its far end, where it is one of ours. */
    readonly phone?: PhoneName;
    /** Set for a caller's channel that came from a trunk, as in `incoming`, so that it can be adopted. */
    readonly incoming: IncomingCall | null;
  }[];
  readonly bridges: readonly { readonly bridge: BridgeId; readonly channels: readonly ChannelId[] }[];
  readonly phones: readonly {
    readonly phone: PhoneName;
    readonly reachable: boolean;
    readonly foreignChannels: number;
  }[];
}

export type RingTarget =
  | { readonly kind: 'phone'; readonly phone: PhoneName }
  /** A number of the public network, digits only (checked again by the adapter), out through a trunk. */
  | { readonly kind: 'number'; readonly trunk: string; readonly number: string }
  /** Another centre, `sip:DIGITS@HOST[:PORT]` (checked again by the adapter), out through a trunk. */
  | { readonly kind: 'centre'; readonly trunk: string; readonly address: string };

export interface RecordingLimits {
  readonly maxMs: number;
  /** Ends the recording when nobody speaks for that long. */
  readonly silenceMs: number;
}

/** As in `IncomingCall`. */
export interface CallRecording {
  readonly kind: 'done';
  readonly recording: string;
  readonly recordingFault?: string;
}

export interface RingRequest {
  readonly channel: ChannelId;
  readonly target: RingTarget;
  /** The channel on whose behalf we ring; null: none yet, a call that we make begins so. */
  readonly originator: ChannelId | null;
  /** Shown on the called phone. Digits or ''. */
  readonly callerNumber: string;
  readonly callerName: string;
  /** The switch gives up after this; call control keeps a timer of its own as well. */
  readonly ringTimeoutMs: number;
  /** A telephone is asked to answer at once by itself (the header by which intercoms do it); one that cannot rings. */
  readonly answersItself?: boolean;
  /** SIP headers of the INVITE, by name; values of printable ASCII (checked again by the adapter). */
  readonly headers?: Readonly<Record<string, string>>;
}

/** `silence` stands for nothing to play: it finishes at once. Files are absolute, without extension. */
export type Media = { readonly kind: 'file'; readonly path: string };

export interface Switch {
  /** One handler; a second call replaces the first. Called once, before `start`. */
  onEvent(handler: (event: SwitchEvent) => void): void;
  /** Connects and keeps connecting for ever, with jittered back-off. Resolves at the first attempt's end. */
  start(): Promise<void>;
  /** Stops reconnecting and closes. Channels stay as they are. */
  stop(): Promise<void>;
  /** While false, new calls are not claimed and the dialplan takes them to its fallback queue. */
  setAccepting(accepting: boolean): void;

  snapshot(): Promise<SwitchSnapshot | null>;
  answer(channel: ChannelId): Promise<CommandOutcome>;
  /** Plays the media one after the other; music on hold that was on stops and does not resume by itself. */
  play(channel: ChannelId, playback: PlaybackId, media: readonly Media[]): Promise<CommandOutcome>;
  stopPlayback(playback: PlaybackId): Promise<CommandOutcome>;
  /**
   * Records what the channel says, as `RECORDING.wav` in the folder of messages. `recordingEnded` follows as an event,
   * also when the caller hangs up; not for one that was refused.
   */
  record(channel: ChannelId, recording: RecordingId, limits: RecordingLimits): Promise<CommandOutcome>;
  /**
   * Begins the recording of a conversation on the answered leg of a citizen whom we called: two channels, under the name
   * of the call, as of a call that comes in. It is taken out of its bridge for that and has to be joined again. Begun
   * already, it is not begun anew. `gone`: it ended meanwhile, and that is told as an event.
   */
  recordCall(channel: ChannelId): Promise<CallRecording | Exclude<CommandOutcome, { readonly kind: 'done' }>>;
  /**
   * Records what all in the bridge say, mixed, as `RECORDING.wav` in the folder of messages. `recordingEnded` follows as
   * an event when it is stopped; it ends with the bridge too, and that is not always told.
   */
  recordBridge(bridge: BridgeId, recording: RecordingId, maxMs: number): Promise<CommandOutcome>;
  /** `done`: it goes on; `gone`: it is over, or never began. */
  checkRecording(recording: RecordingId): Promise<CommandOutcome>;
  stopRecording(recording: RecordingId): Promise<CommandOutcome>;
  startMusic(channel: ChannelId): Promise<CommandOutcome>;
  stopMusic(channel: ChannelId): Promise<CommandOutcome>;
  /** Muted, it is not heard by the others and hears them still. Muting twice is muting once. */
  mute(channel: ChannelId, muted: boolean): Promise<CommandOutcome>;
  /**
   * Makes the channel `spy`, through which `target` and all that it is told are heard; `whisper`: what is said to the
   * spy is heard by the target alone. It ends with the target, as `ended`, and touches no bridge that the target is in.
   */
  spy(target: ChannelId, spy: ChannelId, how: 'listen' | 'whisper'): Promise<CommandOutcome>;
  /** Keys pressed towards the channel's far end: 1 to 32 of `0-9 * # A-D`. Never logged. */
  sendDigits(channel: ChannelId, digits: string): Promise<CommandOutcome>;
  /** Creates the leg and dials it. `answered` or `ended` follows as an event. */
  ring(request: RingRequest): Promise<CommandOutcome>;
  /** Joins channels to speak with each other; makes the bridge if it is not there. */
  bridge(bridge: BridgeId, channels: readonly ChannelId[]): Promise<CommandOutcome>;
  unbridge(bridge: BridgeId, channel: ChannelId): Promise<CommandOutcome>;
  destroyBridge(bridge: BridgeId): Promise<CommandOutcome>;
  hangup(channel: ChannelId, reason: HangupReason): Promise<CommandOutcome>;
}
