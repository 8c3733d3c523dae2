import { computed, type Ref, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { answer, api } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { useIntentions } from '../../elements/intention.ts';
import { dayOf, momentOf } from '../../elements/moments.ts';
import { readPages } from '../../elements/read-pages.ts';
import { useAsking } from '../../elements/refusal.ts';
import { COLUMNS, contentOf, type Edits, editsOf, onStanding } from './cells.ts';
import type { Checked, Draft, DraftLine, Replayed } from './shapes.ts';
import type { Standing } from './standing.ts';

const DAY_MS = 86_400_000;
/** Published or laid aside by somebody else: what was written here can only become a draft of its own. */
const OVER: readonly string[] = ['dispatch.draftClosed', 'dispatch.draftUnknown'];
/** By so many days of what was dispatched a draft is judged. */
const REPLAYED_DAYS = 30;

/** The server's side of the grid: saves and checks a draft, replays last month by it, publishes it, lays it aside. */
export function useDraftDesk(
  edits: Ref<Edits>,
  standing: Standing,
  /** What the line is about, in words. */
  matterOf: (row: string) => string,
) {
  const { t } = useI18n();
  const { ask, busy, refusal } = useAsking({ named });
  const intentions = useIntentions();
  const checked = shallowRef<Checked | null>(null);
  const replayed = shallowRef<Replayed | null>(null);
  const drafts = shallowRef<readonly DraftLine[]>([]);
  /** Lines of the grid from which the entries of the draft that was checked come. */
  const rows = shallowRef<readonly string[]>([]);
  const checkedOf = ref('');
  /** Why a saving was refused, when somebody else was faster: another revision, the same matters, or the draft is over. */
  const clash = ref<'changed' | 'overlaps' | 'over' | null>(null);

  const written = computed(() => contentOf(standing.entries.value, edits.value));
  /** What cannot even be kept is told by line and column, as the check tells what is wrong. */
  function named(field: string): string | null {
    const [, nth, key] = /^body\.entries\.(\d+)\.(\w+)/.exec(field) ?? [];
    const column = COLUMNS.find((one) => one === key);
    if (nth === undefined || column === undefined) return null;
    const matter = matterOf(written.value.rows[Number(nth)] ?? '');
    const words = [matter, t(`catalogue.column.${column}`)].filter((word) => word !== '');
    return `${t('catalogue.faultAt', { n: Number(nth) + 1 })}${words.join(' ')}`;
  }
  const wording = computed(() => JSON.stringify(written.value.content));
  const isStale = computed(() => checked.value !== null && checkedOf.value !== wording.value);
  const mayPublish = computed(
    () =>
      checked.value !== null &&
      !isStale.value &&
      edits.value.draftId !== null &&
      checked.value.faults.every(({ severity }) => severity !== 'refused') &&
      checked.value.overlaps.length === 0,
  );
  const wishKey = (wish: string) => ({ header: { 'idempotency-key': intentions.keyOf(wish) } });

  /** Runs a deed; what another did meanwhile is told apart from what is wrong. */
  async function heard<T>(work: () => Promise<T>): Promise<T | undefined> {
    clash.value = null;
    return await ask(async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Problem && error.code === 'dispatch.draftChanged') clash.value = 'changed';
        if (error instanceof Problem && error.code === 'dispatch.draftOverlaps') clash.value = 'overlaps';
        if (error instanceof Problem && OVER.includes(error.code)) clash.value = 'over';
        throw error;
      }
    });
  }
  async function save(rebase: boolean): Promise<Draft> {
    const { draftId: id, revision } = edits.value;
    const title = edits.value.title.trim() || t('catalogue.titleOf', { at: momentOf(Date.now()) });
    const { content } = written.value;
    const wish = `save ${id ?? 'new'} ${revision} ${title} ${wording.value}`;
    const saved =
      id === null
        ? await answer(
            api.POST('/v1/dispatch/drafts', { params: wishKey(wish), body: { title, ...content } }),
          )
        : await answer(
            api.POST('/v1/dispatch/drafts/{id}', {
              params: { path: { id }, ...wishKey(wish) },
              body: { revision, title, rebase, ...content },
            }),
          );
    intentions.done(wish);
    edits.value = { ...edits.value, draftId: saved.id, revision: saved.revision, title };
    return saved;
  }
  async function check(rebase = false): Promise<void> {
    await heard(async () => {
      const asked = wording.value;
      const from = written.value.rows;
      const { id } = await save(rebase);
      checked.value = await answer(api.GET('/v1/dispatch/drafts/{id}/check', { params: { path: { id } } }));
      checkedOf.value = asked;
      rows.value = from;
      replayed.value = null;
    });
  }
  async function replay(): Promise<void> {
    const { draftId: id } = edits.value;
    if (id === null) return;
    await ask(async () => {
      const now = Date.now();
      const query = {
        from: new Date(now - REPLAYED_DAYS * DAY_MS).toISOString(),
        to: new Date(now).toISOString(),
      };
      replayed.value = await answer(
        api.GET('/v1/dispatch/drafts/{id}/replay', { params: { path: { id }, query } }),
      );
    });
  }
  /** The version that it became; undefined: refused. */
  async function publish(reason: string): Promise<number | undefined> {
    const { draftId: id, revision } = edits.value;
    if (id === null) return undefined;
    const wish = `publish ${id} ${revision} ${reason}`;
    const published = await heard(() =>
      answer(
        api.POST('/v1/dispatch/drafts/{id}/publish', {
          params: { path: { id }, ...wishKey(wish) },
          body: { revision, reason },
        }),
      ),
    );
    if (published === undefined) return undefined;
    intentions.done(wish);
    forget();
    await standing.read();
    return published.version;
  }
  /** True: it is laid aside. */
  async function discard(): Promise<boolean> {
    const { draftId: id, revision } = edits.value;
    if (id === null) return true;
    const wish = `discard ${id} ${revision}`;
    const done = await heard(async () => {
      await api.POST('/v1/dispatch/drafts/{id}/discard', {
        params: { path: { id }, ...wishKey(wish) },
        body: { revision },
      });
      return true;
    });
    if (done !== true) return false;
    intentions.done(wish);
    forget();
    return true;
  }
  function forget(): void {
    checked.value = null;
    replayed.value = null;
    checkedOf.value = '';
    rows.value = [];
    clash.value = null;
  }
  async function list(): Promise<void> {
    await ask(async () => {
      const all = await readPages<DraftLine>(async (after) => {
        const query = { limit: 200, state: 'draft', ...(after === undefined ? {} : { after }) } as const;
        const page = await answer(api.GET('/v1/dispatch/drafts', { params: { query } }));
        return { rows: page.drafts, next: page.next };
      });
      drafts.value = all.rows;
    });
  }
  async function open(id: string): Promise<void> {
    await ask(async () => {
      const draft = await answer(api.GET('/v1/dispatch/drafts/{id}', { params: { path: { id } } }));
      forget();
      edits.value = editsOf(draft, standing.entries.value);
    });
  }
  /** What was written here shall hold, over what somebody else saved of the same draft. */
  async function overwrite(): Promise<void> {
    const { draftId: id } = edits.value;
    if (id === null) return;
    const draft = await ask(() => answer(api.GET('/v1/dispatch/drafts/{id}', { params: { path: { id } } })));
    if (draft === undefined) return;
    edits.value = { ...edits.value, revision: draft.revision };
    await check();
  }
  /** Both were looked at: the draft stands on what is published now. */
  async function rebase(): Promise<void> {
    await standing.read();
    edits.value = onStanding(edits.value, standing.entries.value);
    await check(true);
  }
  /** What was written here goes on as a draft of its own, on what is published now. */
  async function renew(): Promise<void> {
    await standing.read();
    edits.value = { ...onStanding(edits.value, standing.entries.value), draftId: null, revision: 0 };
    await check();
  }
  return {
    ...{ busy, refusal, checked, replayed, drafts, rows, clash, isStale, mayPublish },
    ...{ check, replay, publish, discard, forget, list, open, overwrite, rebase, renew },
    today: dayOf(Date.now()),
  };
}

export type DraftDesk = ReturnType<typeof useDraftDesk>;
