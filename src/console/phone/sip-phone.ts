import type { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { RTCSessionEvent } from 'jssip/lib/UA';

export interface SipAccount {
  readonly socketAddress: string;
  /** `sip:NAME@HOST`. */
  readonly uri: string;
  readonly secret: string;
}

/** Of the registration. `cut`: the socket is lost and comes back by itself; `refused`: the switch does not take it. */
export type LineNow =
  | { readonly kind: 'off' | 'connecting' | 'registered' | 'cut' }
  | { readonly kind: 'refused'; readonly cause: string };

export interface SipPhoneEvents {
  line(now: LineNow): void;
  /** The one call of this telephone: it rings, is talked on, or is gone. */
  call(now: 'rings' | 'talks' | 'none'): void;
  /** What is heard; null: nothing any more. */
  sound(heard: MediaStream | null): void;
  /** Whether the sound of the call comes and goes; false while the way between us and the switch is broken. */
  carried(now: boolean): void;
}

const REGISTER_FOR_S = 120;
/** Between tries to reach the switch, in seconds: JsSIP doubles from one to the other. */
const RECOVERY_S = { least: 1, most: 20 };
const BUSY_HERE = 486;
/** JsSIP's own words. */
const CONNECTION_LOST = 'Connection Error';
const SOUND_LOST = 'RTP Timeout';
/** Q.850 27, destination out of order: the switch takes it for a telephone that was lost, and rings it again. */
const NO_GOOD_BYE = 'Reason: Q.850;cause=27;text="sound lost"';
const BROKEN: readonly RTCIceConnectionState[] = ['disconnected', 'failed', 'closed'];

/** JsSIP has it and does not say so: the way to the switch, which it looks for again ever more seldom. */
interface WithTransport {
  readonly transport: { connect(): void };
}

/**
 * A telephone in this page: registered over a WebSocket, one call at a time. It carries the sound and picks up; who is
 * talking with whom is what the switch says. A page that is closed says no good-bye here: a good-bye would end the
 * citizen's call, silence has the agent rung again.
 */
export class SipPhone {
  readonly #ua: UA;
  readonly #events: SipPhoneEvents;
  #session: RTCSession | null = null;
  #stopped = false;

  private constructor(ua: UA, events: SipPhoneEvents) {
    this.#ua = ua;
    this.#events = events;
  }

  /** JsSIP is fetched here: who is no agent never loads it. */
  static async start(account: SipAccount, events: SipPhoneEvents): Promise<SipPhone> {
    const { UA, WebSocketInterface } = await import('jssip');
    const ua = new UA({
      sockets: [new WebSocketInterface(account.socketAddress)],
      uri: account.uri,
      password: account.secret,
      register_expires: REGISTER_FOR_S,
      session_timers: false,
      connection_recovery_min_interval: RECOVERY_S.least,
      connection_recovery_max_interval: RECOVERY_S.most,
    });
    const phone = new SipPhone(ua, events);
    phone.#listen();
    events.line({ kind: 'connecting' });
    ua.start();
    return phone;
  }

  get connection(): RTCPeerConnection | null {
    return this.#session?.connection ?? null;
  }

  /** Picks up and speaks what this stream hears. */
  answer(mediaStream: MediaStream): void {
    this.#session?.answer({ mediaStream, pcConfig: { iceServers: [] } });
  }

  /** Ends the call, or refuses it while it rings. */
  hangUp(): void {
    const session = this.#session;
    if (session === null || session.isEnded()) return;
    if (session.isEstablished()) session.terminate();
    else session.terminate({ status_code: BUSY_HERE });
  }

  /** Speaks something else from now on: another microphone. */
  async speak(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    const sender = this.connection?.getSenders().find((one) => one.track?.kind === 'audio');
    if (track !== undefined) await sender?.replaceTrack(track);
  }

  /** Registers anew, at once; where the socket is lost it is looked for now and not when its pause is over. */
  tryAgain(): void {
    if (this.#stopped) return;
    if (this.#ua.isConnected()) this.#ua.register();
    else (this.#ua as unknown as WithTransport).transport.connect();
  }

  /** No more calls here. A talk that goes on ends with it. */
  stop(): void {
    this.#stopped = true;
    this.#ua.stop();
    this.#events.line({ kind: 'off' });
  }

  #listen(): void {
    const ua = this.#ua;
    // Whoever was put away says no more of a line that is another's by now.
    const line = (now: LineNow): void => {
      if (!this.#stopped) this.#events.line(now);
    };
    ua.on('registered', () => line({ kind: 'registered' }));
    ua.on('disconnected', () => line({ kind: 'cut' }));
    ua.on('connecting', ({ attempts }) => {
      if (attempts === 1) line({ kind: 'connecting' });
    });
    ua.on('registrationFailed', ({ cause, response }) => {
      // The socket was lost: that is told by itself, and comes back by itself.
      if (response == null && cause === CONNECTION_LOST) return;
      line({ kind: 'refused', cause: `${response?.status_code ?? ''} ${cause ?? ''}`.trim() });
    });
    ua.on('unregistered', () => {
      // With its socket the registration goes as well: that has been told. Else nobody here asked for it.
      if (ua.isConnected()) line({ kind: 'refused', cause: 'unregistered' });
    });
    ua.on('newRTCSession', ({ originator, session }: RTCSessionEvent) => {
      if (originator === 'remote') this.#rung(session);
    });
  }

  /** The switch rings nobody who talks: a call beside another means that the other is dead and not told of. */
  #rung(session: RTCSession): void {
    const old = this.#session;
    this.#session = session;
    if (old !== null && !old.isEnded()) old.terminate();
    const { call, sound, carried } = this.#events;
    carried(true);
    saysNoGoodBye(session);
    const over = (): void => {
      if (this.#session !== session) return;
      this.#session = null;
      sound(null);
      call('none');
    };
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('iceconnectionstatechange', () => {
        if (this.#session === session) carried(!BROKEN.includes(peerconnection.iceConnectionState));
      });
      peerconnection.addEventListener('track', ({ track }) => {
        if (this.#session === session) sound(new MediaStream([track]));
      });
    });
    session.on('accepted', () => call('talks'));
    session.on('ended', over);
    session.on('failed', over);
    call('rings');
  }
}

/** JsSIP ends by itself a talk whose sound is lost, in the words of an agent who hangs up: the citizen would be gone. */
function saysNoGoodBye(session: RTCSession): void {
  const terminate = session.terminate.bind(session);
  session.terminate = (options) => {
    const isLost = options?.cause === SOUND_LOST;
    terminate(isLost ? { cause: SOUND_LOST, extraHeaders: [NO_GOOD_BYE] } : options);
  };
}
