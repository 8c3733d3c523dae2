import { mkdtempSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inject } from 'vitest';
import type { Exit } from '../../src/runtime/child.ts';
import { freePort, freeRange } from '../../src/runtime/ports.ts';
import { type AsteriskOptions, startAsterisk } from '../../src/runtime/services.ts';

export interface TestAsterisk {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
  readonly amiHost: string;
  readonly amiPort: number;
  readonly amiUser: string;
  readonly amiSecret: string;
  readonly sipPort: number;
  /** Where the trunk sends outbound calls: a SIPp of the test may listen there. */
  readonly carrierPort: number;
  readonly stasisApp: string;
  readonly dir: string;
  readonly recordingsDir: string;
  readonly promptsDir: string;
  readonly options: AsteriskOptions;
  readonly pid: () => number;
  /** All that it has written so far: its output and its own log file. */
  log(): string;
  /** Ends it and starts it again on the same ports, with the same files. */
  restart(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  exited(): Promise<Exit>;
  /** Starts it again after `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A private Asterisk with the project's own configuration, on free ports. */
export async function startTestAsterisk(
  changes: Partial<
    Pick<
      AsteriskOptions,
      'program' | 'promptsDir' | 'recordingsDir' | 'trunk' | 'furtherTrunks' | 'stasisApp'
    >
  > = {},
): Promise<TestAsterisk> {
  const dir = mkdtempSync(join(inject('runDir'), 'asterisk-'));
  const carrierPort = changes.trunk?.port ?? (await freePort());
  const rtpStart = await freeRange(400);
  const output = join(dir, 'output.log');
  const options: AsteriskOptions = {
    program: inject('tools').asterisk,
    configDir: resolve(import.meta.dirname, '../../asterisk-config'),
    dir,
    recordingsDir: join(dir, 'recordings'),
    promptsDir: join(dir, 'prompts'),
    sipPort: await freePort(),
    sipBind: '127.0.0.1',
    httpPort: await freePort(),
    amiPort: await freePort(),
    ariUser: 'yihaotong',
    ariPassword: 'ari-of-this-test',
    amiUser: 'yihaotong',
    amiSecret: 'ami-of-this-test',
    rtpStart,
    rtpEnd: rtpStart + 398,
    stasisApp: 'yihaotong',
    trunk: { match: ['127.0.0.1'], host: '127.0.0.1', port: carrierPort, maxCalls: 200 },
    externalAddress: '',
    localNets: ['127.0.0.0/8'],
    output,
    throwaway: true,
    ...changes,
  };
  const launch = async () => {
    try {
      return await startAsterisk(options);
    } catch (error) {
      throw new Error(`Asterisk did not start:\n${readOr(output).slice(-4000)}`, { cause: error });
    }
  };
  let child = await launch();
  return {
    ariUrl: `http://127.0.0.1:${options.httpPort}`,
    ariUser: options.ariUser,
    ariPassword: options.ariPassword,
    amiHost: '127.0.0.1',
    amiPort: options.amiPort,
    amiUser: options.amiUser,
    amiSecret: options.amiSecret,
    sipPort: options.sipPort,
    carrierPort,
    stasisApp: options.stasisApp,
    dir,
    recordingsDir: options.recordingsDir,
    promptsDir: options.promptsDir,
    options,
    pid: () => child.pid,
    log: () => [output, join(dir, 'log/messages.log'), join(dir, 'log/messages')].map(readOr).join(''),
    async restart() {
      await child.stop();
      child = await launch();
    },
    kill: (signal) => child.kill(signal),
    exited: () => child.exited,
    async start() {
      if (child.ended()) child = await launch();
    },
    stop: () => child.stop(),
  };
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
