import { RtpEnd } from '../sound/rtp-end.ts';
import type { SipPeer } from './sip-link.ts';
import {
  formatSip,
  header,
  headersNamed,
  mediaOf,
  type SipMessage,
  sdpOf,
  tagOf,
  uriOf,
  userOf,
} from './sip-message.ts';

export type PhoneCallEnd = 'cancelled' | 'byThem' | 'byUs' | 'rejected';

/** What a call needs of the phone it came to. */
export interface PhoneSide {
  readonly host: string;
  request(to: SipPeer, build: (via: readonly [string, string]) => string): Promise<SipMessage>;
  respond(request: SipMessage, from: SipPeer, status: number, localTag: string, body?: string): void;
  forget(callId: string): void;
}

/** One call that came to a phone: ringing -> talking -> over, or ringing -> over. */
export class PhoneCall {
  readonly id: string;
  readonly receivedAt = Date.now();
  /** Number shown, '' when withheld. */
  readonly from: string;
  readonly displayName: string;
  /** The number that was called, for a phone that stands for several. */
  readonly dialled: string;
  /** Resolves once, whoever ended it. */
  readonly ended: Promise<PhoneCallEnd>;
  /** Resolves when the answer was acknowledged. */
  readonly connected: Promise<void>;
  state: 'new' | 'ringing' | 'answered' | 'talking' | 'over' = 'new';
  #end: (how: PhoneCallEnd) => void = () => undefined;
  #connect: () => void = () => undefined;
  readonly #phone: PhoneSide;
  readonly #invite: SipMessage;
  readonly #peer: SipPeer;
  readonly #tag: string;
  #sound: RtpEnd | null = null;
  #answering: Promise<void> | null = null;
  #sequence = 1;

  constructor(phone: PhoneSide, invite: SipMessage, peer: SipPeer, tag: string) {
    this.#phone = phone;
    this.#invite = invite;
    this.#peer = peer;
    this.#tag = tag;
    this.id = header(invite, 'call-id');
    this.from = userOf(header(invite, 'from'));
    this.displayName = /^\s*"((?:[^"\\]|\\.)*)"/.exec(header(invite, 'from'))?.[1] ?? '';
    this.dialled = userOf(invite.uri);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.connected = new Promise((resolve) => {
      this.#connect = resolve;
    });
    phone.respond(invite, peer, 100, tag);
  }

  /** A header of the INVITE by which it came; '' without one. */
  sipHeader(name: string): string {
    return header(this.#invite, name.toLowerCase());
  }

  /** The sound of this call; there is none before the answer. */
  get sound(): RtpEnd {
    if (this.#sound === null) throw new Error('this call has no sound yet: answer it first');
    return this.#sound;
  }

  ring(): void {
    if (this.state !== 'new') return;
    this.state = 'ringing';
    this.#phone.respond(this.#invite, this.#peer, 180, this.#tag);
  }

  /** Picks up. The sound is there at once; `connected` tells when the switch has acknowledged. */
  async answer(): Promise<void> {
    if (this.state !== 'new' && this.state !== 'ringing') return;
    this.state = 'answered';
    this.#answering = this.#pickUp();
    await this.#answering;
  }

  /** 486: busy here; 603: declined; 480: not available. */
  reject(status = 486): void {
    if (this.state !== 'new' && this.state !== 'ringing') return;
    this.#phone.respond(this.#invite, this.#peer, status, this.#tag);
    this.over('rejected');
  }

  /** Hangs up, or rejects what is not answered yet. */
  async hangUp(): Promise<void> {
    if (this.state === 'new' || this.state === 'ringing') return this.reject(480);
    if (this.state === 'over') return;
    await this.#answering;
    this.over('byUs');
    this.#sequence += 1;
    const route = headersNamed(this.#invite, 'record-route').map((value) => ['Route', value] as const);
    await this.#phone.request(this.#peer, (via) =>
      formatSip(
        `BYE ${uriOf(header(this.#invite, 'contact'))} SIP/2.0`,
        [
          via,
          ['Max-Forwards', '70'],
          ...route,
          ['From', `${header(this.#invite, 'to')};tag=${this.#tag}`],
          ['To', header(this.#invite, 'from')],
          ['Call-ID', this.id],
          ['CSeq', `${this.#sequence} BYE`],
        ],
        '',
      ),
    );
  }

  /** A message within this call. */
  receive(message: SipMessage, from: SipPeer): void {
    switch (message.method) {
      case 'INVITE':
        this.#invitedAgain(message, from);
        return;
      case 'ACK':
        if (this.state !== 'answered') return;
        this.state = 'talking';
        this.#connect();
        return;
      case 'CANCEL':
        this.#phone.respond(message, from, 200, this.#tag);
        if (this.state !== 'new' && this.state !== 'ringing') return;
        this.#phone.respond(this.#invite, this.#peer, 487, this.#tag);
        this.over('cancelled');
        return;
      case 'BYE':
        this.#phone.respond(message, from, 200, this.#tag);
        this.over('byThem');
        return;
      default:
        // UPDATE, OPTIONS, INFO, NOTIFY: heard and agreed to.
        this.#phone.respond(message, from, 200, this.#tag, message.body === '' ? '' : this.#sdp());
    }
  }

  over(how: PhoneCallEnd): void {
    if (this.state === 'over') return;
    this.state = 'over';
    this.#sound?.close();
    this.#end(how);
    this.#phone.forget(this.id);
  }

  async #pickUp(): Promise<void> {
    const sound = await RtpEnd.open(this.#phone.host);
    this.#sound = sound;
    const media = mediaOf(this.#invite.body);
    if (media !== null) sound.connect(media.host, media.port);
    this.#phone.respond(this.#invite, this.#peer, 200, this.#tag, this.#sdp());
  }

  #invitedAgain(message: SipMessage, from: SipPeer): void {
    if (tagOf(header(message, 'to')) === '') {
      // The same INVITE once more: our answer was late.
      if (this.#sound !== null) this.#phone.respond(this.#invite, from, 200, this.#tag, this.#sdp());
      return;
    }
    const media = mediaOf(message.body);
    if (media !== null) this.#sound?.connect(media.host, media.port);
    this.#phone.respond(message, from, 200, this.#tag, this.#sdp());
  }

  #sdp(): string {
    return this.#sound === null ? '' : sdpOf(this.#phone.host, this.#sound.port);
  }
}
