import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { RtpEnd } from '../../src/demo/sound/rtp-end.ts';
import { freePort } from '../../src/runtime/ports.ts';
import { type KeyWay, sippCitizenScenario } from './sipp-citizen-scenario.ts';

const HOST = '127.0.0.1';
/** SIPp looks at what it is told at once; told twice it would be asked for two keys. */
const HEARD_WITHIN_MS = 3_000;
const RAW_SOCKETS = 1n << 13n;

/** For RTP events SIPp makes packets of its own, for which the machine must let it; SIP INFO goes everywhere. */
export function keyWayHere(): KeyWay {
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${effective}`) & RAW_SOCKETS) === 0n ? 'info' : 'events';
}

/**
 * A citizen behind the carrier who is called: SIPp picks up and types the keys, this process hears what he hears and
 * says when. Modes: waiting -> rung -> talking -> over.
 */
export class SippCitizen {
  /** What he hears, and speaks into. */
  readonly sound: RtpEnd;
  /** Exit code of SIPp: 0 when all went by the scenario. */
  readonly ended: Promise<{ readonly code: number | null; readonly log: string }>;
  readonly #process: ChildProcess;
  readonly #port: number;
  readonly #log: string;
  readonly #keys: readonly string[];
  #typed = 0;

  private constructor(
    process: ChildProcess,
    sound: RtpEnd,
    port: number,
    log: string,
    keys: readonly string[],
  ) {
    this.#process = process;
    this.sound = sound;
    this.#port = port;
    this.#log = log;
    this.#keys = keys;
    this.ended = new Promise((resolve, reject) => {
      process.once('error', reject);
      process.once('exit', (code) => resolve(this.#read().then((text) => ({ code, log: text }))));
    });
    this.ended.catch(() => undefined);
  }

  /** Waits at that port for one call, in which he will type these keys, each when told to. */
  static async waitsAt(port: number, keys: string, way: KeyWay): Promise<SippCitizen> {
    const folder = await mkdtemp(join(inject('runDir'), 'sipp-citizen-'));
    const sound = await RtpEnd.open(HOST);
    const media = await freePort();
    const log = join(folder, 'citizen.log');
    await writeFile(log, '');
    const scenario = sippCitizenScenario([...keys], way, sound.port - media);
    await writeFile(join(folder, 'citizen.xml'), scenario);
    const { sipp } = inject('tools');
    const child = spawn(
      sipp.path,
      [
        ...['-sf', join(folder, 'citizen.xml'), '-m', '1', '-nostdin'],
        ...['-t', 'u1', '-i', HOST, '-p', String(port)],
        ...['-min_rtp_port', String(media), '-max_rtp_port', String(media + 3)],
        ...['-trace_logs', '-log_file', log, '-trace_err', '-error_file', join(folder, 'errors.log')],
      ],
      { env: { ...process.env, ...sipp.env, TERM: 'dumb' }, stdio: 'ignore', cwd: folder },
    );
    return new SippCitizen(child, sound, port, log, [...keys]);
  }

  /** His telephone has rung and he has picked up: what was dialled, and what was shown. */
  async picksUp(withinMs: number): Promise<{ readonly dialled: string; readonly from: string }> {
    const text = await this.#untilLogged('his answer', /step answered/, withinMs);
    const [, dialled = '', from = ''] = /step rang (\S*) (\S*) /.exec(text) ?? [];
    return { dialled, from };
  }

  /** Types the next of his keys; resolves when SIPp has. */
  async types(key: string): Promise<void> {
    if (this.#keys[this.#typed] !== key)
      throw new Error(`he types ${this.#keys[this.#typed]} next, not ${key}`);
    this.#typed += 1;
    await this.#tell(new RegExp(`step typed ${this.#typed} `), `the key ${key}`);
  }

  /** Puts the receiver down. All keys must have been typed: SIPp goes step by step. */
  async hangsUp(): Promise<void> {
    if (this.#typed < this.#keys.length) throw new Error('he has keys left to type');
    await this.#tell(/step hangsUp/, 'his hanging up');
  }

  async dispose(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
    this.sound.close();
  }

  async #tell(heard: RegExp, what: string): Promise<void> {
    const text = await this.#read();
    const callId = /step rang \S* \S* (\S+)/.exec(text)?.[1] ?? '';
    const socket = createSocket('udp4');
    const message = [
      `MESSAGE sip:citizen@${HOST}:${this.#port} SIP/2.0`,
      `Via: SIP/2.0/UDP ${HOST}:9;branch=z9hG4bK${randomUUID()}`,
      'From: <sip:minder@localhost>;tag=minder',
      'To: <sip:citizen@localhost>',
      `Call-ID: ${callId}`,
      'CSeq: 1 MESSAGE',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
    socket.send(message, this.#port, HOST, () => socket.close());
    await this.#untilLogged(what, heard, HEARD_WITHIN_MS);
  }

  #untilLogged(what: string, line: RegExp, withinMs: number): Promise<string> {
    return until(what, withinMs, async () => {
      const text = await this.#read();
      return line.test(text) ? text : null;
    });
  }

  #read(): Promise<string> {
    return readFile(this.#log, 'utf8').catch(() => '');
  }
}
