import { randomBytes } from 'node:crypto';
import { authorization, challengeOf } from '../../src/demo/phone/digest.ts';
import { type SipLink, type SipPeer, udpLink } from '../../src/demo/phone/sip-link.ts';
import {
  formatSip,
  header,
  headersNamed,
  parseSip,
  type SipMessage,
  sdpOf,
  tagOf,
  uriOf,
  userOf,
} from '../../src/demo/phone/sip-message.ts';

/** Nobody listens to what is said: hundreds of conversations would be the benchmark's work, not the switch's. */
const DISCARD_PORT = 9;
const ANSWER_WITHIN_MS = 5_000;
const EXPIRES_S = 600;

const token = (): string => randomBytes(8).toString('hex');

export interface BankPhone {
  readonly name: string;
  readonly secret: string;
}

/**
 * Hundreds of agents' telephones on one socket: each takes every call at once, talks for `talkMs`, and hangs up. Plain
 * SIP over loopback, so nothing is sent twice.
 */
export class AgentBank {
  served = 0;
  talkMs = 1_500;
  readonly #link: SipLink;
  readonly #registrar: SipPeer;
  readonly #tag = token();
  readonly #answers = new Map<string, (response: SipMessage) => void>();
  readonly #talks = new Map<string, NodeJS.Timeout>();

  private constructor(link: SipLink, registrar: SipPeer) {
    this.#link = link;
    this.#registrar = registrar;
    link.listen(
      (text, from) => this.#receive(text, from),
      () => undefined,
    );
  }

  static async open(registrar: SipPeer): Promise<AgentBank> {
    return new AgentBank(await udpLink(registrar.host), registrar);
  }

  /** How many of them talk. */
  get talking(): number {
    return this.#talks.size;
  }

  /** Rejects when the switch does not know the phone (yet). */
  async register({ name, secret }: BankPhone): Promise<void> {
    const uri = `sip:${this.#registrar.host}:${this.#registrar.port}`;
    const callId = token();
    const ask = (sequence: number, credentials: string | null): Promise<SipMessage> =>
      this.#ask(`${callId} ${sequence} REGISTER`, [
        `REGISTER ${uri} SIP/2.0`,
        [
          ['From', `<sip:${name}@${this.#registrar.host}>;tag=${this.#tag}`],
          ['To', `<sip:${name}@${this.#registrar.host}>`],
          ['Call-ID', callId],
          ['CSeq', `${sequence} REGISTER`],
          ['Contact', this.#contact(name)],
          ['Expires', String(EXPIRES_S)],
          ...(credentials === null ? [] : [['Authorization', credentials] as const]),
        ],
      ]);
    const first = await ask(1, null);
    const challenge = challengeOf(headersNamed(first, 'www-authenticate'));
    if (challenge === null) throw new Error(`${name} was not asked who he is: ${first.status}`);
    const { status } = await ask(2, authorization(challenge, { name, secret }, 'REGISTER', uri));
    if (status !== 200) throw new Error(`${name} could not register: ${status}`);
  }

  close(): void {
    for (const timer of this.#talks.values()) clearTimeout(timer);
    this.#link.close();
  }

  #contact(name: string): string {
    return `<sip:${name}@${this.#registrar.host}:${this.#link.port}>`;
  }

  #ask(
    key: string,
    [start, headers]: readonly [string, readonly (readonly [string, string])[]],
  ): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${start}`)), ANSWER_WITHIN_MS);
      this.#answers.set(key, (response) => {
        clearTimeout(timer);
        this.#answers.delete(key);
        resolve(response);
      });
      this.#send(start, headers, this.#registrar);
    });
  }

  #send(start: string, headers: readonly (readonly [string, string])[], to: SipPeer): void {
    const via = `SIP/2.0/UDP ${this.#registrar.host}:${this.#link.port};branch=z9hG4bK${token()}`;
    this.#link.send(formatSip(start, [['Via', via], ['Max-Forwards', '70'], ...headers], ''), to);
  }

  #receive(text: string, from: SipPeer): void {
    const message = parseSip(text);
    if (message === null) return;
    const callId = header(message, 'call-id');
    if (message.status !== null) {
      if (message.status >= 200) this.#answers.get(`${callId} ${header(message, 'cseq')}`)?.(message);
      return;
    }
    switch (message.method) {
      case 'INVITE':
        this.#respond(message, from, sdpOf(this.#registrar.host, DISCARD_PORT));
        if (!this.#talks.has(callId)) this.#talk(callId, message, from);
        return;
      case 'BYE':
      case 'CANCEL':
        clearTimeout(this.#talks.get(callId));
        this.#talks.delete(callId);
        this.#respond(message, from, '');
        return;
      case 'ACK':
        return;
      default:
        this.#respond(message, from, '');
    }
  }

  #talk(callId: string, invite: SipMessage, from: SipPeer): void {
    const over = (): void => {
      this.#talks.delete(callId);
      this.served += 1;
      this.#send(
        `BYE ${uriOf(header(invite, 'contact'))} SIP/2.0`,
        [
          ['From', this.#answered(invite)],
          ['To', header(invite, 'from')],
          ['Call-ID', callId],
          ['CSeq', '1 BYE'],
        ],
        from,
      );
    };
    this.#talks.set(callId, setTimeout(over, this.talkMs));
  }

  #answered(request: SipMessage): string {
    const to = header(request, 'to');
    return tagOf(to) === '' ? `${to};tag=${this.#tag}` : to;
  }

  #respond(request: SipMessage, from: SipPeer, body: string): void {
    const headers: (readonly [string, string])[] = [
      ...headersNamed(request, 'via').map((value) => ['Via', value] as const),
      ['From', header(request, 'from')],
      ['To', this.#answered(request)],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ['Contact', this.#contact(userOf(request.uri))],
    ];
    this.#link.send(formatSip('SIP/2.0 200 OK', headers, body), from);
  }
}
