import { randomBytes } from 'node:crypto';
import { authorization, challengeOf } from './digest.ts';
import { PhoneCall } from './phone-call.ts';
import { type SipLink, type SipPeer, tcpLink, udpLink } from './sip-link.ts';
import {
  formatSip,
  header,
  headersNamed,
  parseSip,
  reasonOf,
  type SipMessage,
  tagOf,
} from './sip-message.ts';

export interface Account {
  readonly name: string;
  readonly secret: string;
  readonly registrar: SipPeer;
}

export interface PhoneOptions {
  /** The address of this side, for signalling and sound. */
  readonly host?: string;
  readonly port?: number;
  readonly account?: Account;
  /** Over TCP it speaks with its registrar alone, and so needs an account. */
  readonly transport?: 'udp' | 'tcp';
}

/** First retransmission after this, doubled each time (RFC 3261, T1). */
const RETRY_MS = 500;
const GIVE_UP_MS = 8_000;

/**
 * A telephone over SIP. Modes: with an account it registers and is called as an agent's phone; without one it
 * only listens, as the telephone of a handling unit behind the carrier. What it does with a call is up to `onCall`.
 */
export class Phone {
  readonly host: string;
  readonly port: number;
  /** Decides about each new call; a phone that nobody minds rings and is not answered. */
  onCall: (call: PhoneCall) => void = (call) => call.ring();
  readonly #link: SipLink;
  readonly #account: Account | null;
  readonly #calls = new Map<string, PhoneCall>();
  /** Handed out by `nextCall`. */
  readonly #taken = new WeakSet<PhoneCall>();
  readonly #pending = new Map<string, (response: SipMessage) => void>();
  readonly #registration = { callId: `${token()}@phone`, tag: token(), sequence: 0 };
  #refresh: NodeJS.Timeout | null = null;
  #dead = false;
  #closed = false;

  private constructor(link: SipLink, host: string, account: Account | null) {
    this.#link = link;
    this.#account = account;
    this.host = host;
    this.port = link.port;
    link.listen(
      (text, from) => this.#receive(text, from),
      () => this.vanish(),
    );
  }

  /** How often the switch has asked whether it is still there, and was answered. */
  probed = 0;

  static async open(options: PhoneOptions = {}): Promise<Phone> {
    const { host = '127.0.0.1', port = 0, account = null, transport = 'udp' } = options;
    if (transport === 'udp') return new Phone(await udpLink(host, port), host, account);
    if (account === null) throw new Error('a telephone over TCP needs an account to register with');
    return new Phone(await tcpLink(account.registrar, host), host, account);
  }

  /** Calls that have not ended. */
  get calls(): readonly PhoneCall[] {
    return [...this.#calls.values()];
  }

  /**
   * The next call that nobody has taken yet, also one that rings already: an agent who says ready may be called before
   * the answer to that is read. It is not answered by itself. Replaces `onCall`.
   */
  nextCall(withinMs: number): Promise<PhoneCall> {
    const here = this.calls.find((call) => call.state === 'ringing' && !this.#taken.has(call));
    if (here !== undefined) {
      this.#taken.add(here);
      return Promise.resolve(here);
    }
    const next = new Promise<PhoneCall>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no call came within ${withinMs} ms`)), withinMs);
      this.onCall = (call) => {
        clearTimeout(timer);
        this.#taken.add(call);
        call.ring();
        this.onCall = (next) => next.ring();
        resolve(call);
      };
    });
    // Whoever fails before waiting for it leaves it alone.
    next.catch(() => undefined);
    return next;
  }

  /** Registers and stays registered. Rejects with the registrar's refusal. */
  async register(expiresSeconds = 120): Promise<void> {
    await this.#sendRegister(expiresSeconds);
    if (this.#refresh !== null) clearInterval(this.#refresh);
    this.#refresh = setInterval(
      () => {
        // The registrar may be in the middle of a restart; the next round tries again.
        this.#sendRegister(expiresSeconds).catch(() => undefined);
      },
      (expiresSeconds * 1000) / 2,
    );
  }

  async unregister(): Promise<void> {
    if (this.#refresh === null) return;
    clearInterval(this.#refresh);
    this.#refresh = null;
    await this.#sendRegister(0);
  }

  /** The cable is pulled: nothing is answered, nothing is sent any more. */
  vanish(): void {
    this.#dead = true;
    if (this.#refresh !== null) clearInterval(this.#refresh);
    this.#refresh = null;
  }

  /** The cable is back; register again. */
  return(): void {
    this.#dead = false;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await Promise.allSettled([...this.#calls.values()].map((call) => call.hangUp()));
    if (!this.#dead) await this.unregister().catch(() => undefined);
    this.vanish();
    this.#closed = true;
    for (const call of this.#calls.values()) call.over('byUs');
    this.#link.close();
  }

  /** Sends a request until an answer comes; rejects when none does. */
  async request(to: SipPeer, build: (via: readonly [string, string]) => string): Promise<SipMessage> {
    const branch = `z9hG4bK${token()}`;
    const { protocol } = this.#link;
    const text = build(['Via', `SIP/2.0/${protocol} ${this.host}:${this.port};branch=${branch};rport`]);
    return await new Promise((resolve, reject) => {
      let waitMs = RETRY_MS;
      let waited = 0;
      const again = (): void => {
        waited += waitMs;
        if (waited >= GIVE_UP_MS) {
          this.#pending.delete(branch);
          reject(new Error('no answer from the switch'));
          return;
        }
        // TCP repeats by itself.
        if (protocol === 'UDP') this.transmit(text, to);
        waitMs *= 2;
        timer = setTimeout(again, waitMs);
      };
      let timer = setTimeout(again, waitMs);
      this.#pending.set(branch, (response) => {
        clearTimeout(timer);
        if ((response.status ?? 0) < 200) return;
        this.#pending.delete(branch);
        resolve(response);
      });
      this.transmit(text, to);
    });
  }

  transmit(text: string, to: SipPeer): void {
    if (this.#dead || this.#closed) return;
    this.#link.send(text, to);
  }

  forget(callId: string): void {
    this.#calls.delete(callId);
  }

  /** Answers a request by copying what must be copied. */
  respond(request: SipMessage, from: SipPeer, status: number, localTag: string, body = ''): void {
    const to = header(request, 'to');
    const headers: (readonly [string, string])[] = [
      ...headersNamed(request, 'via').map((value) => ['Via', value] as const),
      ...headersNamed(request, 'record-route').map((value) => ['Record-Route', value] as const),
      ['From', header(request, 'from')],
      ['To', tagOf(to) === '' && status > 100 ? `${to};tag=${localTag}` : to],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ['Contact', `<${this.contact}>`],
      ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, NOTIFY'],
    ];
    this.transmit(formatSip(`SIP/2.0 ${status} ${reasonOf(status)}`, headers, body), from);
  }

  get contact(): string {
    const transport = this.#link.protocol === 'TCP' ? ';transport=tcp' : '';
    return `sip:${this.#account?.name ?? 'phone'}@${this.host}:${this.port}${transport}`;
  }

  #receive(text: string, from: SipPeer): void {
    if (this.#dead) return;
    const message = parseSip(text);
    if (message === null) return;
    if (message.status !== null) {
      const branch = /branch=([^;\s]+)/.exec(header(message, 'via'))?.[1] ?? '';
      this.#pending.get(branch)?.(message);
      return;
    }
    const callId = header(message, 'call-id');
    const call = this.#calls.get(callId);
    if (call !== undefined) {
      call.receive(message, from);
    } else if (message.method === 'INVITE' && tagOf(header(message, 'to')) === '') {
      const fresh = new PhoneCall(this, message, from, token());
      this.#calls.set(callId, fresh);
      this.onCall(fresh);
    } else if (message.method === 'OPTIONS' || message.method === 'NOTIFY') {
      if (message.method === 'OPTIONS') this.probed += 1;
      this.respond(message, from, 200, token());
    } else if (message.method !== 'ACK') {
      this.respond(message, from, 481, token());
    }
  }

  async #sendRegister(expiresSeconds: number): Promise<void> {
    const account = this.#account;
    if (account === null) throw new Error('this phone has no account to register with');
    const uri = `sip:${account.registrar.host}:${account.registrar.port}`;
    const self = `<sip:${account.name}@${account.registrar.host}>`;
    const send = (credentials: string | null): Promise<SipMessage> => {
      this.#registration.sequence += 1;
      return this.request(account.registrar, (via) =>
        formatSip(
          `REGISTER ${uri} SIP/2.0`,
          [
            via,
            ['Max-Forwards', '70'],
            ['From', `${self};tag=${this.#registration.tag}`],
            ['To', self],
            ['Call-ID', this.#registration.callId],
            ['CSeq', `${this.#registration.sequence} REGISTER`],
            ['Contact', `<${this.contact}>`],
            ['Expires', String(expiresSeconds)],
            ...(credentials === null ? [] : [['Authorization', credentials] as const]),
          ],
          '',
        ),
      );
    };
    let response = await send(null);
    if (response.status === 401) {
      const challenge = challengeOf(headersNamed(response, 'www-authenticate'));
      if (challenge === null) throw new Error('the registrar asked for a digest that this phone cannot make');
      response = await send(authorization(challenge, account, 'REGISTER', uri));
    }
    if (response.status !== 200)
      throw new Error(`the registrar answered ${response.status} to ${account.name}`);
  }
}

function token(): string {
  return randomBytes(8).toString('hex');
}
