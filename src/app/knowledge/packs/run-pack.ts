import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { isTakenBack, packNotice, type Readiness, readinessOf } from '../../../domain/knowledge/pack.ts';
import type { Actor } from '../../../domain/tickets/ticket.ts';
import { AppError } from '../../errors.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { EntryHead } from '../../ports/knowledge.ts';
import type { LeftOut, PackBook, PackEnding, PackUse } from '../../ports/knowledge-packs.ts';
import type { Transaction } from '../../ports/transaction.ts';
import type { AskOwnerDeps } from '../ask-owner.ts';
import { askReview } from '../ask-review.ts';
import { type EndWordsDeps, endWords } from '../end-words.ts';
import { moveVersion } from '../move-version.ts';
import { type WritingDeps, writeVersion } from '../write-entry.ts';

export interface PackDeps extends WritingDeps, AskOwnerDeps, EndWordsDeps {
  readonly packs: PackBook;
  readonly calendar: CalendarSource;
}

const SHOWN_MOST = 50;

/**
 * Its surge key is open: what the pack names and nobody is told is told from now on, each with a ticket to its owner for the
 * second look, and all of it is found first. What cannot be told is left out and named: the key waits for nothing. Done again
 * it brings in what the pack has got since.
 */
export function beginPack(deps: PackDeps) {
  return async (use: PackUse, tx: Transaction): Promise<void> => {
    const pack = await deps.packs.find(use.pack, tx);
    if (pack === null) throw new Error(`a use of pack ${use.pack}, which is not there`);
    const { calendar } = await deps.calendar.load(tx);
    const day = localDateOf(deps.now(), calendar.zone);
    const leftOut: LeftOut[] = [];
    const shown: { number: string; question: string }[] = [];
    // In one order for all: two packs may name the same entries.
    for (const entryId of pack.entryIds.toSorted()) {
      const head = await deps.knowledge.lock(entryId, tx);
      if (head === null) continue;
      try {
        const why = await tellEntry(deps, use, head, day, tx);
        if (why !== null) leftOut.push({ number: head.number, why });
      } catch (err) {
        if (!(err instanceof AppError)) throw err;
        leftOut.push({ number: head.number, why: err.code });
      }
    }
    for (const entryId of pack.entryIds.slice(0, SHOWN_MOST)) {
      const entry = await deps.knowledge.entry(entryId, day, tx);
      if (entry?.current != null) shown.push({ number: entry.number, question: entry.current.question });
    }
    const at = deps.now();
    const isNews = use.begunAt === null && pack.push !== 'none' && shown.length > 0;
    const noticeId = isNews ? deps.newId() : null;
    if (noticeId !== null) {
      const critical = pack.push === 'critical';
      const about = { id: noticeId, critical, entryId: null, version: null, at, by: use.orderedBy };
      await deps.knowledgeNotices.add({ ...about, ...packNotice(pack.title, shown), until: use.until }, tx);
      if (critical) await deps.configuration.publish(tx);
    }
    await deps.packs.begin(use.id, { at, noticeId, leftOut }, tx);
  };
}

/** Null: it is told. Else why it is not. */
async function tellEntry(
  deps: PackDeps,
  use: PackUse,
  head: EntryHead,
  day: string,
  tx: Transaction,
): Promise<string | null> {
  const before = await deps.packs.toldBefore(use.pack, head.id, tx);
  const ready: Readiness = readinessOf(head.versions, before, day);
  switch (ready.kind) {
    case 'told':
      return null;
    case 'notReady':
      return ready.why;
    case 'ready':
      await publish(deps, use, head, ready, tx);
      return null;
    case 'again': {
      const words = await deps.knowledge.version(head.id, ready.version, tx);
      if (words === null) throw new Error(`version ${ready.version} of ${head.id} is not there`);
      const within = { ...deps, database: inside(tx) };
      const written = await writeVersion(within)({
        id: head.id,
        revision: head.revision,
        content: { ...words, validFrom: day },
        actor: orderer(use),
      });
      await publish(
        deps,
        use,
        { ...head, revision: written.revision },
        { version: written.version, move: 'publishAtOnce' },
        tx,
      );
      return null;
    }
    default:
      return ready satisfies never;
  }
}

async function publish(
  deps: PackDeps,
  use: PackUse,
  { id, revision }: Pick<EntryHead, 'id' | 'revision'>,
  { version, move }: Pick<Extract<Readiness, { kind: 'ready' }>, 'version' | 'move'>,
  tx: Transaction,
): Promise<void> {
  const reason = `应急按键 ${use.surge}，知识包 ${use.pack}`;
  const within = { ...deps, database: inside(tx), after: askReview(deps) };
  await moveVersion(within)({ id, version, revision, move, reason, actor: orderer(use) });
  await deps.packs.notePublished(use.id, { entryId: id, version }, tx);
}

/** Whoever ordered the key answers for what is told with it: as an operator of the centre, whom that takes. */
const orderer = ({ orderedBy }: PackUse): Actor => ({
  accountId: orderedBy,
  roles: ['operator'],
  unitCode: null,
});

const inside = (tx: Transaction): WritingDeps['database'] => ({ transact: (work) => work(tx) });

/**
 * Its key is closed: what was told with it and nobody has written anew since is withdrawn, its notice ends, and nothing is
 * found first any more.
 */
export function endPack(deps: PackDeps) {
  const forget = endWords(deps);
  return async (use: PackUse, ending: PackEnding, tx: Transaction): Promise<void> => {
    const at = deps.now();
    for (const { entryId, version } of await deps.packs.published(use.id, tx)) {
      const head = await deps.knowledge.lock(entryId, tx);
      const state = head?.versions.find(({ number }) => number === version)?.state;
      if (state === undefined || !isTakenBack(state)) continue;
      const step = { version, move: 'withdraw', from: state, to: 'withdrawn', by: null, at } as const;
      await deps.knowledge.move(entryId, { ...step, reason: `应急按键 ${use.surge} 结束` }, tx);
      await forget(entryId, [{ version, how: 'withdraw' }], tx);
    }
    if (use.noticeId !== null) {
      const withdrawn = await deps.knowledgeNotices.withdraw(use.noticeId, at, tx);
      if (withdrawn) await deps.configuration.publish(tx);
    }
    await deps.packs.end(use.id, ending, at, tx);
  };
}
