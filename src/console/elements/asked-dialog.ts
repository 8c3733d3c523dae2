import type { Ref } from 'vue';
import { useIntentions } from './intention.ts';
import { useKeptWords } from './kept-words.ts';
import { type Asking, type NamedField, useAsking } from './refusal.ts';

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
  named?: NamedField,
): AskedForm<T> {
  const { form, drop } = useKeptWords(key, empty);
  const { busy, refusal, ask } = useAsking(named === undefined ? {} : { named });
  const intentions = useIntentions();
  return {
    form,
    busy,
    refusal,
    drop,
    async send(work) {
      const wish = JSON.stringify([key(), form.value]);
      const done = await ask(async () => {
        await work(intentions.keyOf(wish));
        return true;
      });
      if (done !== true) return false;
      intentions.done(wish);
      drop();
      return true;
    },
  };
}
