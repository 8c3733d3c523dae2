import { randomUUID } from 'node:crypto';
import { type SipLink, type SipPeer, udpLink } from '../../src/demo/phone/sip-link.ts';
import {
  formatSip,
  header,
  parseSip,
  type SipMessage,
  sdpOf,
  uriOf,
} from '../../src/demo/phone/sip-message.ts';
import { RtpEnd } from '../../src/demo/sound/rtp-end.ts';
import { freePort } from '../../src/runtime/ports.ts';

const ANSWER_WITHIN_MS = 5_000;

export interface AnsweredCall {
  /** From the INVITE leaving to its 200 OK being here, by a clock that never jumps. */
  readonly setupMs: number;
  readonly sound: RtpEnd;
  hangUp(): Promise<void>;
}

/** A caller behind the trunk whose socket is this process's own, so that nothing stands between the wire and the clock. */
export class SetupCaller {
  readonly #link: SipLink;
  readonly #to: SipPeer;
  readonly #waiting = new Map<string, (response: SipMessage, at: number) => void>();

  private constructor(link: SipLink, to: SipPeer) {
    this.#link = link;
    this.#to = to;
    link.listen(
      (text) => {
        const at = performance.now();
        const message = parseSip(text);
        if (message === null || (message.status ?? 0) < 200) return;
        const key = `${header(message, 'call-id')} ${header(message, 'cseq')}`;
        this.#waiting.get(key)?.(message, at);
      },
      () => undefined,
    );
  }

  static async open(to: SipPeer): Promise<SetupCaller> {
    return new SetupCaller(await udpLink(to.host, await freePort()), to);
  }

  /** Rejects when it is refused, or not answered within five seconds. Nothing is sent twice: loopback loses nothing. */
  async dial(dialled: string, number: string): Promise<AnsweredCall> {
    const { host } = this.#to;
    const sound = await RtpEnd.open(host);
    const callId = randomUUID();
    const target = `sip:${dialled}@${host}:${this.#to.port}`;
    const from = `<sip:${number}@${host}>;tag=${callId.slice(0, 8)}`;
    const send = (method: string, sequence: number, uri: string, to: string, body = ''): void =>
      this.#link.send(
        formatSip(
          `${method} ${uri} SIP/2.0`,
          [
            ['Via', `SIP/2.0/UDP ${host}:${this.#link.port};branch=z9hG4bK${randomUUID()}`],
            ['Max-Forwards', '70'],
            ['From', from],
            ['To', to],
            ['Call-ID', callId],
            ['CSeq', `${sequence} ${method}`],
            ['Contact', `<sip:caller@${host}:${this.#link.port}>`],
          ],
          body,
        ),
        this.#to,
      );
    try {
      const answered = this.#response(callId, '1 INVITE');
      const sentAt = performance.now();
      send('INVITE', 1, target, `<${target}>`, sdpOf(host, sound.port));
      const { response, at } = await answered;
      const to = header(response, 'to');
      const contact = uriOf(header(response, 'contact')) || target;
      send('ACK', 1, contact, to);
      if (response.status !== 200) throw new Error(`${dialled} was answered ${response.status}`);
      const hangUp = async (): Promise<void> => {
        sound.close();
        const released = this.#response(callId, '2 BYE');
        send('BYE', 2, contact, to);
        await released;
      };
      return { setupMs: at - sentAt, sound, hangUp };
    } catch (error) {
      sound.close();
      throw error;
    }
  }

  close(): void {
    this.#link.close();
  }

  #response(callId: string, cseq: string): Promise<{ readonly response: SipMessage; readonly at: number }> {
    const key = `${callId} ${cseq}`;
    return new Promise<{ response: SipMessage; at: number }>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no answer to ${cseq} within ${ANSWER_WITHIN_MS} ms`)),
        ANSWER_WITHIN_MS,
      );
      this.#waiting.set(key, (response, at) => {
        clearTimeout(timer);
        resolve({ response, at });
      });
    }).finally(() => this.#waiting.delete(key));
  }
}
