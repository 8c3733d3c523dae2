import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second (`getconf CLK_TCK`), for every program alike. */
const TICK_MS = 10;
const BENCH = 'bench';
const BENCH_PROGRAMS: readonly string[] = [BENCH, 'sipp', 'pgbench'];

/** Processor time by program, in ms. */
export type ProcessorTime = ReadonlyMap<string, number>;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ms: number;
}

/**
 * What each program that this process started (and those they started) has worked so far. Unlike a rate it does not
 * change with what else the machine does.
 */
export async function processorTime(): Promise<ProcessorTime> {
  const stats = (await Promise.all((await pids()).map(statOf))).filter((one) => one !== null);
  const ours = new Set([process.pid]);
  // Sorted by number is not sorted by birth: a round for each generation.
  for (let grew = true; grew; ) {
    const before = ours.size;
    for (const { pid, parent } of stats) if (ours.has(parent)) ours.add(pid);
    grew = ours.size > before;
  }
  const times = new Map<string, number>();
  for (const { pid, ms } of stats.filter((one) => ours.has(one.pid))) {
    const name = pid === process.pid ? BENCH : await nameOf(pid);
    times.set(name, (times.get(name) ?? 0) + ms);
  }
  return times;
}

/** What each worked between the two, for each of so many pieces of work, in ms. Who makes the calls is no part of it. */
export function perPiece(before: ProcessorTime, after: ProcessorTime, pieces: number): ProcessorTime {
  const theirs = [...after].filter(([name]) => !BENCH_PROGRAMS.includes(name));
  return new Map(theirs.map(([name, ms]) => [name, (ms - (before.get(name) ?? 0)) / pieces]));
}

async function pids(): Promise<readonly number[]> {
  return (await readdir('/proc')).map(Number).filter(Number.isInteger);
}

async function statOf(pid: number): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The name in parentheses may hold spaces; what counts comes after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // Its own in user and system mode, and that of those it started which have ended: PostgreSQL's come and go.
  const ticks = fields.slice(11, 15).map(Number);
  return { pid, parent: Number(fields[1]), ms: ticks.reduce((sum, one) => sum + one, 0) * TICK_MS };
}

const SERVERS = ['asterisk', 'pgbench', 'postgres', 'redis-server', 'sipp'];

/** A role of the product, or the server's program. */
async function nameOf(pid: number): Promise<string> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  const main = words.findIndex((word) => word.endsWith('/main.js'));
  if (main !== -1) return words[main + 1] ?? 'product';
  return SERVERS.find((server) => words[0]?.includes(server)) ?? 'other';
}
