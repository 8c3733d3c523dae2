import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

export interface PortUse {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly host: string;
  readonly purpose: string;
}

/** A port that nobody uses now, for TCP and UDP alike, outside the range from which the kernel picks by itself. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (
      (await claim(port)) &&
      (await canBind({ port, host, protocol: 'tcp' })) &&
      (await canBind({ port, host, protocol: 'udp' }))
    ) {
      return port;
    }
  }
}

/**
 * A port that was handed out is not bound yet, and several processes ask at once. Each asks the kernel by a name of the
 * port in the abstract namespace, which is gone with whoever held it; where there is none (not Linux), luck decides.
 */
function claim(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const name = createServer().unref();
    name.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    name.listen(`\0yihaotong-port-${port}`, () => resolve(true));
  });
}

const RANGES_TRIED = 1_000;

/** A stretch of `size` UDP ports, its first and middle probed; for RTP. */
export async function freeRange(size: number, host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < RANGES_TRIED; tries += 1) {
    const start = 33_000 + size * Math.floor((Math.random() * (60_000 - 33_000 - size)) / size);
    if (!(await claim(start))) continue;
    const probes = await Promise.all(
      [0, size / 2, size - 2].map((at) => canBind({ port: start + at, host, protocol: 'udp' })),
    );
    if (probes.every(Boolean)) return start;
  }
  throw new Error(`No ${size} UDP ports in a row are free between 33000 and 60000 on ${host}.`);
}

export function canBind(use: Pick<PortUse, 'port' | 'host' | 'protocol'>): Promise<boolean> {
  return new Promise((resolve) => {
    if (use.protocol === 'udp') {
      const socket = createSocket(use.host.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', () => resolve(false));
      socket.bind({ port: use.port, address: use.host, exclusive: true }, () =>
        socket.close(() => resolve(true)),
      );
      return;
    }
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port: use.port, host: use.host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** The address of this machine from which `host` is reached; nothing is sent. */
export function addressTowards(host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    // The port does not matter: the kernel only looks up the way.
    socket.connect(9, host, () => {
      const { address } = socket.address();
      socket.close(() => resolve(address));
    });
  });
}

/** One sentence for every port that is not free, with its holder when the kernel lets us see it. */
export async function takenPorts(uses: readonly PortUse[]): Promise<readonly string[]> {
  const busy = await Promise.all(uses.map(async (use) => ((await canBind(use)) ? null : use)));
  return busy
    .filter((use) => use !== null)
    .map((use) => {
      const holder = portHolder(use.port, use.protocol);
      const who = holder === null ? 'the address is in use, by whom cannot be seen' : `held by ${holder}`;
      return `Port ${use.port}/${use.protocol} (${use.purpose}) is taken: ${who}.`;
    });
}

/** "process 123 (nginx)" from /proc; its account when only that may be seen; null when nothing can be known. */
export function portHolder(port: number, protocol: 'tcp' | 'udp'): string | null {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  let uid = '';
  for (const table of [protocol, `${protocol}6`]) {
    for (const line of readText(`/proc/net/${table}`).split('\n').slice(1)) {
      const [, local = '', , state, , , , owner = '', , inode = ''] = line.trim().split(/\s+/);
      // 0A is LISTEN; a connection's own port is not held against newcomers.
      if (!local.endsWith(`:${hex}`) || (protocol === 'tcp' && state !== '0A')) continue;
      inodes.add(`socket:[${inode}]`);
      uid = owner;
    }
  }
  if (inodes.size === 0) return null;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (descriptors(pid).some((target) => inodes.has(target))) {
      const command = readText(`/proc/${pid}/cmdline`).split('\0').filter(Boolean).join(' ').slice(0, 300);
      return `process ${pid} (${command || readText(`/proc/${pid}/comm`).trim()})`;
    }
  }
  return `a process of the account ${accountName(uid)}, which this account may not look at`;
}

function accountName(uid: string): string {
  const entries = readText('/etc/passwd').split('\n');
  return entries.map((line) => line.split(':')).find((fields) => fields[2] === uid)?.[0] ?? uid;
}

function descriptors(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => linkTarget(`/proc/${pid}/fd/${fd}`));
  } catch {
    // Another account's process, or one that just ended.
    return [];
  }
}

function linkTarget(path: string): readonly string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    // Closed since it was listed.
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
