import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { authorization, challengeOf } from '../../../src/demo/phone/digest.ts';
import {
  formatSip,
  header,
  headersNamed,
  parseSip,
  type SipMessage,
} from '../../../src/demo/phone/sip-message.ts';
import { RealWorld, SECRET } from './real-world.ts';

// A browser's phone speaks SIP over WebSocket; here its SIP alone, without the browser.

let world: RealWorld;
beforeAll(async () => {
  world = await RealWorld.build();
});
afterAll(() => world.demolish());

const token = () => randomBytes(6).toString('hex');

class BrowserPhone {
  readonly #socket: WebSocket;
  readonly #name: string;
  readonly #local = `${token()}.invalid`;
  readonly #waiting: ((message: SipMessage) => boolean)[] = [];
  /** All messages that came. */
  readonly heard: SipMessage[] = [];

  private constructor(socket: WebSocket, name: string) {
    this.#socket = socket;
    this.#name = name;
    socket.on('message', (data) => this.#receive(String(data)));
  }

  static async open(name: string): Promise<BrowserPhone> {
    const url = `${world.asterisk.ariUrl.replace('http', 'ws')}/ws`;
    const socket = new WebSocket(url, 'sip');
    await once(socket, 'open');
    return new BrowserPhone(socket, name);
  }

  /** Sends a request with credentials and gives the final answer. */
  async request(method: string, target: string): Promise<SipMessage> {
    const callId = token();
    let credentials: readonly (readonly [string, string])[] = [];
    for (const sequence of [1, 2]) {
      const answered = this.next(
        (message) => header(message, 'cseq') === `${sequence} ${method}` && (message.status ?? 0) >= 200,
      );
      this.#send(
        formatSip(
          `${method} ${target} SIP/2.0`,
          [
            ['Via', `SIP/2.0/WS ${this.#local};branch=z9hG4bK${token()}`],
            ['Max-Forwards', '70'],
            ['From', `<sip:${this.#name}@yihaotong>;tag=${token()}`],
            ['To', method === 'REGISTER' ? `<sip:${this.#name}@yihaotong>` : `<${target}>`],
            ['Call-ID', callId],
            ['CSeq', `${sequence} ${method}`],
            ['Contact', `<sip:${this.#name}@${this.#local};transport=ws>`],
            ...credentials,
          ],
          '',
        ),
      );
      const answer = await answered;
      if (answer.status !== 401) return answer;
      const challenge = challengeOf(headersNamed(answer, 'www-authenticate'));
      if (challenge === null) throw new Error('no challenge');
      const account = { name: this.#name, secret: SECRET };
      credentials = [['Authorization', authorization(challenge, account, method, target)]];
    }
    throw new Error('the credentials were refused');
  }

  next(fits: (message: SipMessage) => boolean): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no such message in time')), 8_000);
      this.#waiting.push((message) => {
        if (!fits(message)) return false;
        clearTimeout(timer);
        resolve(message);
        return true;
      });
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(text: string): void {
    const message = parseSip(text);
    if (message === null) return;
    this.heard.push(message);
    if (text.startsWith('OPTIONS')) this.#answer(message, '200 OK');
    if (text.startsWith('INVITE')) this.#answer(message, '486 Busy Here');
    const at = this.#waiting.findIndex((take) => take(message));
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #answer(request: SipMessage, status: string): void {
    this.#send(
      formatSip(
        `SIP/2.0 ${status}`,
        [
          ...headersNamed(request, 'via').map((value) => ['Via', value] as const),
          ['From', header(request, 'from')],
          ['To', `${header(request, 'to')};tag=${token()}`],
          ['Call-ID', header(request, 'call-id')],
          ['CSeq', header(request, 'cseq')],
        ],
        '',
      ),
    );
  }

  #send(text: string): void {
    this.#socket.send(text);
  }
}

test('a browser registers, is reachable, is rung with what WebRTC needs, and is gone with its socket', async () => {
  const name = 'web-1';
  expect(
    await world.phones.provision({ name, kind: 'browser', secret: SECRET, displayName: '李"\r\n四' }),
  ).toEqual({ kind: 'done' });
  const browser = await BrowserPhone.open(name);
  expect((await browser.request('REGISTER', 'sip:yihaotong')).status).toBe(200);
  await world.log.next('phone', (one) => one.phone === name && one.reachable);

  const citizen = await world.citizen();
  const call = await world.log.next('incoming');
  await world.switch.answer(call.channel);
  await citizen.answered;
  const invited = browser.next((message) => header(message, 'cseq').endsWith('INVITE'));
  const leg = `${call.callId}.a1`;
  const asked = world.switch.ring({
    channel: leg,
    target: { kind: 'phone', phone: name },
    originator: call.channel,
    callerNumber: '13800138000',
    callerName: '',
    ringTimeoutMs: 5_000,
  });
  expect(await asked).toEqual({ kind: 'done' });
  const invite = await invited;
  expect(header(invite, 'from')).toContain('13800138000');
  expect(invite.body).toMatch(/a=fingerprint:SHA-256/i);
  expect(invite.body).toContain('a=rtpmap:8 PCMA/8000');
  // One frame of it would spoil the recording's two channels.
  expect(invite.body).not.toMatch(/opus/i);
  expect(invite.body).toContain('UDP/TLS/RTP/SAVPF');
  expect(await world.log.next('ended', (one) => one.channel === leg)).toMatchObject({ reason: 'busy' });

  const from = world.log.mark;
  browser.close();
  await world.log.next('phone', (one) => one.phone === name && !one.reachable, { from, withinMs: 5_000 });
});

test('a signed-in phone that dials is refused, whatever it dials', async () => {
  const name = 'web-2';
  await world.phones.provision({ name, kind: 'browser', secret: SECRET, displayName: '' });
  const browser = await BrowserPhone.open(name);
  await browser.request('REGISTER', 'sip:yihaotong');
  const from = world.log.mark;
  for (const number of ['12345', '110', 's', 'fallback']) {
    const answer = await browser.request('INVITE', `sip:${number}@yihaotong`);
    expect([number, answer.status]).toEqual([number, 403]);
  }
  expect(world.log.events.slice(from).filter(({ type }) => type === 'incoming')).toEqual([]);
  expect(world.asterisk.log()).toContain(`phone ${name} tried to dial: refused`);
  browser.close();
});

test('provisioning again with the same data forgets nothing; another secret does', async () => {
  const { name } = await world.phone();
  const from = world.log.mark;
  const phone = { name, kind: 'desk', secret: SECRET, displayName: '座席' } as const;
  expect(await world.phones.provision(phone)).toEqual({ kind: 'done' });
  expect((await world.switch.snapshot())?.phones).toContainEqual({
    phone: name,
    reachable: true,
    foreignChannels: 0,
  });
  expect(world.log.events.slice(from)).toEqual([]);
  expect(await world.phones.provision({ ...phone, secret: 'x' })).toMatchObject({ kind: 'refused' });
  expect(await world.phones.provision({ ...phone, name: '1001' })).toMatchObject({ kind: 'refused' });
  expect(await world.phones.remove(name)).toEqual({ kind: 'done' });
  expect((await world.switch.snapshot())?.phones.map((one) => one.phone)).not.toContain(name);
  expect(await world.phones.remove(name)).toMatchObject({ kind: 'done' });
});
