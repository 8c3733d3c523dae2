import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createFallbackQueue } from '../adapters/ami/fallback-queue.ts';
import { AmiLink } from '../adapters/ami/link.ts';
import { createRecorder } from '../adapters/ami/recorder.ts';
import { readIncoming } from '../adapters/ari/incoming.ts';
import { createAriSwitch } from '../adapters/ari/switch.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { FactDrain } from '../adapters/files/fact-drain.ts';
import { FactOutbox } from '../adapters/files/fact-outbox.ts';
import { FactSpool } from '../adapters/files/fact-spool.ts';
import { fallbackNotes } from '../adapters/files/fallback-notes.ts';
import { HouseJournal } from '../adapters/files/house-journal.ts';
import { callbacksIn } from '../adapters/files/kept-callbacks.ts';
import { callerHoursIn } from '../adapters/files/kept-caller-hours.ts';
import { callsIn } from '../adapters/files/kept-calls.ts';
import { pacesIn } from '../adapters/files/kept-paces.ts';
import { placedCallsIn } from '../adapters/files/kept-placed-calls.ts';
import { presencesIn } from '../adapters/files/kept-presences.ts';
import { talliesIn } from '../adapters/files/kept-tallies.ts';
import { lastSignFile } from '../adapters/files/last-sign-file.ts';
import { promptFolder } from '../adapters/files/prompt-folder.ts';
import type { Logger } from '../adapters/log/log.ts';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { openCallbackBooks } from '../adapters/pg/callbacks.ts';
import { callerBooks } from '../adapters/pg/caller-books.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { factWriter } from '../adapters/pg/facts.ts';
import { RedisCommandReceiver } from '../adapters/redis/command-receiver.ts';
import { RedisLiveBoard } from '../adapters/redis/live-board.ts';
import { CallControl } from '../app/calls/call-control.ts';
import type { LeaseTenure } from '../app/lease/lease-tenure.ts';
import { QueueTallies } from '../app/live/queue-tallies.ts';
import type { PublishedConfiguration } from '../app/ports/configuration-source.ts';
import type { FactWriter } from '../app/ports/facts.ts';
import type { HouseMirror } from '../app/ports/house-mirror.ts';
import type { Config } from '../config.ts';

/** Facts not in the database by then wait in the spool for the next start. */
const LAST_DRAIN_MS = 2_000;
/** A batch of facts waits so long rather than until its next try. */
const DOUBT_PASSES_MS = 5_000;
const SPOOL = { memoryFacts: 100_000 };

export interface WorkParts {
  readonly config: Config;
  readonly log: Logger;
  readonly db: PgDatabase;
  /** For what a caller waits for: never behind a batch of facts. */
  readonly asked: PgDatabase;
  /** Where call controls on other machines look. */
  readonly mirror: HouseMirror;
  reload(): Promise<boolean>;
}

export interface Work {
  useConfiguration(published: PublishedConfiguration): void;
  stop(): Promise<void>;
}

/** What the active call control is made of, from the moment at which it holds the lease. */
export async function beginWork(
  { config, log, db, asked, mirror, reload }: WorkParts,
  tenure: LeaseTenure,
  /** The generation of the term before, as far as it was heard of. */
  after: number,
  published: PublishedConfiguration,
): Promise<Work> {
  const folder = join(config.dataDir, 'call-control');
  const holds = (): boolean => tenure.holds();
  const term = { generation: tenure.term.generation, after, holds };
  const { asterisk } = config;
  const ari = createAriSwitch({
    url: asterisk.ariUrl,
    user: asterisk.ariUser,
    password: asterisk.ariPassword,
    app: asterisk.app,
    log,
    tenure,
    onReplaced: () => tenure.replaced(),
  });
  const manager = new AmiLink({
    host: asterisk.amiHost,
    port: asterisk.amiPort,
    user: asterisk.amiUser,
    secret: asterisk.amiSecret,
    log,
    tenure,
  });
  const fallback = createFallbackQueue(manager, log);
  const spool = await FactSpool.open(join(folder, 'facts'), log, SPOOL, holds);
  const inBooks = factWriter(db, (refused) => log.error(refused, 'the database refused a fact'));
  const writer: FactWriter = {
    async writeFacts(facts) {
      if (!(await tenure.settled(DOUBT_PASSES_MS)))
        throw new Error('another call control may be the active one');
      await inBooks.writeFacts(facts);
    },
  };
  const drain = new FactDrain(spool, writer, log);
  const facts = new FactOutbox(spool);
  const journal = new HouseJournal(join(folder, 'house.jsonl'), log, term, facts, mirror);
  facts.rideOn(() => journal.wake());
  const kept = {
    presences: presencesIn(journal),
    calls: callsIn(journal),
    callbacks: callbacksIn(journal),
    callerHours: callerHoursIn(journal),
    placed: placedCallsIn(journal),
    tallies: talliesIn(journal),
    paces: pacesIn(journal),
  };
  const board = new RedisLiveBoard(config.redisUrl, log, holds);
  const clock = systemClock(config.rulesFromMs);
  const tallies = new QueueTallies({ clock, store: kept.tallies, board });
  await tallies.restore();
  tallies.useConfiguration(published.configuration);
  const receiver = new RedisCommandReceiver(config.redisUrl, log, tenure);
  const control = new CallControl(
    {
      switch: ari.switch,
      phones: ari.phones,
      fallback,
      recorder: createRecorder(manager),
      facts: tallies.counting(facts),
      notes: fallbackNotes(join(config.recordingsDir, 'fallback'), readIncoming, log),
      board,
      callers: callerBooks(asked),
      prompts: promptFolder(config.promptsDir, asterisk.promptsDir),
      presences: kept.presences,
      calls: kept.calls,
      callbacks: kept.callbacks,
      callbackBooks: openCallbackBooks(asked),
      callerHours: kept.callerHours,
      placed: kept.placed,
      paces: kept.paces,
      kept: journal,
      tenure,
      alarms: alarmBooks(db),
      lastSign: lastSignFile(join(folder, 'last-sign'), log, holds),
      clock,
      log,
      newId: randomUUID,
      reload,
    },
    published,
  );
  // Beside the switch, not before it: calls wait for the one, nobody for the other.
  await Promise.all([manager.start(), control.start()]);
  drain.start();
  receiver.onCommand((command) => control.command(command));

  return {
    useConfiguration(next) {
      tallies.useConfiguration(next.configuration);
      control.useConfiguration(next);
    },
    async stop() {
      await receiver.close();
      await control.stop();
      tallies.stop();
      await manager.stop();
      await board.close();
      await journal.flush();
      await facts.flush();
      await mirror.flush();
      const timeUp = new Promise<void>((resolve) => setTimeout(resolve, LAST_DRAIN_MS).unref());
      await Promise.race([drain.drainNow(), timeUp]);
      await Promise.race([drain.stop(), timeUp]);
      await spool.close();
    },
  };
}
