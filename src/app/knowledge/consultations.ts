import { askedIn, type MatterTold, matterTold } from '../../domain/knowledge/consultation.ts';
import { AppError } from '../errors.ts';
import { oneLine } from '../help/ask-help.ts';
import type { LivePicture } from '../live/board.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { CallDraftBook } from '../ports/call-drafts.ts';
import type { CallView } from '../ports/call-view.ts';
import type { HelpBook, HelpLine } from '../ports/help.ts';
import type { ExpertBook } from '../ports/knowledge-experts.ts';

export interface ConsultationDeps {
  readonly experts: Pick<ExpertBook, 'ofAccount'>;
  readonly callDrafts: Pick<CallDraftBook, 'find'>;
  readonly help: Pick<HelpBook, 'say' | 'thread'>;
  readonly audit: AuditTrail;
  readonly board: { readonly picture: () => Pick<LivePicture, 'source' | 'calls'> };
  readonly newId: () => string;
  readonly now: () => number;
}

/** A call in which somebody is asked. */
export interface Consultation {
  readonly call: CallView;
  /** As which expert of the directory. */
  readonly expert: string;
  /** That expert's unit, and all that it lies in. */
  readonly units: readonly string[];
  /** Account of the agent who asks him. */
  readonly asker: string;
}

/**
 * Calls in which an expert with this account is asked now; null: he is no expert. What is not heard of now is not so: with the
 * switch or call control away nobody knows whether he still has the telephone at his ear.
 */
export function consultationsOf({ experts, board }: Pick<ConsultationDeps, 'experts' | 'board'>) {
  return async (accountId: string): Promise<readonly Consultation[] | null> => {
    const his = await experts.ofAccount(accountId);
    if (his.length === 0) return null;
    const { source, calls } = board.picture();
    if (source !== 'live') return [];
    const ids = his.map(({ id }) => id);
    return calls.flatMap((call) => {
      const asked = askedIn(ids, call.talk?.parties ?? []);
      const units = his.find(({ id }) => id === asked?.expert)?.units ?? [];
      return asked === null ? [] : [{ call, expert: asked.expert, units, asker: asked.by }];
    });
  };
}

/** Who looks, as it stands on record. */
type Reader = Pick<AuditEntry, 'accountId' | 'address' | 'requestId'>;

/** Whoever reads on for so long is written down again: the words grow under his eyes. */
const VIEW_MS = 60_000;

/**
 * What the call is about, for the expert who is on its line (D10): as long as he is, and not a moment longer. The first look
 * with words in it stands in the call's record before it is shown, and each minute in which he looks again (invariant 10); as
 * whom of the directory is the reason. Refuses with `consultation.notAsked`.
 */
export function readConsultation(deps: ConsultationDeps) {
  const of = consultationsOf(deps);
  return async (
    callId: string,
    by: Reader,
  ): Promise<{
    readonly asked: Consultation;
    readonly matter: MatterTold;
    readonly savedAt: string | null;
    /** What he has typed in it himself. */
    readonly lines: readonly HelpLine[];
  }> => {
    const asked = (await of(by.accountId))?.find(({ call }) => call.callId === callId);
    if (asked === undefined) throw new AppError('consultation.notAsked', { callId });
    const { call, expert, units } = asked;
    const draft = await deps.callDrafts.find(callId);
    const matter = matterTold(draft?.words ?? null, { callerNumber: call.callerNumber, units });
    if (matter.told === 'words') await onRecord(callId, expert, by);
    const { lines } = await deps.help.thread(callId, by.accountId);
    return { asked, matter, savedAt: matter.told === 'words' ? (draft?.savedAt ?? null) : null, lines };
  };

  async function onRecord(callId: string, expert: string, by: Reader): Promise<void> {
    const atMs = deps.now();
    const look = {
      ...({ accountId: by.accountId, action: 'call.expertLooked' } as const),
      ...({ subjectKind: 'call', subjectId: callId, reason: expert } as const),
    };
    if (await deps.audit.notedSince(look, atMs - VIEW_MS)) return;
    await deps.audit.add({ ...by, ...look, id: deps.newId(), atMs });
  }
}

/**
 * An expert types to the agent whom he has on the line: a number, an article, what is better read than heard. The citizen
 * learns nothing of it. Refuses with `consultation.notAsked`, `help.empty`.
 */
export function typeToAgent(deps: Pick<ConsultationDeps, 'experts' | 'board' | 'help' | 'now'>) {
  const of = consultationsOf(deps);
  return async (said: {
    readonly callId: string;
    readonly accountId: string;
    readonly text: string;
    readonly lineId: string;
  }): Promise<void> => {
    const { callId, accountId, lineId } = said;
    const asked = (await of(accountId))?.find(({ call }) => call.callId === callId);
    if (asked === undefined) throw new AppError('consultation.notAsked', { callId });
    const text = oneLine(said.text);
    if (text === '') throw new AppError('help.empty', { callId });
    const line = { id: lineId, callId, by: accountId, fromLead: false, at: deps.now(), text };
    await deps.help.say({ ...line, meantFor: asked.asker });
  };
}
