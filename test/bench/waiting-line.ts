import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/runtime/ports.ts';
import type { Program } from '../../src/runtime/run-program.ts';

const CALLS_PER_S = 20;

export interface WaitingLine {
  /** SIPp's exit code once everybody has been served, or has gone: 0 when each call was answered and then released. */
  readonly over: Promise<number | null>;
  /** From the INVITE to its 200 OK, in ms, of who was answered; once it is over. */
  readonly setups: Promise<readonly number[]>;
  /** Nobody more comes; it is over when those who are there have gone. */
  stop(): void;
  /** Everybody goes, served or not. */
  disperse(): void;
}

/** So many callers through the trunk, one after the other, in a process of their own; none of them hangs up first. */
export async function formLine(order: {
  readonly sipp: Program;
  readonly to: { readonly host: string; readonly port: number };
  readonly dialled: string;
  readonly callers: number;
  readonly perSecond?: number;
}): Promise<WaitingLine> {
  const folder = await mkdtemp(join(tmpdir(), 'line-'));
  const scenario = join(folder, 'line.xml');
  await writeFile(scenario, SCENARIO);
  const { host, port } = order.to;
  const { perSecond = CALLS_PER_S } = order;
  const child = spawn(
    order.sipp.path,
    [
      `${host}:${port}`,
      ...['-sf', scenario, '-s', order.dialled, '-nostdin'],
      ...['-m', String(order.callers), '-l', String(order.callers), '-r', String(perSecond)],
      ...['-trace_rtt', '-rtt_freq', '1'],
      ...['-t', 'u1', '-i', host, '-p', String(await freePort()), '-mp', String(await freePort())],
    ],
    { env: { ...process.env, ...order.sipp.env, TERM: 'dumb' }, stdio: 'ignore', cwd: folder },
  );
  const over = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
  const setups = over
    .then(() => readSetups(folder))
    .finally(() => rm(folder, { recursive: true, force: true }));
  setups.catch(() => undefined);
  // Who disperses it may not look at the end as well.
  over.catch(() => undefined);
  return { over, setups, stop: () => child.kill('SIGUSR1'), disperse: () => child.kill('SIGKILL') };
}

/** SIPp's own table: when, how many ms, of which measure. */
async function readSetups(folder: string): Promise<readonly number[]> {
  const name = (await readdir(folder)).find((one) => one.endsWith('_rtt.csv'));
  if (name === undefined) return [];
  const lines = (await readFile(join(folder, name), 'utf8')).split('\n').slice(1);
  return lines.flatMap((line) => {
    const ms = Number(line.split(';')[1]);
    return line.trim() === '' || !Number.isFinite(ms) ? [] : [ms];
  });
}

const HEAD = `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Max-Forwards: 70
      From: <sip:1380013800[call_number]@[local_ip]>;tag=[pid]line[call_number]
      To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
      Call-ID: [call_id]
      Contact: <sip:line@[local_ip]:[local_port]>`;

const SCENARIO = `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="waiting line">
  <send retrans="500" start_rtd="1"><![CDATA[
      INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      ${HEAD.replace('[peer_tag_param]', '')}
      CSeq: 1 INVITE
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=- 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [local_ip]
      t=0 0
      m=audio [media_port] RTP/AVP 8
      a=rtpmap:8 PCMA/8000
      a=ptime:20

    ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rtd="1"/>
  <send><![CDATA[
      ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      ${HEAD}
      CSeq: 1 ACK
      Content-Length: 0

    ]]></send>
  <recv request="BYE"/>
  <send><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0

    ]]></send>
</scenario>
`;
