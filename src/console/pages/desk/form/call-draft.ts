import { computed, onBeforeUnmount, type Ref, ref } from 'vue';
import { answer, api } from '../../../api/client.ts';
import { isRefusal, Problem, Unreachable } from '../../../api/problem.ts';
import { useKeptWords } from '../../../elements/kept-words.ts';
import { type SavedByItself, useSavedByItself } from '../../../elements/saved-by-itself.ts';
import { useLive } from '../../../live/live.ts';
import { useSession } from '../../../session/session.ts';
import { type AppealDraft, copyDraft, emptyDraft, sameDraft } from './appeal.ts';
import { hasArrived, keepHere, keptHere, leftHere } from './kept-here.ts';

export interface CallDraft {
  readonly form: Ref<AppealDraft>;
  /** Null: another's words, shown to a lead: what he changes is kept in his window, and goes into the outcome alone. */
  readonly saving: SavedByItself | null;
  /** What another window or colleague chose otherwise meanwhile. */
  readonly conflicts: Ref<readonly string[]>;
  /** What came of the call is said: nothing more is kept of it. */
  readonly drop: () => void;
}

/** Another's words as a lead was shown them. */
export interface ShownDraft {
  readonly version: number;
  readonly words: AppealDraft;
}

const OVER = 'call.outcomeExists';
/** The books do not have the call yet, or do not come to be asked. */
const PASSING = ['call.notYetWritten', 'call.unknown'];
const LOOK_AGAIN_MS = 5_000;
const pathOf = (id: string) => ({ params: { path: { id } } });

async function send(callId: string, words: AppealDraft, began: AppealDraft) {
  return await answer(api.PUT('/v1/calls/{id}/draft', { ...pathOf(callId), body: { began, words } }));
}

/** What is written of a call stands at the server from the first second; for the agent's other windows, machines and successors. */
export function useCallDraft(callId: string, shown: ShownDraft | null = null): CallDraft {
  return shown === null ? ownDraft(callId) : shownDraft(callId, shown);
}

/** Forgotten by itself in some days where this does not arrive. */
function forget(callId: string): void {
  api.DELETE('/v1/calls/{id}/draft', pathOf(callId)).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
  });
}

function shownDraft(callId: string, { version, words }: ShownDraft): CallDraft {
  let isOver = false;
  // Of these words: should the agent write on meanwhile, his newer ones are shown.
  const { form, drop } = useKeptWords<AppealDraft>(
    () => `shown.${callId}.${version}`,
    () => ({ ...emptyDraft(), ...(isOver ? {} : copyDraft(words)) }),
  );
  return {
    ...{ form, saving: null, conflicts: ref([]) },
    drop() {
      isOver = true;
      drop();
      forget(callId);
    },
  };
}

function ownDraft(callId: string): CallDraft {
  const owner = useSession().account?.id ?? '';
  const unsaved = keptHere(owner, callId);
  const form = ref(unsaved?.words ?? emptyDraft()) as Ref<AppealDraft>;
  const conflicts = ref<readonly string[]>([]);
  const began = unsaved?.base ?? emptyDraft();
  const live = useLive();
  /** Somebody had begun it: whoever gave the citizen away may write on. */
  const found = ref(false);
  const others = computed(() =>
    live.calls.get(callId)?.talk?.parties.some(({ agentId }) => agentId !== null && agentId !== owner),
  );

  const saving = useSavedByItself<AppealDraft, AppealDraft>(
    form,
    { words: began, base: began },
    {
      ...{ same: sameDraft, copy: copyDraft, begins: true, over: OVER, passing: PASSING },
      keepHere: (kept) => keepHere(owner, callId, kept),
      async read() {
        const draft = await answer(api.GET('/v1/calls/{id}/draft', pathOf(callId)));
        const words = { ...emptyDraft(), ...draft.words };
        if (draft.savedAt !== null) found.value = true;
        return { words, base: words, savedAt: draft.savedAt === null ? null : Date.parse(draft.savedAt) };
      },
      async save(sent, base) {
        const kept = await send(callId, sent, base);
        conflicts.value = kept.conflicts;
        const words = { ...emptyDraft(), ...kept.words };
        // Who typed on goes on from what he sent; what others wrote stands at the server and is merged with it.
        return { words, base: words, savedAt: Date.parse(kept.savedAt), typedOn: sent };
      },
    },
  );

  const looks = window.setInterval(() => {
    if (found.value || others.value === true) void saving.refresh();
  }, LOOK_AGAIN_MS);
  onBeforeUnmount(() => window.clearInterval(looks));

  return {
    ...{ form, saving, conflicts },
    drop() {
      saving.stop();
      form.value = emptyDraft();
      forget(callId);
    },
  };
}

/**
 * Of calls whose form is open no more this machine still has words: the network was away, the browser had died. True: the server
 * has them all.
 */
export async function sendLeftDrafts(accountId: string, open: string | null): Promise<boolean> {
  for (const callId of leftHere(accountId)) {
    const unsaved = callId === open ? null : keptHere(accountId, callId);
    if (unsaved === null) continue;
    try {
      await send(callId, unsaved.words, unsaved.base);
      hasArrived(accountId, callId, unsaved);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Its outcome was given elsewhere: nobody asks for these words any more. All else is tried again later.
      if (error instanceof Problem && error.code === OVER) keepHere(accountId, callId, null);
      // Who does not answer for one call does not for the next.
      if (error instanceof Unreachable) break;
    }
  }
  return leftHere(accountId).every((callId) => keptHere(accountId, callId) === null);
}
