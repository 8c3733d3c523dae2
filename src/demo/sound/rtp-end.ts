import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decodeAlaw, SAMPLE_RATE } from './alaw.ts';
import { type KeyFrame, keyFrames, keyOf, PAYLOAD_EVENT } from './keys.ts';
import { alawFrame, FRAME, toneFrame, toneShare } from './tone.ts';

const HEADER = 12;
const PAYLOAD_ALAW = 8;
/** How long a tone must last to be believed. */
const WINDOW = SAMPLE_RATE / 5;
const KEPT = SAMPLE_RATE * 2;
const FRAME_MS = 20;
/** Sound before the first key: the switch learns from it whose keys these are. */
const BEFORE_KEYS = 15;
/** Between two keys, so that two of the same are two. */
const BETWEEN_KEYS = 4;
const SILENCE = new Uint8Array(FRAME).fill(0xd5);

/** One end of a conversation's sound: speaks a tone, presses keys, measures what arrives. RTP (RFC 3550), A-law only. */
export class RtpEnd {
  readonly port: number;
  readonly #socket: Socket;
  readonly #watchers = new Set<() => void>();
  #heard: number[] = [];
  #packets = 0;
  #keys = '';
  /** Of the key that is being heard: all its packets bear one timestamp. */
  #keyAt = -1;
  #remote: { readonly host: string; readonly port: number } | null = null;
  #speaking: NodeJS.Timeout | null = null;
  #pressing: Promise<void> = Promise.resolve();
  #sequence = 1;
  /** As it is written into packets: a telephone begins to count where it likes. */
  #source: number;
  #timestampFrom = 0;
  #samplesSpoken = 0;
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    this.#source = this.port;
    socket.on('message', (packet, from) => this.#hear(packet, from));
    // A port that answers "unreachable" after a hang-up is nothing to fall over.
    socket.on('error', () => this.close());
  }

  static async open(host = '127.0.0.1'): Promise<RtpEnd> {
    const socket = createSocket('udp4');
    socket.bind(0, host);
    await once(socket, 'listening');
    return new RtpEnd(socket);
  }

  /** Packets received so far. */
  get packets(): number {
    return this.#packets;
  }

  /** Keys that were pressed towards this end. */
  get keys(): string {
    return this.#keys;
  }

  untilKeys(keys: string, withinMs: number): Promise<void> {
    return this.#until(() => this.#keys === keys, withinMs, `keys ${keys}`);
  }

  /** Where to speak to; without it, to where the first packet came from. */
  connect(host: string, port: number): void {
    this.#remote = { host, port };
  }

  /** Speaks this tone from now on, in real time. */
  speak(hz: number): void {
    this.hush();
    if (this.#closed) return;
    const startedAt = Date.now();
    let sent = 0;
    this.#speaking = setInterval(() => {
      // Catches up after a stall: the far end must hear the tone without gaps.
      for (; sent * FRAME_MS <= Date.now() - startedAt; sent += 1) {
        this.#send(PAYLOAD_ALAW, toneFrame(hz, this.#samplesSpoken));
        this.#samplesSpoken += FRAME;
      }
    }, FRAME_MS);
  }

  /** Says this (linear samples, 8000 a second) in real time. Resolves at its end, or when something else is spoken. */
  say(samples: Int16Array): Promise<void> {
    this.hush();
    if (this.#closed) return Promise.resolve();
    const frames = Math.ceil(samples.length / FRAME);
    const startedAt = Date.now();
    let sent = 0;
    return new Promise((resolve) => {
      const speaking = setInterval(() => {
        for (; sent < frames && sent * FRAME_MS <= Date.now() - startedAt; sent += 1) {
          this.#send(PAYLOAD_ALAW, alawFrame(samples, sent * FRAME));
          this.#samplesSpoken += FRAME;
        }
        if (sent < frames && this.#speaking === speaking && !this.#closed) return;
        clearInterval(speaking);
        if (this.#speaking === speaking) this.#speaking = null;
        resolve();
      }, FRAME_MS);
      this.#speaking = speaking;
    });
  }

  /** Presses these keys one after the other, once there is somebody to press them for. Resolves after the last. */
  press(keys: string): Promise<void> {
    const frames = [...keys].flatMap((key) => [
      ...keyFrames(key),
      ...Array.from({ length: BETWEEN_KEYS }, () => null),
    ]);
    this.#pressing = this.#pressing
      .then(() => this.untilSound(5_000))
      .then(() => this.#sendFrames([...Array.from({ length: BEFORE_KEYS }, () => null), ...frames]));
    return this.#pressing;
  }

  /**
   * Goes on under other numbers, from one packet to the next and without a word in SIP: an exchange behind the carrier has
   * put another telephone in the place of the first.
   */
  renumber(sequence: number): void {
    this.#source += 0x10000;
    this.#sequence = sequence;
    this.#timestampFrom += 0x4000_0000;
  }

  hush(): void {
    if (this.#speaking !== null) clearInterval(this.#speaking);
    this.#speaking = null;
  }

  /** Share of the tone in the last fifth of a second, 0 … 1. */
  level(hz: number): number {
    return this.#heard.length < WINDOW ? 0 : toneShare(this.#heard.slice(-WINDOW), hz);
  }

  /** Resolves when the tone has filled a fifth of a second, alone or among `voices`; rejects after `withinMs`. */
  untilHears(hz: number, withinMs: number, voices = 1): Promise<void> {
    return this.#until(() => this.level(hz) > 0.6 / voices, withinMs, `the tone of ${hz} Hz`);
  }

  /** Resolves when anything at all arrives. */
  untilSound(withinMs: number): Promise<void> {
    return this.#until(() => this.#packets > 0, withinMs, 'any sound');
  }

  /** Forgets what was heard, so that what comes next is measured alone. */
  forget(): void {
    this.#heard = [];
    this.#packets = 0;
  }

  close(): void {
    this.hush();
    this.#watchers.clear();
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }

  #until(holds: () => boolean, withinMs: number, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`${what} did not arrive within ${withinMs} ms (${this.#packets} packets)`));
      }, withinMs);
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  #hear(packet: Buffer, from: RemoteInfo): void {
    if (packet.length <= HEADER) return;
    const payload = packet.readUInt8(1) & 0x7f;
    if (payload === PAYLOAD_EVENT) this.#hearKey(packet);
    if (payload !== PAYLOAD_ALAW) return;
    this.#remote ??= { host: from.address, port: from.port };
    this.#packets += 1;
    for (const byte of packet.subarray(HEADER)) this.#heard.push(decodeAlaw(byte));
    if (this.#heard.length > 2 * KEPT) this.#heard = this.#heard.slice(-KEPT);
    for (const look of [...this.#watchers]) look();
  }

  #hearKey(packet: Buffer): void {
    const at = packet.readUInt32BE(4);
    if (at === this.#keyAt) return;
    this.#keyAt = at;
    this.#keys += keyOf(packet.readUInt8(HEADER));
    for (const look of [...this.#watchers]) look();
  }

  /** Key frames in real time; null is a frame of silence, unless a tone is being spoken anyway. */
  #sendFrames(frames: readonly (KeyFrame | null)[]): Promise<void> {
    return new Promise((resolve) => {
      let keyBegan = 0;
      const left = [...frames];
      const timer = setInterval(() => {
        const frame = left.shift();
        if (frame === undefined || this.#closed) {
          clearInterval(timer);
          resolve();
        } else if (frame !== null) {
          if (frame.marker) keyBegan = this.#samplesSpoken;
          this.#send(PAYLOAD_EVENT, frame.body, { marker: frame.marker, timestamp: keyBegan });
          if (this.#speaking === null) this.#samplesSpoken += FRAME;
        } else if (this.#speaking === null) {
          this.#send(PAYLOAD_ALAW, SILENCE);
          this.#samplesSpoken += FRAME;
        }
      }, FRAME_MS);
    });
  }

  #send(
    payload: number,
    body: Uint8Array,
    { marker = false, timestamp = this.#samplesSpoken }: { marker?: boolean; timestamp?: number } = {},
  ): void {
    if (this.#closed || this.#remote === null) return;
    const packet = Buffer.alloc(HEADER + body.length);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(payload | (marker ? 0x80 : 0), 1);
    packet.writeUInt16BE(this.#sequence & 0xffff, 2);
    packet.writeUInt32BE((timestamp + this.#timestampFrom) >>> 0, 4);
    packet.writeUInt32BE(this.#source >>> 0, 8);
    packet.set(body, HEADER);
    this.#sequence += 1;
    this.#socket.send(packet, this.#remote.port, this.#remote.host, () => undefined);
  }
}
