import { computed, onBeforeUnmount, type Ref, ref } from 'vue';
import { answer, api } from '../../../api/client.ts';
import { isRefusal, Problem } from '../../../api/problem.ts';
import { type SavedByItself, useSavedByItself } from '../../../elements/saved-by-itself.ts';
import { useLive } from '../../../live/live.ts';
import { useSession } from '../../../session/session.ts';
import { type AppealDraft, copyDraft, emptyDraft, sameDraft } from './appeal.ts';
import { keepHere, keptHere, leftHere } from './kept-here.ts';

export interface CallDraft {
  readonly form: Ref<AppealDraft>;
  /** Null: another's words, shown to a lead, who gives the call its outcome and does not write on. */
  readonly saving: SavedByItself | null;
  /** What another window or colleague chose otherwise meanwhile. */
  readonly conflicts: Ref<readonly string[]>;
  /** What came of the call is said: nothing more is kept of it. */
  readonly drop: () => void;
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
export function useCallDraft(callId: string, shown: AppealDraft | null = null): CallDraft {
  return shown === null ? ownDraft(callId) : shownDraft(callId, shown);
}

/** Forgotten by itself in some days where this does not arrive. */
function forget(callId: string): void {
  api.DELETE('/v1/calls/{id}/draft', pathOf(callId)).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
  });
}

function shownDraft(callId: string, shown: AppealDraft): CallDraft {
  const form = ref({ ...emptyDraft(), ...copyDraft(shown) }) as Ref<AppealDraft>;
  return {
    ...{ form, saving: null, conflicts: ref([]) },
    drop() {
      form.value = emptyDraft();
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

/** Of calls whose form is open no more this machine still has words: the network was away, the browser had died. */
export async function sendLeftDrafts(accountId: string, open: string | null): Promise<void> {
  for (const callId of leftHere(accountId)) {
    const unsaved = callId === open ? null : keptHere(accountId, callId);
    if (unsaved === null) continue;
    try {
      await send(callId, unsaved.words, unsaved.base);
      keepHere(accountId, callId, null);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Its outcome was given elsewhere: nobody asks for these words any more. All else is tried again later.
      if (error instanceof Problem && error.code === OVER) keepHere(accountId, callId, null);
    }
  }
}
