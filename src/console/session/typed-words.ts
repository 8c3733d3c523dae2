/** Where this machine keeps what was typed and not sent. */
export const TYPED = 'yihaotong.typed.';

/** What still has to be sent before somebody leaves. */
const unsent = new Set<() => Promise<unknown>>();
/** Returns the way to be asked no more. */
export function beforeLeaving(send: () => Promise<unknown>): () => void {
  unsent.add(send);
  return () => unsent.delete(send);
}

/** Whoever signs out takes nothing with him that the server has not got; what it refuses stands on the page, in words. */
export async function sendTypedWords(): Promise<void> {
  await Promise.allSettled([...unsent].map((send) => send()));
}

/** Whoever leaves the desk on purpose leaves nothing of it lying there. */
export function forgetTypedWords(): void {
  for (const storage of ['sessionStorage', 'localStorage'] as const) {
    try {
      const kept = window[storage];
      for (const key of Object.keys(kept)) if (key.startsWith(TYPED)) kept.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }
}
