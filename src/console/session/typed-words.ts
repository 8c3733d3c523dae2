/** Where this tab keeps what was typed and not sent. */
export const TYPED = 'yihaotong.typed.';

/** Whoever leaves the desk on purpose leaves nothing of it lying there. */
export function forgetTypedWords(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(TYPED)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
