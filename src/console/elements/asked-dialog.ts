import type { Ref } from 'vue';
import { useIntentions } from './intention.ts';
import { useKeptWords } from './kept-words.ts';
import { type Asking, type NamedField, useAsking } from './refusal.ts';

/** One deed on its way, and its key: of somebody who outlives the dialog, where that may be put aside meanwhile. */
export interface Sending extends Asking {
  readonly keyOf: (wish: string) => string;
  /** Carried out; also when the dialog is no more. */
  readonly done: (wish: string) => void;
}

/** What each dialog is told that writes something down of who calls: put aside and taken up again, it is about the same call. */
export interface AboutCaller {
  readonly callId: string;
  /** Which call that was, for whom has had others since. */
  readonly whose: string;
  /** Of whoever puts this dialog aside while it is on its way. */
  readonly sending: Sending;
}

export interface AskedForm<T> extends Pick<Asking, 'busy' | 'refusal'> {
  readonly form: Ref<T>;
  /** Sends once under the key of this intention; true when it was done, and what was typed is dropped. */
  readonly send: (work: (key: string) => Promise<unknown>) => Promise<boolean>;
  /** Nothing of it is kept. */
  readonly drop: () => void;
}

/** What a dialog that asks the server for one deed needs: words that are kept, one key, the refusal in words. */
export function useAskedForm<T extends object>(
  key: () => string,
  empty: () => T,
  { named, sending }: { readonly named?: NamedField; readonly sending?: Sending | undefined } = {},
): AskedForm<T> {
  const { form, drop } = useKeptWords(key, empty);
  const own = { ...useAsking(named === undefined ? {} : { named }), ...useIntentions() };
  const { busy, refusal, ask, keyOf, done: carriedOut } = sending ?? own;
  return {
    form,
    busy,
    refusal,
    drop,
    async send(work) {
      const wish = JSON.stringify([key(), form.value]);
      const done = await ask(async () => {
        await work(keyOf(wish));
        return true;
      });
      if (done !== true) return false;
      drop();
      carriedOut(wish);
      return true;
    },
  };
}
