import { endTemporary } from '../../domain/hotlines/versions/going-back.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import { dueVersions } from '../../domain/hotlines/versions/publishing.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../ports/log.ts';
import type { Transaction } from '../ports/transaction.ts';
import { heldByRefusal, heldForNow } from './held-why.ts';
import {
  currentVersion,
  publishReleased,
  type RuleDeps,
  refusalOf,
  SYSTEM_TRACE,
  systemContext,
  versionBy,
} from './rule-change.ts';

export interface CarriedOut {
  readonly published: number;
  readonly ended: number;
  readonly held: number;
}

/**
 * What the clock asks for: scheduled versions go out, temporary ones are undone. Each in a transaction of its own
 * under the lock, so that any number of workers carry out each once. One that is refused is held with the reason until
 * somebody changes something; one that failed for another reason, the database's for instance, is held and tried again,
 * ever more rarely. Neither stands in the others' way, and both are shown with the version.
 */
export function carryOutDueRules(deps: RuleDeps & { readonly log: Log }) {
  const one = (work: (tx: Transaction) => Promise<'published' | 'ended' | 'none'>) =>
    deps.database.transact(async (tx) => {
      await deps.rules.lock(tx);
      return work(tx);
    });
  const next = async (tx: Transaction): Promise<{ version: RuleVersion; what: 'publish' | 'end' } | null> => {
    const due = dueVersions(await deps.rules.due(deps.now(), tx), deps.now());
    // What has its end goes first: it may be the very base that the next one was made for.
    const [ending] = due.end;
    const [starting] = due.publish;
    if (ending !== undefined) return { version: ending, what: 'end' };
    return starting === undefined ? null : { version: starting, what: 'publish' };
  };

  return async (): Promise<CarriedOut> => {
    const done = { published: 0, ended: 0, held: 0 };
    // Asked twice a second: nobody is locked out for nothing.
    if ((await deps.rules.due(deps.now())).length === 0) return done;
    for (;;) {
      let tried: RuleVersion | null = null;
      try {
        const outcome = await one(async (tx) => {
          const found = await next(tx);
          if (found === null) return 'none';
          tried = found.version;
          await (found.what === 'end' ? end(deps, found.version, tx) : start(deps, found.version, tx));
          return found.what === 'end' ? 'ended' : 'published';
        });
        if (outcome === 'none') return done;
        done[outcome] += 1;
      } catch (error) {
        const failed = tried as RuleVersion | null;
        if (failed === null) throw error;
        await hold(deps, failed, error);
        done.held += 1;
      }
    }
  };
}

/** Where not even this can be written down the round fails as a whole, and is tried again as one. */
async function hold(
  deps: RuleDeps & { readonly log: Log },
  { id, number: version }: RuleVersion,
  error: unknown,
): Promise<void> {
  // A voice that is away comes back, and nothing is wrong with the version.
  if (error instanceof AppError && error.code !== 'rules.wordsUnspoken') {
    deps.log.warn({ version, code: error.code }, 'a version that is due was refused and is held');
    const because = heldByRefusal(error);
    await deps.database.transact((tx) => deps.rules.hold(id, { because, retryAt: null }, tx));
    return;
  }
  await deps.database.transact(async (tx) => {
    const retryAt = deps.now() + retryAfterMs(await deps.rules.heldBefore(id, tx));
    await deps.rules.hold(id, { because: heldForNow(error), retryAt }, tx);
  });
  deps.log.error({ err: error, version }, 'a version that is due could not go out, it will be tried again');
}

const RETRY_FIRST_MS = 5_000;
const RETRY_AT_MOST_MS = 300_000;
const retryAfterMs = (times: number): number =>
  Math.min(RETRY_FIRST_MS * 2 ** Math.min(times, 10), RETRY_AT_MOST_MS);

async function start(deps: RuleDeps, version: RuleVersion, tx: Transaction): Promise<void> {
  const current = await currentVersion(deps, tx);
  const context = systemContext(deps.now(), OWN_VERSION_WORDS.timeCame.zh({}));
  await publishReleased(deps, version, current, context, SYSTEM_TRACE, tx);
}

async function end(
  deps: RuleDeps & { readonly log: Log },
  over: RuleVersion,
  tx: Transaction,
): Promise<void> {
  if (over.baseId === null) throw new AppError('version.neverPublished');
  const [current, base] = [await currentVersion(deps, tx), await versionBy(deps, over.baseId, tx)];
  const context = systemContext(deps.now(), OWN_VERSION_WORDS.over.zh({ n: over.number }));
  const as = {
    id: deps.newId(),
    number: await deps.rules.nextNumber(tx),
    title: OWN_VERSION_WORDS.before.zh({ n: over.number }),
  };
  const ending = endTemporary(as, over, base.rules, current, context);
  if (ending.kind === 'refused') throw await refusalOf(deps, ending.refusal, tx);
  if (ending.conflicts.length > 0) {
    const conflicts = ending.conflicts.map(({ words }) => words);
    deps.log.warn({ version: over.number, conflicts }, 'what others changed since was left as it is');
  }
  await deps.rules.save(ending.version, [ending.event], SYSTEM_TRACE, tx);
  if (ending.kind === 'version') {
    await publishReleased(deps, ending.version, current, context, SYSTEM_TRACE, tx);
  }
}
