/** Where this machine keeps what was typed and not sent. */
export const TYPED = 'yihaotong.typed.';

/** What still has to be sent before somebody leaves; true: the server has all of it. */
type Send = () => Promise<boolean>;
const unsent = new Set<Send>();
/** Returns the way to be asked no more. */
export function beforeLeaving(send: Send): () => void {
  unsent.add(send);
  return () => unsent.delete(send);
}

/** Sends all that was typed, what was opened last first; true: the server has it. What it refuses stands on the page, in words. */
export async function sendTypedWords(): Promise<boolean> {
  let all = true;
  for (const send of [...unsent].reverse()) {
    const [sent] = await Promise.allSettled([send()]);
    if (sent.status === 'rejected' || !sent.value) all = false;
  }
  return all;
}

/**
 * Whoever leaves the desk on purpose leaves no half-filled form of his lying there; others' are theirs. In the lasting storage
 * stands only what the server has not got yet, and whoever put it there takes it out when it has.
 */
export function forgetTypedWords(accountId: string): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(`${TYPED}${accountId}.`)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
