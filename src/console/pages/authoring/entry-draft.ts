import { computed, nextTick, type Ref, ref, shallowRef, watch } from 'vue';
import { answer, api } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { useIntentions } from '../../elements/intention.ts';
import { useKeptWords } from '../../elements/kept-words.ts';
import { useAsking } from '../../elements/refusal.ts';
import { based, contentOf, type EntryForm, emptyForm, formOf, isBegun, isTyped } from './entry-form.ts';
import type { Summary, VersionState } from './shapes.ts';

/** The newest version on the server, on which the form stands. */
export interface Standing {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: VersionState;
  readonly revision: number;
}

export interface EntryDraft {
  readonly form: Ref<EntryForm>;
  /** Null: it is new, or not read yet. */
  readonly standing: Ref<Standing | null>;
  /** Somebody else changed the entry since this was begun; what was typed stays beside it. */
  readonly clash: Ref<Summary | null>;
  readonly busy: Ref<boolean>;
  readonly refusal: Ref<string | null>;
  /** What was typed here before is back, and not saved yet. */
  readonly restored: Ref<boolean>;
  /** Something stands in it that is nowhere else. */
  readonly typed: Ref<boolean>;
  readonly read: () => Promise<void>;
  /** As a draft on the server, and given to a checker where that is wanted; true when all was done. */
  readonly save: (submit: boolean) => Promise<boolean>;
  /** What the other wrote is seen: mine becomes the version after it. */
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  /** What was typed here is given up. */
  readonly startOver: () => void;
}

/**
 * One entry while it is written. It is kept on this machine with each key, and on the server as a draft when it is saved; a
 * draft is a version, so that nobody writes over another's words.
 */
export function useEntryDraft(
  /** Null: a new one. */
  id: () => string | null,
  /** The citizen's words of which a new one is to be made. */
  asked: () => string,
  /** A new one was written: its page has another address from here on. */
  created: (id: string) => Promise<unknown>,
): EntryDraft {
  const { form, drop } = useKeptWords(() => `entry.${id() ?? `new.${asked()}`}`, emptyForm);
  const standing = shallowRef<Standing | null>(null);
  const clash = shallowRef<Summary | null>(null);
  const restored = ref(false);
  const reading = useAsking();
  const asking = useAsking();
  const intentions = useIntentions();

  const entryOf = (of: string) => answer(api.GET('/v1/knowledge/{id}', { params: { path: { id: of } } }));
  const standOn = ({ id: of, number, latest, revision }: Summary): void => {
    standing.value = { id: of, number, version: latest.number, state: latest.state, revision };
  };
  function take(found: Summary): void {
    restored.value = form.value.revision > 0 && isTyped(form.value);
    if (!restored.value) form.value = formOf(found.latest, found.ownerUnit.code, found.revision);
    else if (form.value.revision !== found.revision) clash.value = found;
    standOn(found);
  }
  async function read(): Promise<void> {
    const of = id();
    clash.value = null;
    if (of !== null) {
      await reading.ask(async () => take(await entryOf(of)));
      return;
    }
    standing.value = null;
    restored.value = isTyped(form.value);
    const words = asked();
    if (!isBegun(form.value) && words !== '')
      form.value = based({ ...form.value, question: words, otherWays: words });
  }
  watch(id, () => void read(), { immediate: true });

  /** Writes what is typed, and stands on it from then on. */
  async function write(): Promise<Standing> {
    const known = standing.value;
    if (known?.state === 'draft' && !isTyped(form.value)) return known;
    const { unit, revision } = form.value;
    const content = contentOf(form.value);
    const { base } = based(form.value);
    const wish = JSON.stringify([known?.id, revision, unit, content]);
    const header = { 'idempotency-key': intentions.keyOf(wish) };
    const kept =
      known === null
        ? await answer(
            api.POST('/v1/knowledge', {
              params: { header },
              body: { ...content, ...(unit === '' ? {} : { unit }) },
            }),
          )
        : {
            ...known,
            ...(await answer(
              api.POST('/v1/knowledge/{id}/versions', {
                params: { path: { id: known.id }, header },
                body: { ...content, revision },
              }),
            )),
          };
    intentions.done(wish);
    const written = { id: kept.id, number: kept.number, version: kept.version, revision: kept.revision };
    // What was typed while it was sent stays typed: only what was sent is saved.
    const now = { ...form.value, revision: kept.revision, base };
    if (known === null) {
      drop();
      await created(kept.id);
      await nextTick();
    }
    form.value = now;
    restored.value = false;
    standing.value = { ...written, state: 'draft' };
    return standing.value;
  }
  async function hand({ id: of, version, revision }: Standing): Promise<void> {
    const wish = `submit ${of} ${version} ${revision}`;
    const header = { 'idempotency-key': intentions.keyOf(wish) };
    await api.POST('/v1/knowledge/{id}/versions/{number}/moves', {
      params: { path: { id: of, number: version }, header },
      body: { move: 'submit', revision, reason: '', push: 'none' },
    });
    intentions.done(wish);
  }
  async function save(submit: boolean): Promise<boolean> {
    const done = await asking.ask(async (): Promise<true> => {
      try {
        const written = await write();
        if (submit) await hand(written);
        return true;
      } catch (error) {
        const stale = error instanceof Problem && error.code === 'knowledge.changedMeanwhile';
        if (stale && standing.value !== null) clash.value = await entryOf(standing.value.id);
        throw error;
      }
    });
    return done === true;
  }
  return {
    ...{ form, standing, clash, restored, read, save },
    busy: computed(() => asking.busy.value || reading.busy.value),
    refusal: computed(() => asking.refusal.value ?? reading.refusal.value),
    typed: computed(() => isTyped(form.value)),
    keepMine() {
      const theirs = clash.value;
      if (theirs === null) return;
      standOn(theirs);
      form.value = { ...form.value, revision: theirs.revision };
      clash.value = null;
      asking.refusal.value = null;
    },
    takeTheirs() {
      const theirs = clash.value;
      if (theirs === null) return;
      drop();
      clash.value = null;
      asking.refusal.value = null;
      take(theirs);
    },
    startOver() {
      drop();
      void read();
    },
  };
}
