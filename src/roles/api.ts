import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { keepPages } from '../adapters/files/kept-pages.ts';
import { buildApp } from '../adapters/http/app.ts';
import { BullDeadlineQueue } from '../adapters/jobs/deadline-queue.ts';
import { BullKnowledgeQueue } from '../adapters/jobs/knowledge-queue.ts';
import { BullOversightQueue } from '../adapters/jobs/oversight-queue.ts';
import type { Logger } from '../adapters/log/log.ts';
import { openDatabase } from '../adapters/pg/database.ts';
import { RedisCommandSender } from '../adapters/redis/command-sender.ts';
import { RedisLiveBoardReader } from '../adapters/redis/live-board-reader.ts';
import { RedisNoticeFeed, RedisNoticePublisher } from '../adapters/redis/notices.ts';
import type { Config } from '../config.ts';
import { apiServices, type Links } from './api-services.ts';
import { openChannels } from './intake-channels.ts';
import { keepWayOpen } from './open-way.ts';

const POOL_MAX = 12;
/** A screen is told that the database is away rather than left waiting. */
const QUERY_TIMEOUT_MS = 8000;
/** What is still being answered when we stop gets this long. */
const STOP_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2000;
/** Beside what this file itself was compiled to. */
const CONSOLE_DIR = join(import.meta.dirname, '../console');

/** A page that stays open over an upgrade goes on; when nothing can be kept it has to be loaded anew, and says so. */
async function keepEarlierPages(dataDir: string, log: Logger): Promise<string | null> {
  const assets = join(CONSOLE_DIR, 'assets');
  if (!existsSync(assets)) return null;
  const kept = join(dataDir, 'console');
  try {
    await keepPages(assets, kept, Date.now());
    return kept;
  } catch (err) {
    log.warn({ err }, 'files of earlier pages cannot be kept: pages that are open must be loaded anew');
    return null;
  }
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);

/** Resolves when the port is open; rejects with the reason when it cannot be. */
export async function run(config: Config, log: Logger): Promise<{ stop(): Promise<void> }> {
  const db = openDatabase(config.databaseUrl, {
    max: POOL_MAX,
    queryTimeoutMs: QUERY_TIMEOUT_MS,
    onError: (err) => log.warn({ err }, 'an idle database connection was lost'),
  });
  const links: Links = {
    commands: new RedisCommandSender(config.redisUrl, log),
    board: new RedisLiveBoardReader(config.redisUrl, log),
    notices: new RedisNoticeFeed(config.redisUrl, log),
    publisher: new RedisNoticePublisher(config.redisUrl, log),
  };
  const jobStores = [BullDeadlineQueue, BullOversightQueue, BullKnowledgeQueue].map(
    (Store) => new Store(config.redisUrl, log),
  );
  const closeLinks = async (): Promise<void> => {
    await Promise.all(Object.values(links).map((link) => link.close()));
    await Promise.all([...jobStores.map((store) => store.close()), db.close()]);
  };
  try {
    await mkdir(config.recordingsDir, { recursive: true });
    const app = await buildApp(
      {
        ...apiServices(db, links, config),
        jobStores,
        ownSip: { hosts: ownAddresses(), port: config.asterisk.sipPort },
        trunkCodes: config.trunks,
        compressedTime: config.compressedTime,
        intakeChannels: openChannels(config.channels, log),
      },
      {
        recordingsDir: config.recordingsDir,
        consoleDir: CONSOLE_DIR,
        keptPagesDir: await keepEarlierPages(config.dataDir, log),
        asteriskHttpUrl: config.asterisk.ariUrl,
        sipPort: config.asterisk.sipPort,
        trustProxy: config.http.trustProxy,
      },
      log,
    );
    await app.listen({ host: config.http.host, port: config.http.port });
    const way = keepWayOpen(links.commands, log);
    return {
      async stop() {
        way.stop();
        const served = await within(STOP_TIMEOUT_MS, app.close());
        if (!served) {
          log.warn({ afterMs: STOP_TIMEOUT_MS }, 'requests were still open at the end of the stop');
          app.server.closeAllConnections();
        }
        // A database that does not move does not say goodbye either.
        await within(CLOSE_TIMEOUT_MS, closeLinks());
      },
    };
  } catch (error) {
    await closeLinks();
    throw error;
  }
}

/** False when the work was not done in time; it is left to itself then. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
