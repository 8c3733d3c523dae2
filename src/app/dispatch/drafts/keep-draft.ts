import type { Actor } from '../../../domain/tickets/ticket.ts';
import { AppError } from '../../errors.ts';
import type { CatalogueDraft, CatalogueDraftContent, CatalogueDrafts } from '../../ports/catalogue-drafts.ts';
import type { Transaction } from '../../ports/transaction.ts';
import { type CatalogueDeps, type ChangedCatalogue, changeInside } from '../change-catalogue.ts';
import { readDraft } from './preview-draft.ts';

export interface DraftDeps extends CatalogueDeps {
  readonly catalogueDrafts: CatalogueDrafts;
}

/** A new draft on the catalogue as it stands. */
export function beginDraft(deps: DraftDeps) {
  return (asked: {
    readonly id: string;
    readonly title: string;
    readonly content: CatalogueDraftContent;
    readonly actor: Actor;
  }): Promise<CatalogueDraft> =>
    deps.database.transact(async (tx) => {
      const { id, title, content, actor } = asked;
      const draft: CatalogueDraft = {
        ...{ id, title: title.trim(), state: 'draft', revision: 1, content, version: null },
        basedOn: await deps.dispatchCatalogue.version(tx),
        ...{ changedAt: deps.now(), changedBy: actor.accountId },
      };
      await deps.catalogueDrafts.save(draft, tx);
      return draft;
    });
}

/** The whole of the grid, in place of what the draft held. Refuses with what `heldDraft` refuses. */
export function saveDraft(deps: DraftDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly title: string;
    readonly content: CatalogueDraftContent;
    /** Taken anew from the catalogue as it stands: its editor has seen it. */
    readonly rebase: boolean;
    readonly actor: Actor;
  }): Promise<CatalogueDraft> =>
    deps.database.transact(async (tx) => {
      const { id, revision, title, content, rebase, actor } = asked;
      const draft = await heldDraft(deps, id, revision, tx);
      const saved: CatalogueDraft = {
        ...draft,
        ...{ title: title.trim(), content, revision: revision + 1 },
        basedOn: rebase ? await deps.dispatchCatalogue.version(tx) : draft.basedOn,
        ...{ changedAt: deps.now(), changedBy: actor.accountId },
      };
      await deps.catalogueDrafts.save(saved, tx);
      return saved;
    });
}

export function discardCatalogueDraft(deps: DraftDeps) {
  return (asked: { readonly id: string; readonly revision: number; readonly actor: Actor }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const draft = await heldDraft(deps, asked.id, asked.revision, tx);
      const by = { changedAt: deps.now(), changedBy: asked.actor.accountId };
      await deps.catalogueDrafts.save(
        { ...draft, ...by, state: 'discarded', revision: asked.revision + 1 },
        tx,
      );
    });
}

/**
 * Makes the draft a version of the catalogue. What others changed meanwhile stands, as long as it is about other matters.
 * Refuses with what `heldDraft` and `editCatalogue` refuse, and with `dispatch.draftOverlaps` (which matters).
 */
export function publishCatalogueDraft(deps: DraftDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<ChangedCatalogue> =>
    deps.database.transact(async (tx) => {
      const { id, revision, reason, actor } = asked;
      await deps.dispatchCatalogue.lock(tx);
      const draft = await heldDraft(deps, id, revision, tx);
      const { entries, faults, overlaps } = await readDraft(deps, draft, tx);
      if (faults.length > 0) throw new AppError('dispatch.entryInvalid', { faults });
      if (overlaps.length > 0) throw new AppError('dispatch.draftOverlaps', { keys: overlaps });
      const changed = await changeInside(deps)(
        { ...draft.content, entries, version: null, reason, actor, origin: 'draft' },
        tx,
      );
      const by = { changedAt: deps.now(), changedBy: actor.accountId };
      await deps.catalogueDrafts.save(
        { ...draft, ...by, state: 'published', revision: revision + 1, version: changed.version },
        tx,
      );
      return changed;
    });
}

/** Refuses with `dispatch.draftUnknown`, `dispatch.draftClosed`, `dispatch.draftChanged`. */
async function heldDraft(
  deps: Pick<DraftDeps, 'catalogueDrafts'>,
  id: string,
  revision: number,
  tx: Transaction,
): Promise<CatalogueDraft> {
  const draft = await deps.catalogueDrafts.find(id, tx);
  if (draft === null) throw new AppError('dispatch.draftUnknown', { id });
  if (draft.state !== 'draft') throw new AppError('dispatch.draftClosed', { state: draft.state });
  if (draft.revision !== revision) throw new AppError('dispatch.draftChanged', { revision: draft.revision });
  return draft;
}
