import type { SecretMint } from '../ports/accounts.ts';
import type { Sessions } from '../ports/sessions.ts';

/** Ends the session of this token; a token that is not known (any more) is signed out already. */
export async function signOut(
  deps: { readonly sessions: Sessions; readonly mint: SecretMint },
  token: string,
): Promise<void> {
  await deps.sessions.remove(deps.mint.hashToken(token));
}
