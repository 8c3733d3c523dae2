import { ENTRY_FIELDS, type EntryRow, overStanding } from '../../../domain/knowledge/files/entry-row.ts';
import {
  overStandingPlace,
  PLACE_FIELDS,
  type PlaceContent,
} from '../../../domain/knowledge/places/place.ts';
import type { ClaimedImport, ImportBook, ImportLine, ImportOutcome } from '../../ports/imports.ts';
import type { KnowledgeBulk } from '../../ports/knowledge-bulk.ts';
import type { Log } from '../../ports/log.ts';
import type { PlaceBook } from '../../ports/places.ts';
import { type Database, DatabaseAway, type Transaction } from '../../ports/transaction.ts';

export interface RunImportsDeps {
  readonly database: Database;
  readonly imports: ImportBook;
  readonly knowledgeBulk: KnowledgeBulk;
  readonly places: PlaceBook;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly now: () => number;
  readonly newId: () => string;
}

const AT_ONCE = 500;
/** A holder that shows no life for this long is gone; what it had written went with its transaction. */
const HELD_MS = 60_000;

/** A file that has cost so many workers their life is not given to the next: those behind it wait. */
const TRIES_MOST = 5;

class Lost extends Error {}

/**
 * Writes the oldest import, whole or not at all and none beside it: pending -> running -> done, or failed with its reason. A
 * worker that dies on the way leaves nothing behind, and the next begins anew. True: there may be more.
 */
export function runImports(deps: RunImportsDeps) {
  return async (): Promise<boolean> => {
    const now = deps.now();
    const claimed = await deps.imports.claim(now, now + HELD_MS);
    if (claimed === null) return false;
    if (claimed.attempt > TRIES_MOST) {
      deps.log.warn({ import: claimed.id, attempts: TRIES_MOST }, 'a file was never brought in to its end');
      await deps.imports.fail(claimed, `begun ${TRIES_MOST} times and never ended`, now);
      return true;
    }
    try {
      const outcome = await deps.database.transact(async (tx) => {
        const done = await write(deps, claimed, tx);
        if (!(await deps.imports.finish(claimed, done, deps.now(), tx))) throw new Lost('held by another');
        return done;
      });
      const { added, changed, same } = outcome;
      deps.log.info(
        { import: claimed.id, kind: claimed.kind, added, changed, same },
        'a file was brought in',
      );
    } catch (err) {
      // It comes round again when its time is over.
      if (err instanceof DatabaseAway || err instanceof Lost) throw err;
      deps.log.warn({ err, import: claimed.id }, 'a file could not be brought in, nothing of it was written');
      await deps.imports.fail(claimed, err instanceof Error ? err.message : String(err), deps.now());
    }
    return true;
  };
}

async function write(deps: RunImportsDeps, claimed: ClaimedImport, tx: Transaction): Promise<ImportOutcome> {
  let sum: ImportOutcome = { added: 0, changed: 0, same: 0, busy: [] };
  let lookedAt = 0;
  for (let after = 0; ; ) {
    const lines = await deps.imports.linesOf(claimed.id, after, AT_ONCE, tx);
    const last = lines.at(-1);
    if (last === undefined) return sum;
    const done = await put(deps, claimed, lines, tx);
    sum = {
      added: sum.added + done.added,
      changed: sum.changed + done.changed,
      same: sum.same + done.same,
      busy: [...sum.busy, ...done.busy],
    };
    after = last.line;
    lookedAt += lines.length;
    await deps.imports.progress(claimed, lookedAt, deps.now() + HELD_MS);
  }
}

async function put(
  deps: RunImportsDeps,
  claimed: ClaimedImport,
  lines: readonly ImportLine[],
  tx: Transaction,
): Promise<ImportOutcome> {
  return claimed.kind === 'places'
    ? putPlaces(deps, claimed, lines, tx)
    : putEntries(deps, claimed, lines, tx);
}

async function putPlaces(
  { places, now, newId }: RunImportsDeps,
  { by, given }: ClaimedImport,
  lines: readonly ImportLine[],
  tx: Transaction,
): Promise<ImportOutcome> {
  const columns = new Set<string>(given ?? PLACE_FIELDS);
  const isWhole = PLACE_FIELDS.every((field) => columns.has(field));
  const known = isWhole
    ? []
    : await places.byCodes(
        lines.map(({ code }) => code),
        tx,
      );
  const standing = new Map(known.map((place) => [place.code, place]));
  const done = await places.put(
    lines.map(({ code, content }) => {
      const wanted = content as PlaceContent;
      const place = standing.get(code);
      return {
        id: newId(),
        code,
        content: place === undefined ? wanted : overStandingPlace(place, wanted, columns),
        isSample: false,
      };
    }),
    { by, at: now() },
    tx,
  );
  return { ...done, busy: [] };
}

function putEntries(
  { knowledgeBulk, now, newId }: RunImportsDeps,
  { publish, by, decidedBy, fileName, given }: ClaimedImport,
  lines: readonly ImportLine[],
  tx: Transaction,
): Promise<ImportOutcome> {
  const columns = new Set<string>(given ?? ENTRY_FIELDS);
  return knowledgeBulk.put(
    lines.map(({ code, content }) => {
      const { ownerUnit, content: words } = content as EntryRow;
      return { id: newId(), ref: code, ownerUnit, content: words };
    }),
    {
      by,
      at: now(),
      origin: 'import',
      publish,
      publishedBy: decidedBy,
      reason: `导入 ${fileName}`,
      over: (standing, wanted) => overStanding(standing, wanted, columns),
    },
    tx,
  );
}
