import { computed, type Ref, shallowRef, watch } from 'vue';
import type { Sending } from '../../elements/asked-dialog.ts';
import { newKey } from '../../elements/intention.ts';
import { useDroppedWords, useKeptWords, useWaitingWords } from '../../elements/kept-words.ts';
import { useAskings } from '../../elements/refusal.ts';
import { useLive } from '../../live/live.ts';
import type { CallerNote } from './caller-card.ts';

export const CALLER_ACTS = ['note', 'nuisance', 'appeal', 'expert'] as const;
export type CallerAct = (typeof CALLER_ACTS)[number];

/** Something that an agent began to write down of a caller, or of what was said to him by whom he was put through to. */
export interface Begun {
  readonly act: CallerAct;
  readonly callId: string;
  /** Who that was, as the picture showed him; empty: it did not. */
  readonly number: string;
  readonly arrivedMs: number | null;
  /** What was noted of him when it was begun. */
  readonly before: CallerNote | null;
  /** What was sent of it last, and under which key: tried again it is the same deed, also after a reload. */
  readonly sent?: { readonly wish: string; readonly key: string };
}

/** Under which the dialogs keep their words. */
export const WORDS_OF: Readonly<Record<CallerAct, (callId: string) => string>> = {
  note: (callId) => `caller.note.${callId}`,
  nuisance: (callId) => `caller.nuisance.${callId}`,
  appeal: (callId) => `appeal.${callId}`,
  expert: (callId) => `expert.answer.${callId}`,
};

export interface CallerActs {
  /** The dialog that stands open. */
  readonly open: Ref<Begun | null>;
  /** Closed with words in them: of whatever call, until they are sent or dropped. */
  readonly left: Readonly<Ref<readonly Begun[]>>;
  /** What was noted last. */
  readonly noted: Ref<{ readonly callId: string; readonly note: CallerNote } | null>;
  readonly begin: (act: CallerAct, callId: string, before: CallerNote | null) => void;
  readonly resume: (begun: Begun) => void;
  readonly close: () => void;
  /** Its way to the server, which outlives the dialog; once there, it is no longer among what was begun. */
  readonly sendingOf: (begun: Begun) => Sending;
  readonly drop: (begun: Begun) => void;
}

/**
 * What is written down of who calls, apart from the form of his call: a dialog stays when the call ends and its form goes. It is
 * put aside when the next citizen is talked with, and waits on the desk with what was typed, or until it is sent if it is on its way.
 */
export function useCallerActs(): CallerActs {
  const live = useLive();
  const waits = useWaitingWords();
  const dropWords = useDroppedWords();
  const sendingAnew = useAskings();
  const sendings = new Map<string, Sending>();
  const { form: kept } = useKeptWords(
    () => 'caller.begun',
    () => ({ acts: [] as readonly Begun[] }),
  );
  const open = shallowRef<Begun | null>(null);
  const noted: CallerActs['noted'] = shallowRef(null);
  const callers = new Map<string, Pick<Begun, 'number' | 'arrivedMs'>>();
  watch(
    () => live.ownCall,
    (call) => {
      if (call !== null) callers.set(call.callId, { number: call.callerNumber, arrivedMs: call.arrivedMs });
    },
    { immediate: true },
  );

  const wordsOf = ({ act, callId }: Begun): string => WORDS_OF[act](callId);
  const keepIf = (isKept: (one: Begun) => boolean): void => {
    kept.value = { acts: kept.value.acts.filter(isKept) };
  };
  const isWaiting = (one: Begun): boolean =>
    waits(wordsOf(one)) || sendings.get(wordsOf(one))?.busy.value === true;
  function close(): void {
    open.value = null;
    keepIf(isWaiting);
  }
  // What was sent after this page was left.
  keepIf(isWaiting);

  function sendingOf(begun: Begun): Sending {
    const words = wordsOf(begun);
    const known = sendings.get(words);
    if (known !== undefined) return known;
    const sending: Sending = {
      ...sendingAnew(),
      keyOf(wish) {
        const sent = kept.value.acts.find((one) => wordsOf(one) === words)?.sent;
        if (sent?.wish === wish) return sent.key;
        const key = newKey();
        const acts = kept.value.acts.map((one) =>
          wordsOf(one) === words ? { ...one, sent: { wish, key } } : one,
        );
        kept.value = { acts };
        return key;
      },
      done() {
        if (open.value !== null && wordsOf(open.value) === words) open.value = null;
        sendings.delete(words);
        keepIf((one) => wordsOf(one) !== words);
      },
    };
    sendings.set(words, sending);
    return sending;
  }
  watch(
    () => (live.own?.state === 'TALKING' ? live.own.callId : null),
    (callId) => {
      if (callId != null && open.value !== null && open.value.callId !== callId) close();
    },
  );

  return {
    open,
    noted,
    left: computed(() =>
      kept.value.acts.filter((one) => open.value === null || wordsOf(one) !== wordsOf(open.value)),
    ),
    begin(act, callId, before) {
      const begun = kept.value.acts.find((one) => one.act === act && one.callId === callId);
      const caller = callers.get(callId) ?? { number: '', arrivedMs: null };
      open.value = begun ?? { act, callId, ...caller, before };
      if (begun !== undefined) return;
      sendings.delete(wordsOf(open.value));
      kept.value = { acts: [...kept.value.acts, open.value] };
    },
    resume(begun) {
      open.value = begun;
    },
    close,
    sendingOf,
    drop(begun) {
      sendings.delete(wordsOf(begun));
      dropWords(wordsOf(begun));
      close();
    },
  };
}
