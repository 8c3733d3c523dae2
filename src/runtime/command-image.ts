import { join } from 'node:path';
import { ensurePrompts } from '../adapters/audio/prompts.ts';
import { openLog } from '../adapters/log/log.ts';
import { migrate } from '../adapters/pg/migrate.ts';
import { readConfig } from '../config.ts';
import { SOUNDS } from '../domain/ivr/prompts.ts';
import { firstStart } from '../roles/first-start.ts';
import { renderAsterisk } from './asterisk-service.ts';
import { PROJECT } from './instance.ts';
import { trunkSettings } from './instance-settings.ts';
import { httpAnswers, postgresAnswers } from './ready.ts';
import { which } from './run-program.ts';

type Print = (text: string) => void;

/**
 * What the containers need before they serve, done once by one of them: database, sample municipality, prompts,
 * and Asterisk's files in the folder that its container shares. Everything comes from the environment.
 */
export async function prepare(print: Print): Promise<number> {
  const config = readConfig(process.env);
  const applied = await migrate(config.databaseUrl, join(PROJECT, 'migrations'));
  print(`database: ${applied.length} migrations applied`);
  const log = openLog({ role: 'prepare', level: config.logLevel });
  const first = await firstStart(config, { nowMs: Date.now(), log });
  if (first.seeded) print(`sample municipality set up; accounts: ${join(config.dataDir, 'accounts.json')}`);
  const found = (name: string) => ({ path: which(name) ?? name, env: {} });
  const { made, failed } = await ensurePrompts(
    config.promptsDir,
    { espeak: found('espeak-ng'), sox: found('sox') },
    SOUNDS,
  );
  print(`prompts: ${made.length} spoken, ${failed.length} failed`);
  for (const { name, reason } of failed) print(`prompt ${name}: ${reason}`);
  const dir = process.env.ASTERISK_DIR || '/asterisk';
  const { asterisk } = config;
  const ari = new URL(asterisk.ariUrl);
  const sipPort = asterisk.sipPort;
  renderAsterisk({
    // Where Debian's packages put them; the image makes the first one independent of the architecture.
    program: { path: '', env: {}, modulesDir: '/usr/lib/asterisk/modules', dataDir: '/usr/share/asterisk' },
    configDir: join(PROJECT, 'asterisk-config'),
    dir,
    recordingsDir: config.recordingsDir,
    promptsDir: asterisk.promptsDir,
    sipPort,
    sipBind: '0.0.0.0',
    httpPort: Number(ari.port || '8088'),
    amiPort: asterisk.amiPort,
    ariUser: asterisk.ariUser,
    ariPassword: asterisk.ariPassword,
    amiUser: asterisk.amiUser,
    amiSecret: asterisk.amiSecret,
    rtpStart: port('RTP_START', 20_000),
    rtpEnd: port('RTP_END', 20_199),
    stasisApp: asterisk.app,
    ...trunkSettings(process.env, sipPort + 1),
    output: '',
  });
  print(`Asterisk's files: ${dir}`);
  return 0;
}

function port(name: string, fallback: number): number {
  const value = Number(process.env[name] || fallback);
  return Number.isInteger(value) && value > 0 && value < 65_536 ? value : fallback;
}

/** For the containers' health checks: 0 when the role here does its work. */
export async function healthcheck(role: string | undefined): Promise<number> {
  const config = readConfig(process.env);
  const { ariUrl, ariUser, ariPassword, app } = config.asterisk;
  switch (role) {
    case 'call-control':
      // Asterisk knows the application only while call control is connected.
      return (await httpAnswers(`${ariUrl}/ari/applications/${app}`, `${ariUser}:${ariPassword}`)) ? 0 : 1;
    case 'worker':
      return (await postgresAnswers(config.databaseUrl)) ? 0 : 1;
    default:
      return (await httpAnswers(`http://127.0.0.1:${config.http.port}/healthz`)) ? 0 : 1;
  }
}
