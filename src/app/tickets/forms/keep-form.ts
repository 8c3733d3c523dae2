import { type FormField, formFaults } from '../../../domain/tickets/forms/form.ts';
import type { Actor } from '../../../domain/tickets/ticket.ts';
import { AppError } from '../../errors.ts';
import type { AppealForm, FormBook } from '../../ports/forms.ts';
import type { Database, Transaction } from '../../ports/transaction.ts';

export interface FormDeps {
  readonly database: Database;
  readonly forms: FormBook;
  readonly now: () => number;
}

/**
 * Writes the draft of a category's form, faults and all. `revision` null: there is none yet. Refuses with
 * `ticket.categoryUnknown`, `form.changedMeanwhile`.
 */
export function saveForm(deps: FormDeps) {
  return (asked: {
    readonly categoryCode: string;
    readonly revision: number | null;
    readonly title: string;
    readonly fields: readonly FormField[];
    readonly actor: Actor;
  }): Promise<AppealForm & { readonly faults: ReturnType<typeof formFaults> }> =>
    deps.database.transact(async (tx) => {
      const { categoryCode, revision, title, fields, actor } = asked;
      const versions = await versionsOf(deps, categoryCode, tx);
      const draft = versions.find(({ state }) => state === 'draft');
      if ((draft?.revision ?? null) !== revision) {
        throw new AppError('form.changedMeanwhile', { revision: draft?.revision ?? null });
      }
      const form: AppealForm = {
        ...{ categoryCode, title: title.trim(), fields, state: 'draft' },
        version: draft?.version ?? (versions[0]?.version ?? 0) + 1,
        revision: (revision ?? 0) + 1,
      };
      await deps.forms.save(form, deps.now(), actor.accountId, tx);
      return { ...form, faults: formFaults(fields, kindsBefore(versions)) };
    });
}

/**
 * Asks it from now on; the version before goes on standing on the tickets that were written in it. Refuses with
 * `form.draftMissing`, `form.changedMeanwhile`, `form.faulty`.
 */
export function publishForm(deps: FormDeps) {
  return (asked: { readonly categoryCode: string; readonly revision: number; readonly actor: Actor }) =>
    deps.database.transact(async (tx): Promise<AppealForm> => {
      const { categoryCode, revision, actor } = asked;
      const versions = await versionsOf(deps, categoryCode, tx);
      const draft = versions.find(({ state }) => state === 'draft');
      if (draft === undefined) throw new AppError('form.draftMissing', { category: categoryCode });
      if (draft.revision !== revision)
        throw new AppError('form.changedMeanwhile', { revision: draft.revision });
      const faults = formFaults(draft.fields, kindsBefore(versions));
      if (faults.length > 0) throw new AppError('form.faulty', { faults });
      await end(deps, versions, actor, tx);
      const published: AppealForm = { ...draft, state: 'published' };
      await deps.forms.save(published, deps.now(), actor.accountId, tx);
      return published;
    });
}

/** Asks nothing of this category's own any more. Refuses with `form.noneInUse`. */
export function endForm(deps: FormDeps) {
  return (asked: { readonly categoryCode: string; readonly actor: Actor }): Promise<AppealForm> =>
    deps.database.transact(async (tx) => {
      const ended = await end(deps, await versionsOf(deps, asked.categoryCode, tx), asked.actor, tx);
      if (ended === null) throw new AppError('form.noneInUse', { category: asked.categoryCode });
      return ended;
    });
}

async function versionsOf(
  { forms }: FormDeps,
  categoryCode: string,
  tx: Transaction,
): Promise<readonly AppealForm[]> {
  const isKnown = await forms.lockCategory(categoryCode, tx);
  if (!isKnown) throw new AppError('ticket.categoryUnknown', { category: categoryCode });
  return forms.versions(categoryCode, tx);
}

async function end(
  { forms, now }: FormDeps,
  versions: readonly AppealForm[],
  { accountId }: Actor,
  tx: Transaction,
): Promise<AppealForm | null> {
  const inUse = versions.find(({ state }) => state === 'published');
  if (inUse === undefined) return null;
  const ended: AppealForm = { ...inUse, state: 'ended' };
  await forms.save(ended, now(), accountId, tx);
  return ended;
}

/** Of the versions that tickets may stand in; the draft's own kinds bind nobody. */
const kindsBefore = (versions: readonly AppealForm[]): ReadonlyMap<string, FormField['kind']> =>
  new Map(
    versions
      .filter(({ state }) => state !== 'draft')
      .flatMap(({ fields }) => fields.map(({ key, kind }): [string, FormField['kind']] => [key, kind])),
  );
