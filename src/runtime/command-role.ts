import { openLog } from '../adapters/log/log.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { PING, PONG, READY } from './child.ts';
import { BEHIND_TELEPHONE, giveWay } from './give-way.ts';

export const ROLES = ['call-control', 'api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

type Running = { stop(): Promise<void> };
type Log = ReturnType<typeof openLog>;
/** `leave`: ends the process at once, with nothing of it done any more. */
type Start = (config: Config, log: Log, leave: (code: number) => void) => Promise<Running>;

const STARTS: Readonly<Record<Role, () => Promise<Start>>> = {
  'call-control': async () => (await import('../roles/call-control.ts')).run,
  api: async () => (await import('../roles/api.ts')).run,
  worker: async () => {
    const { run } = await import('../roles/worker.ts');
    return (config, log) => run(config, log);
  },
};

/**
 * On a machine that has more to do than it can, the telephone goes first: a book, a deadline or a seal that comes a
 * second later harms nobody, a citizen who hears silence for a second does.
 */
const NICENESS: Readonly<Record<Role, number>> = { 'call-control': -5, api: 0, worker: BEHIND_TELEPHONE };

/** One role as a process: reads the environment, serves until SIGTERM or Ctrl-C. Resolves to the exit code. */
export async function runRole(role: Role): Promise<number> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  const log = openLog({ role, level: config.logLevel });
  // Better a process that falls and is started again than one that goes on in a state that nobody thought of.
  process.on('uncaughtException', (error) => fall(log, error));
  process.on('unhandledRejection', (error) => fall(log, error));
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
  process.on('message', (message) => {
    if (message === PING && process.connected) process.send?.(PONG);
  });
  giveWay(process.pid, NICENESS[role]);
  const start = await STARTS[role]();
  const running = await start(config, log, (code) => log.flush(() => process.exit(code)));
  log.info('ready');
  process.send?.(READY);
  await asked;
  log.info('stopping');
  await running.stop();
  log.info('stopped');
  return 0;
}

function fall(log: Log, error: unknown): void {
  log.fatal({ err: error }, 'unexpected error');
  log.flush(() => process.exit(70));
}
