import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SipPeer } from '../phone/sip-link.ts';
import { RtpEnd } from '../sound/rtp-end.ts';
import { citizenScenario } from './citizen-scenario.ts';

export interface Dialling {
  readonly sipp: { readonly path: string; readonly env: Readonly<Record<string, string>> };
  /** Where the carrier hands calls to us. */
  readonly to: { readonly host: string; readonly port: number };
  /** The user part that is dialled; anything at all, also what no carrier should send. */
  readonly dialled: string;
  /** The citizen's number, '' for a withheld one. */
  readonly number: string;
  /** The whole From, instead of one made from `number`. */
  readonly from?: string;
  readonly headers?: readonly string[];
  /** The answer that the call is expected to get: 200, or the refusal. */
  readonly expect?: number;
  /** The citizen's own address, for signalling and sound. */
  readonly host?: string;
  /** Over TCP nobody can tell SIPp to hang up: it does so by itself, see `hangsUpAfterMs`. */
  readonly transport?: 'udp' | 'tcp';
  readonly hangsUpAfterMs?: number;
}

export interface CitizenEnd {
  /** SIPp's exit code: 0 when everything went by the scenario. */
  readonly code: number | null;
  readonly by: 'citizen' | 'switch' | 'refused' | 'unexpected';
  readonly log: string;
}

const LOCAL = '127.0.0.1';
/** SIPp's names: one socket, and the messages in it. */
const TRANSPORTS = { udp: 'u1', tcp: 't1' } as const;
/** What SIPp has written once it ends the call, or the other side has. */
const HEARD = /step (?:hangsUp|cancels|released)/;
const HEARD_WITHIN_MS = 1_000;
/** A machine that is busy starts and ends SIPp late; one that is killed says no BYE. */
const LEAVES_WITHIN_MS = 6_000;

/** A citizen on the telephone: SIPp speaks SIP, this process speaks and hears (and tells SIPp when to hang up). */
export class Citizen {
  readonly sound: RtpEnd;
  /** Resolves when the switch has answered the call, rejects when the call ends without that. */
  readonly answered: Promise<void>;
  /** Resolves when SIPp has ended. */
  readonly ended: Promise<CitizenEnd>;
  readonly #process: ChildProcess;
  readonly #address: SipPeer;
  readonly #callId: string;
  readonly #log: string;
  #hangsUp = false;

  private constructor(
    process: ChildProcess,
    sound: RtpEnd,
    address: SipPeer,
    callId: string,
    log: string,
    promises: { readonly answered: Promise<void>; readonly ended: Promise<CitizenEnd> },
  ) {
    this.#process = process;
    this.sound = sound;
    this.#address = address;
    this.#callId = callId;
    this.#log = log;
    this.answered = promises.answered;
    this.ended = promises.ended;
  }

  static async dial(order: Dialling): Promise<Citizen> {
    const folder = await mkdtemp(join(tmpdir(), 'citizen-'));
    const { host = LOCAL, transport = 'udp' } = order;
    const sound = await RtpEnd.open(host);
    const port = await freeUdpPort(host);
    const callId = randomUUID();
    const scenario = citizenScenario({
      headers: order.headers ?? [],
      from: order.from ?? (order.number === '' ? ANONYMOUS : `<sip:${order.number}@[local_ip]>`),
      expect: order.expect ?? 200,
      hangsUpAfterMs: order.hangsUpAfterMs ?? null,
    });
    await writeFile(join(folder, 'citizen.xml'), scenario);
    const log = join(folder, 'citizen.log');
    await writeFile(log, '');
    const child = spawn(
      order.sipp.path,
      [
        `${order.to.host}:${order.to.port}`,
        ...['-sf', join(folder, 'citizen.xml'), '-m', '1', '-nostdin', '-aa'],
        ...['-t', TRANSPORTS[transport], '-i', host, '-p', String(port)],
        ...['-s', order.dialled, '-cid_str', callId],
        ...['-key', 'ear_port', String(sound.port)],
        ...['-trace_logs', '-log_file', log, '-trace_err', '-error_file', join(folder, 'errors.log')],
      ],
      { env: { ...process.env, ...order.sipp.env, TERM: 'dumb' }, stdio: 'ignore', cwd: folder },
    );
    const promises = follow(child, folder, log, sound);
    // A caller who only waits for the end need not look at the answer as well.
    promises.answered.catch(() => undefined);
    promises.ended.catch(() => undefined);
    return new Citizen(child, sound, { host, port }, callId, log, promises);
  }

  /** The citizen puts the receiver down: CANCEL before the answer, BYE after it. Once, however often it is asked for. */
  hangUp(): void {
    if (this.#hangsUp) return;
    this.#hangsUp = true;
    // He hears the hotline, so he was answered; SIPp, still reading that, would cancel what can only be ended.
    if (this.sound.packets > 0) this.answered.then(() => this.#sayHangUp(5)).catch(() => undefined);
    else this.#sayHangUp(5);
  }

  /** Said again until SIPp has heard it; two of them at once would be one that it does not expect. */
  #sayHangUp(times: number): void {
    if (this.#process.exitCode !== null) return;
    this.#tellToHangUp();
    const again = setTimeout(() => {
      readFile(this.#log, 'utf8')
        .then((log) => {
          if (times > 1 && !HEARD.test(log)) this.#sayHangUp(times - 1);
        })
        // The folder goes with the call.
        .catch(() => undefined);
    }, HEARD_WITHIN_MS);
    again.unref();
  }

  #tellToHangUp(): void {
    const socket = createSocket('udp4');
    const { host, port } = this.#address;
    const text = [
      `MESSAGE sip:citizen@${host}:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP ${host}:9;branch=z9hG4bK${randomUUID()}`,
      'From: <sip:minder@localhost>;tag=minder',
      'To: <sip:citizen@localhost>',
      `Call-ID: ${this.#callId}`,
      'CSeq: 1 MESSAGE',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
    socket.send(text, port, host, () => socket.close());
  }

  /** Ends it whatever state it is in, in order if it can be; nothing is left behind. */
  async dispose(): Promise<void> {
    if (this.#process.exitCode === null) {
      this.hangUp();
      const timer = setTimeout(() => this.vanish(), LEAVES_WITHIN_MS);
      await this.ended;
      clearTimeout(timer);
    }
    this.sound.close();
    await this.ended;
  }

  /** The line is dead: no good-bye reaches the switch. */
  vanish(): void {
    this.#process.kill('SIGKILL');
  }
}

const ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>';

function follow(child: ChildProcess, folder: string, log: string, sound: RtpEnd) {
  const read = (): Promise<string> => readFile(log, 'utf8').catch(() => '');
  const spawned = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const answered = new Promise<void>((resolve, reject) => {
    const watcher = watch(log, () => {
      void look();
    });
    const look = async (): Promise<void> => {
      if (!(await read()).includes('step answered')) return;
      watcher.close();
      resolve();
    };
    spawned
      .then(async (code) => {
        watcher.close();
        if ((await read()).includes('step answered')) resolve();
        else reject(new Error(`the call ended unanswered (SIPp: ${code})`));
      })
      .catch(reject);
  });
  const ended = (async (): Promise<CitizenEnd> => {
    try {
      const code = await spawned;
      await answered.catch(() => undefined);
      const text = await read();
      const errors = await readFile(join(folder, 'errors.log'), 'utf8').catch(() => '');
      return { code, by: releasedBy(text), log: `${text}${errors}` };
    } finally {
      sound.close();
      await rm(folder, { recursive: true, force: true });
    }
  })();
  return { answered, ended };
}

function releasedBy(log: string): CitizenEnd['by'] {
  if (/step (?:hangsUp|cancels)/.test(log)) return 'citizen';
  if (log.includes('step released')) return 'switch';
  return log.includes('step refused') ? 'refused' : 'unexpected';
}

async function freeUdpPort(host: string): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
