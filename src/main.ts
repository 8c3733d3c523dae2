#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeApi } from './adapters/http/describe.ts';
import { openLog } from './adapters/log/log.ts';
import { MigrationRefused, migrate } from './adapters/pg/migrate.ts';
import { ConfigError } from './config.ts';
import { demo, demoCall, demoElsewhere } from './runtime/command-demo.ts';
import { healthcheck, prepare } from './runtime/command-image.ts';
import { ROLES, type Role, runRole } from './runtime/command-role.ts';
import { rules } from './runtime/command-rules.ts';
import { meantInstance, status, stop } from './runtime/command-running.ts';
import { startDetached, startHere } from './runtime/command-start.ts';
import { verify } from './runtime/command-verify.ts';
import { type InstanceOptions, instanceOf, PROJECT } from './runtime/instance.ts';
import { Misuse, Setback } from './runtime/setback.ts';
import { stateDrawings } from './runtime/state-drawings.ts';

const USAGE = `一号通 Yihaotong

  start [--detach] [--port-base N] [--data DIR] [--sip-bind ADDRESS]   start everything on this machine
  stop, status, demo [--port-base N] [--data DIR]                      end it, look at it, call it
  demo --call                                                          one citizen dials 12345: answer in the console
  demo --api URL --accounts FILE [--carrier-port N]                    call one that runs elsewhere
  call-control | api | worker                                          one role, from the environment
  rules …                                                              change the rules; see rules help
  verify [--port-base N] [--data DIR]                                  check that no ticket's time line was changed
  migrate                                                              bring DATABASE_URL up to date
  prepare, healthcheck [ROLE]                                          for the containers
  docs                                                                 draw the tables of states again
  describe FILE                                                        write the API's description (OpenAPI) into a file
`;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function main(argv: readonly string[]): Promise<number> {
  // It has options of its own.
  if (argv[0] === 'rules') return await rules(argv.slice(1), print);
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      detach: { type: 'boolean', default: false },
      'port-base': { type: 'string' },
      data: { type: 'string' },
      'sip-bind': { type: 'string' },
      api: { type: 'string' },
      call: { type: 'boolean', default: false },
      accounts: { type: 'string', default: '-' },
      'carrier-port': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command = 'help', argument] = values.help ? ['help'] : positionals;
  const { 'port-base': portBase, data, 'sip-bind': sipBind } = values;
  const options: InstanceOptions = {
    ...(portBase === undefined ? {} : { portBase: Number(portBase) }),
    ...(data === undefined ? {} : { data }),
    ...(sipBind === undefined ? {} : { sipBind }),
  };
  switch (command) {
    case 'start':
      return await (values.detach ? startDetached : startHere)(instanceOf(options), print);
    case 'stop':
      return await stop(meantInstance(options), print);
    case 'status':
      return await status(meantInstance(options), print);
    case 'demo':
      if (values.api === undefined)
        return await (values.call ? demoCall : demo)(meantInstance(options), print);
      return await demoElsewhere(
        { api: values.api, accounts: values.accounts, carrierPort: portOf(values['carrier-port']) },
        print,
      );
    case 'verify':
      return await verify(meantInstance(options), print);
    case 'migrate': {
      const applied = await migrate(fromEnvironment('DATABASE_URL'), join(PROJECT, 'migrations'));
      print(applied.length === 0 ? 'nothing to do' : applied.join('\n'));
      return 0;
    }
    case 'healthcheck':
      return await healthcheck(argument);
    case 'prepare':
      return await prepare(print);
    case 'docs':
      for (const { file, text } of stateDrawings()) {
        writeFileSync(join(PROJECT, 'src/domain', file), text);
        print(`src/domain/${file}`);
      }
      return 0;
    case 'describe':
      if (argument === undefined)
        throw new Misuse('options.file', 'describe needs a file.', 'describe dist/openapi.json');
      writeFileSync(
        argument,
        JSON.stringify(await describeApi(openLog({ role: 'describe', level: 'warn' }))),
      );
      return 0;
    case 'help':
      print(USAGE);
      return 0;
    default:
      if (isRole(command)) return await runRole(command);
      process.stderr.write(`There is no command "${command}".\n\n${USAGE}`);
      return 2;
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new Setback('options.port', `--carrier-port is "${text}".`, 'It must be a port number.');
}

function isRole(name: string): name is Role {
  return ROLES.some((role) => role === name);
}

function fromEnvironment(name: string): string {
  const value = process.env[name]?.trim() ?? '';
  if (value === '') throw new ConfigError(`${name} is not set.`);
  return value;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  if (error instanceof Misuse) process.exitCode = 2;
  if (error instanceof Setback) process.stderr.write(`\n${error.text}\n`);
  else if (error instanceof ConfigError || error instanceof MigrationRefused)
    process.stderr.write(`\n${error.message}\n`);
  else if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  } else process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
}
// Something idle (a keep-alive socket, a watcher) must not hold an ended command open.
process.exit();
