import { join } from 'node:path';
import { ariWitness } from '../adapters/ari/witness.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { configurationCache } from '../adapters/files/configuration-cache.ts';
import { LocalLeaseFolder } from '../adapters/files/lease-folder.ts';
import type { Logger } from '../adapters/log/log.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import { listenForConfigurations } from '../adapters/pg/configuration-notices.ts';
import { openDatabase } from '../adapters/pg/database.ts';
import { RedisHouseMirror } from '../adapters/redis/house-mirror.ts';
import { RedisLease } from '../adapters/redis/lease-store.ts';
import { ConfigurationKeeper } from '../app/calls/configuration-keeper.ts';
import { type Deposed, LeaseTenure } from '../app/lease/lease-tenure.ts';
import { StandBy, type Taken } from '../app/lease/stand-by.ts';
import type { PublishedConfiguration } from '../app/ports/configuration-source.ts';
import type { Config } from '../config.ts';
import { beginWork, type Work } from './call-control-work.ts';
import { handOnLeftFacts } from './left-facts.ts';

/** One connection for the facts, one for the configuration, one to spare. */
const POOL_MAX = 3;
const QUERY_TIMEOUT_MS = 10_000;
const ASKED_POOL_MAX = 4;
/** By then the call has gone on without the answer. */
const ASKED_TIMEOUT_MS = 2_000;
const CLOSE_WITHIN_MS = 2_000;

/** Another call control took over: to be started again, as its standby. */
export const DEPOSED = 75;

/**
 * The one process that holds live calls. Needs Asterisk; does without PostgreSQL (configuration from the local file,
 * facts spooled) and without Redis (no commands from screens, calls go on). Several may run, here or on other machines:
 * one is active, the others stand by with the configuration in hand. Modes: waiting for a configuration -> standing by
 * -> working -> stopped; a process that another one took over from ends at once, whatever it was about to do.
 */
export async function run(
  config: Config,
  log: Logger,
  leave: (code: number) => void,
): Promise<{ stop(): Promise<void> }> {
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
  const clock = systemClock(config.rulesFromMs);
  if (config.rulesFromMs !== null) {
    const at = new Date(config.rulesFromMs).toISOString();
    log.warn({ at }, 'calls go by the rules of another moment: this is for training and tests');
  }
  const store = new RedisLease(config.redisUrl, log);
  // Before it is needed: a standby that takes over finds the way there open.
  const mirror = new RedisHouseMirror(config.redisUrl, log);
  const meeting = await LocalLeaseFolder.open(join(folder, 'lease'), log);
  const { ariUrl: url, ariUser: user, ariPassword: password, app } = config.asterisk;
  const witness = ariWitness({ url, user, password, app });
  const lease = { store, folder: meeting, witness, clock, ticks: () => performance.now(), log };
  const standBy = new StandBy(lease);
  let tenure: LeaseTenure | null = null;
  let work: Work | null = null;
  let latest: PublishedConfiguration | null = null;
  let leftFacts: Promise<void> = Promise.resolve();

  const deposed = (why: Deposed): void => {
    log.error({ why, ...meeting.holder }, 'another call control took over: this one ends');
    leave(DEPOSED);
  };
  const begin = async (
    { term, before, askedAt }: Taken,
    published: PublishedConfiguration,
  ): Promise<void> => {
    await leftFacts;
    log.info({ ...term, before: before?.name ?? null }, 'this call control is the active one');
    tenure = new LeaseTenure({ ...lease, deposed }, term, askedAt);
    const parts = { config, log, db, asked, mirror, reload: () => keeper.reload() };
    work = await beginWork(parts, tenure, before?.generation ?? 0, published);
    if (latest !== null && latest !== published) work.useConfiguration(latest);
  };
  /** Resolves when it works, or stands by. */
  const contend = async (published: PublishedConfiguration): Promise<void> => {
    const began = standBy.taken().then((taken) => begin(taken, latest ?? published));
    began.catch((err: unknown) => {
      log.fatal({ err }, 'call control could not be opened');
      throw err;
    });
    if ((await standBy.start()) === 'taken') await began;
    else {
      log.info({}, 'another call control is active: this one stands by');
      leftFacts = handOnLeftFacts(join(folder, 'facts'), meeting, db, log).catch((err: unknown) =>
        log.error({ err }, 'what this machine had told could not be handed on'),
      );
    }
  };
  let contending: Promise<void> | null = null;
  const keeper = new ConfigurationKeeper(
    {
      source: configurationBooks(db),
      cache: configurationCache(join(folder, 'configuration.json'), log),
      clock,
      log,
    },
    (published) => {
      log.info({ version: published.configuration.version }, 'a configuration was read');
      latest = published;
      work?.useConfiguration(published);
      contending ??= contend(published);
    },
  );
  await keeper.start();
  await contending;
  const reload = (): void => {
    keeper.reload().catch((err: unknown) => log.error({ err }, 'the configuration could not be taken over'));
  };
  const notices = listenForConfigurations(config.databaseUrl, reload, log);

  return {
    async stop() {
      standBy.stop();
      keeper.stop();
      const noticesOver = notices.stop();
      await work?.stop();
      await tenure?.end();
      meeting.close();
      const timeUp = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
      const closing = [store.close(), mirror.close(), db.close(), asked.close(), noticesOver];
      await Promise.race([Promise.all(closing), timeUp]);
    },
  };
}
