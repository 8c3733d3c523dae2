import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createFallbackQueue } from '../adapters/ami/fallback-queue.ts';
import { readIncoming } from '../adapters/ari/incoming.ts';
import { createAriSwitch } from '../adapters/ari/switch.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { CallJournal } from '../adapters/files/call-journal.ts';
import { CallerHoursJournal } from '../adapters/files/caller-hours-journal.ts';
import { configurationCache } from '../adapters/files/configuration-cache.ts';
import { FactDrain } from '../adapters/files/fact-drain.ts';
import { FactSpool } from '../adapters/files/fact-spool.ts';
import { fallbackNotes } from '../adapters/files/fallback-notes.ts';
import { lastSignFile } from '../adapters/files/last-sign-file.ts';
import { PresenceJournal } from '../adapters/files/presence-journal.ts';
import { promptFolder } from '../adapters/files/prompt-folder.ts';
import type { Logger } from '../adapters/log/log.ts';
import { callerBooks } from '../adapters/pg/caller-books.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import { listenForConfigurations } from '../adapters/pg/configuration-notices.ts';
import { openDatabase } from '../adapters/pg/database.ts';
import { factWriter } from '../adapters/pg/facts.ts';
import { RedisCommandReceiver } from '../adapters/redis/command-receiver.ts';
import { RedisLiveBoard } from '../adapters/redis/live-board.ts';
import { CallControl } from '../app/calls/call-control.ts';
import { ConfigurationKeeper } from '../app/calls/configuration-keeper.ts';
import type { PublishedConfiguration } from '../app/ports/configuration-source.ts';
import type { Config } from '../config.ts';

/** One connection for the facts, one for the configuration, one to spare. */
const POOL_MAX = 3;
const QUERY_TIMEOUT_MS = 10_000;
const ASKED_POOL_MAX = 4;
/** By then the call has gone on without the answer. */
const ASKED_TIMEOUT_MS = 2_000;
/** Facts not in the database by then wait in the spool for the next start. */
const LAST_DRAIN_MS = 2_000;

/**
 * The one process that holds live calls. Needs Asterisk; does without PostgreSQL (configuration from the local file,
 * facts spooled) and without Redis (no commands from screens, calls go on). Modes: waiting for a configuration ->
 * working -> stopped.
 */
export async function run(config: Config, log: Logger): Promise<{ stop(): Promise<void> }> {
  const folder = join(config.dataDir, 'call-control');
  const db = openDatabase(config.databaseUrl, {
    max: POOL_MAX,
    // A database that is silent is as away as one that refuses.
    queryTimeoutMs: QUERY_TIMEOUT_MS,
    onError: (err) => log.warn({ err }, 'an idle database connection was lost'),
  });
  // Apart from the facts: a question that a caller waits for never stands behind a batch.
  const asked = openDatabase(config.databaseUrl, {
    max: ASKED_POOL_MAX,
    queryTimeoutMs: ASKED_TIMEOUT_MS,
    onError: (err) => log.warn({ err }, 'an idle database connection was lost'),
  });
  const spool = await FactSpool.open(join(folder, 'facts'), log);
  const writer = factWriter(db, (refused) => log.error(refused, 'the database refused a fact'));
  const drain = new FactDrain(spool, writer, log);
  const presences = new PresenceJournal(join(folder, 'presence.jsonl'), log);
  const callerHours = new CallerHoursJournal(join(folder, 'caller-hours.jsonl'), log);
  const calls = new CallJournal(join(folder, 'calls.jsonl'), log);
  const { asterisk } = config;
  const ari = createAriSwitch({
    url: asterisk.ariUrl,
    user: asterisk.ariUser,
    password: asterisk.ariPassword,
    app: asterisk.app,
    log,
  });
  let control: CallControl | null = null;
  const fallback = createFallbackQueue({
    host: asterisk.amiHost,
    port: asterisk.amiPort,
    user: asterisk.amiUser,
    secret: asterisk.amiSecret,
    log,
  });
  const board = new RedisLiveBoard(config.redisUrl, log);
  const receiver = new RedisCommandReceiver(config.redisUrl, log);

  const clock = systemClock(config.rulesFromMs);
  if (config.rulesFromMs !== null) {
    const at = new Date(config.rulesFromMs).toISOString();
    log.warn({ at }, 'calls go by the rules of another moment: this is for training and tests');
  }
  const open = async (published: PublishedConfiguration): Promise<void> => {
    const made = new CallControl(
      {
        switch: ari.switch,
        phones: ari.phones,
        fallback,
        facts: spool,
        notes: fallbackNotes(join(config.recordingsDir, 'fallback'), readIncoming, log),
        board,
        callers: callerBooks(asked),
        prompts: promptFolder(config.promptsDir, asterisk.promptsDir),
        presences,
        calls,
        callerHours,
        lastSign: lastSignFile(join(folder, 'last-sign'), log),
        clock,
        log,
        newId: randomUUID,
        reload: () => keeper.reload(),
      },
      published,
    );
    control = made;
    // First, so that its members can be compared as soon as the switch is there.
    await fallback.start();
    await made.start();
    receiver.onCommand((command) => made.command(command));
  };
  let opening: Promise<void> | null = null;
  const keeper = new ConfigurationKeeper(
    {
      source: configurationBooks(db),
      cache: configurationCache(join(folder, 'configuration.json'), log),
      clock,
      log,
    },
    (published) => {
      log.info({ version: published.configuration.version }, 'a configuration is in force');
      if (opening === null) {
        opening = open(published).catch((err: unknown) => {
          log.fatal({ err }, 'call control could not be opened');
          throw err;
        });
      } else {
        // Also when it is still opening: the newer version comes after.
        opening = opening.then(() => control?.useConfiguration(published));
      }
    },
  );
  drain.start();
  await keeper.start();
  await opening;
  const reload = (): void => {
    keeper.reload().catch((err: unknown) => log.error({ err }, 'the configuration could not be taken over'));
  };
  const notices = listenForConfigurations(config.databaseUrl, reload, log);

  return {
    async stop() {
      keeper.stop();
      const noticesOver = notices.stop();
      await receiver.close();
      await control?.stop();
      await fallback.stop();
      await board.close();
      await Promise.all([presences.flush(), calls.flush(), callerHours.flush()]);
      await spool.flush();
      const timeUp = new Promise<void>((resolve) => setTimeout(resolve, LAST_DRAIN_MS).unref());
      await Promise.race([drain.drainNow(), timeUp]);
      await Promise.race([drain.stop(), timeUp]);
      await spool.close();
      await Promise.race([Promise.all([db.close(), asked.close(), noticesOver]), timeUp]);
    },
  };
}
