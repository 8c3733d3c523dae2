const GENESIS = new Uint8Array(0);

/** Each line's hash is SHA-256 of the hash before it and its own text: whoever changes one line has to change all after it. */
export async function chainHolds(
  lines: readonly { readonly text: string; readonly hash: string }[],
): Promise<boolean> {
  let before = GENESIS;
  for (const { text, hash } of lines) {
    const words = new TextEncoder().encode(text);
    const whole = new Uint8Array(before.length + words.length);
    whole.set(before);
    whole.set(words, before.length);
    before = new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
    if (hexOf(before) !== hash) return false;
  }
  return true;
}

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
