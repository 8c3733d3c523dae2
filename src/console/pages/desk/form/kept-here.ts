import { TYPED } from '../../../session/typed-words.ts';
import { type AppealDraft, emptyDraft, sameDraft } from './appeal.ts';

/** What was written of a call and the server has not got: the words, and those from which they were written on. */
export interface Unsaved {
  readonly words: AppealDraft;
  readonly base: AppealDraft;
}

// In this machine's lasting storage, since a browser that crashes forgets a tab's own; and only until the server has it,
// since others sit at this desk too.
const place = (accountId: string, callId = ''): string => `${TYPED}${accountId}.draft.${callId}`;
const whole = (kept: Partial<AppealDraft>): AppealDraft => ({ ...emptyDraft(), ...kept });

export function keptHere(accountId: string, callId: string): Unsaved | null {
  try {
    const kept = localStorage.getItem(place(accountId, callId));
    if (kept === null) return null;
    const { words, base } = JSON.parse(kept) as { words: Partial<AppealDraft>; base: Partial<AppealDraft> };
    return { words: whole(words), base: whole(base) };
  } catch {
    // What cannot be read is as good as not kept.
    return null;
  }
}

export function keepHere(accountId: string, callId: string, unsaved: Unsaved | null): void {
  try {
    if (unsaved === null) localStorage.removeItem(place(accountId, callId));
    else localStorage.setItem(place(accountId, callId), JSON.stringify(unsaved));
  } catch {
    // It stays on the page, and is sent from there.
  }
}

/** The server has what was sent. What another window wrote on meanwhile stays, and was written on from that. */
export function hasArrived(accountId: string, callId: string, sent: Unsaved): void {
  const now = keptHere(accountId, callId);
  if (now === null) return;
  const base = sameDraft(now.base, sent.base) ? sent.words : now.base;
  keepHere(accountId, callId, sameDraft(now.words, sent.words) ? null : { words: now.words, base });
}

/** Calls of which this machine still has words for the server. */
export function leftHere(accountId: string): readonly string[] {
  try {
    const begin = place(accountId);
    return Object.keys(localStorage).flatMap((key) =>
      key.startsWith(begin) ? [key.slice(begin.length)] : [],
    );
  } catch {
    return [];
  }
}
