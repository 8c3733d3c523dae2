import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { canBind, portHolder } from './ports.ts';
import type { ProcessMark } from './run-state.ts';
import { Setback } from './setback.ts';

export interface RtpRange {
  readonly start: number;
  readonly end: number;
}

/** Probed at once; more would want more descriptors than an ordinary account has. */
const AT_ONCE = 100;
/** Asterisk passes over a port that somebody holds; of these it may miss this share. */
const MISSING_SHARE = 0.1;
/** Who holds on to ports of a range for as long as he runs. */
const LASTING = /main\.js\b.* start\b|\basterisk\b/;

/**
 * Sees to it that the ports of the conversations' sound are ours. Asterisk binds them only when a call needs them, so
 * two instances could take the same ones for free: each holds the first and the last of its own, which an overlapping
 * range of the same length meets. What `own`, an Asterisk that is taken over, has bound is ours already. Returns what
 * lets go of them.
 */
export async function claimRtpRange(
  range: RtpRange,
  say: (line: string) => void,
  own: ProcessMark | null = null,
): Promise<() => void> {
  const { start, end } = range;
  const ports = Array.from({ length: end - start + 1 }, (_, at) => start + at);
  const taken: number[] = [];
  for (let at = 0; at < ports.length; at += AT_ONCE) {
    const free = await Promise.all(ports.slice(at, at + AT_ONCE).map(isFree));
    taken.push(...ports.slice(at, at + AT_ONCE).filter((_, index) => free[index] !== true));
  }
  const held = taken
    .map((port) => ({ port, holder: portHolder(port, 'udp') ?? 'somebody who cannot be seen' }))
    .filter(({ holder }) => own === null || !holder.startsWith(`process ${own.pid} `));
  const first = held.find(({ holder }) => LASTING.test(holder)) ?? held[0];
  if (first !== undefined) {
    const text = `RTP ports ${start}-${end}/udp: ${first.port} is held by ${first.holder}`;
    const more = held.length === 1 ? '' : `, and ${held.length - 1} more are taken`;
    if (LASTING.test(first.holder) || held.length > ports.length * MISSING_SHARE) {
      throw new Setback(
        'start.rtpTaken',
        `${text}${more}.`,
        'Two instances may not share them: choose a --port-base at least 1000 away, or end what holds them.',
      );
    }
    say(`${text}${more}; calls do without`);
  }
  const ends = await Promise.all([start, end].filter((port) => !taken.includes(port)).map(hold));
  return () => {
    for (const socket of ends) socket.close();
  };
}

function isFree(port: number): Promise<boolean> {
  return canBind({ port, host: '0.0.0.0', protocol: 'udp' });
}

async function hold(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind({ port, address: '0.0.0.0', exclusive: true });
  await once(socket, 'listening');
  // It is there to be met, not to keep anybody up.
  return socket.unref();
}
