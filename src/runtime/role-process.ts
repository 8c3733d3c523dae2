import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { type Instance, PROJECT } from './instance.ts';
import { watchPulse } from './pulse.ts';
import { httpAnswers, untilReady } from './ready.ts';

const READY_MS = 60_000;

export interface RoleProcess {
  readonly role: string;
  /** Of the process and its log: several may run of one role. */
  readonly name: string;
  readonly instance: Instance;
  readonly env: NodeJS.ProcessEnv;
  readonly output: string;
}

/** One of the product's own processes. Resolves when it serves; one that does not in time is ended again. */
export async function startRole(
  { role, name, instance, env, output }: RoleProcess,
  say: (line: string) => void,
): Promise<Child> {
  const child = await startChild({
    name,
    path: process.execPath,
    args: ['--enable-source-maps', join(PROJECT, 'dist/main.js'), role],
    env,
    cwd: PROJECT,
    graceMs: 12_000,
    channel: true,
    output,
  });
  await ready(role, child, instance);
  watchPulse(child, say);
  return child;
}

async function ready(role: string, child: Child, { ports }: Instance): Promise<void> {
  let said = false;
  void child.ready.then(() => {
    said = true;
  });
  const serves = async (): Promise<boolean> =>
    said && (role !== 'api' || (await httpAnswers(`http://127.0.0.1:${ports.http}/healthz`)));
  try {
    await untilReady(role, serves, { timeoutMs: READY_MS, gone: child.ended });
  } catch (error) {
    await child.stop();
    throw error;
  }
}
