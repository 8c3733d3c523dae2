import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startTicks } from './child.ts';
import { type Instance, type InstanceOptions, instanceOf, PROJECT } from './instance.ts';
import { isAlive, leftBehind, readRunState, reapStale, runningState } from './run-state.ts';
import { Setback } from './setback.ts';
import { statusTable } from './tables.ts';

type Print = (text: string) => void;
const STOP_LIMIT_MS = 90_000;

/** The instance that is meant: the named one, else the one of the folder, else the only one that runs. */
export function meantInstance(options: InstanceOptions): Instance {
  const standard = instanceOf(options);
  const inUse = (dir: string): boolean => runningState(dir) !== null || leftBehind(dir).length > 0;
  if (options.data !== undefined || options.portBase !== undefined || inUse(standard.dir)) return standard;
  const others = readdirSync(PROJECT)
    .filter((name) => /^\.data-\d+$/.test(name))
    .map((name) => instanceOf({ data: join(PROJECT, name) }))
    .filter(({ dir }) => inUse(dir));
  const [only, second] = others;
  if (only === undefined) return standard;
  if (second === undefined) return only;
  const bases = others.map(({ portBase }) => `--port-base ${portBase}`).join(', ');
  throw new Setback('instance.which', 'Several instances of this folder run.', `Say which one: ${bases}`);
}

export async function stop(instance: Instance, print: Print): Promise<number> {
  const running = runningState(instance.dir);
  if (running === null) {
    const left = await reapStale(instance.dir, print);
    print(left === 0 ? `Nothing runs in ${instance.dir}.` : `${left} processes left behind were ended.`);
    return 0;
  }
  const { pid } = running.supervisor;
  print(`stopping the instance in ${instance.dir} (process ${pid})`);
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + STOP_LIMIT_MS;
  let told = '';
  while (isAlive(running.supervisor, running.boot)) {
    const up =
      readRunState(instance.dir)
        ?.children.map(({ name }) => name)
        .join(', ') ?? '';
    if (up !== told && up !== '') print(`still up: ${up}`);
    told = up;
    if (Date.now() > deadline) {
      print('it does not end by itself: ending it the hard way');
      process.kill(pid, 'SIGKILL');
      await wait(200);
      break;
    }
    await wait(150);
  }
  await reapStale(instance.dir, print);
  print('stopped');
  return 0;
}

/** 0 when everything is up, 1 when something is not, 3 when nothing runs. */
export async function status(instance: Instance, print: Print): Promise<number> {
  const running = runningState(instance.dir);
  if (running === null) {
    const left = leftBehind(instance.dir).map(({ name, pid }) => `${name} (process ${pid})`);
    print(
      left.length === 0
        ? `Nothing runs in ${instance.dir}. Start: npm start`
        : `The supervisor of ${instance.dir} is gone, but these are left: ${left.join(', ')}. End them: npm stop`,
    );
    return 3;
  }
  const health = await readiness(instance.ports.http);
  print(statusTable(running, (pid) => startTicks(pid) !== null, health.text));
  const allUp = running.keepers.every(
    ({ state, pid }) => state === 'up' && pid !== null && startTicks(pid) !== null,
  );
  return running.phase === 'ready' && allUp && health.ok ? 0 : 1;
}

async function readiness(port: number): Promise<{ readonly ok: boolean; readonly text: string }> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4000) });
    const body = (await response.json()) as {
      status: string;
      checks: Record<string, { ok: boolean; detail: string }>;
    };
    const checks = Object.entries(body.checks).map(
      ([name, { ok, detail }]) => `${name}: ${ok ? 'ok' : detail}`,
    );
    return { ok: body.status === 'ready', text: `health: ${body.status} (${checks.join(', ')})` };
  } catch (error) {
    return {
      ok: false,
      text: `health: the API does not answer (${error instanceof Error ? error.message : error})`,
    };
  }
}
