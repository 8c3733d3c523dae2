import { isOnTheLine, type MatterTold, matterTold } from '../../domain/knowledge/consultation.ts';
import { AppError } from '../errors.ts';
import { oneLine } from '../help/ask-help.ts';
import type { AuditTrail } from '../ports/audit.ts';
import type { CallDraftBook } from '../ports/call-drafts.ts';
import type { CallView } from '../ports/call-view.ts';
import type { HelpBook, HelpLine } from '../ports/help.ts';
import type { ExpertBook } from '../ports/knowledge-experts.ts';

export interface ConsultationDeps {
  readonly experts: Pick<ExpertBook, 'numbersOf'>;
  readonly callDrafts: Pick<CallDraftBook, 'find'>;
  readonly help: Pick<HelpBook, 'say' | 'thread'>;
  readonly audit: AuditTrail;
  /** The calls that are talked now. */
  readonly calls: () => readonly CallView[];
  readonly newId: () => string;
  readonly now: () => number;
}

/** Calls in which the telephone of an expert with this account is part of the talk; null: he is no expert. */
export function consultationsOf({ experts, calls }: Pick<ConsultationDeps, 'experts' | 'calls'>) {
  return async (accountId: string): Promise<readonly CallView[] | null> => {
    const numbers = await experts.numbersOf(accountId);
    if (numbers.length === 0) return null;
    return calls().filter(({ talk }) => numbers.some((number) => isOnTheLine(number, talk?.parties ?? [])));
  };
}

/**
 * What the call is about, for the expert who is on its line (D10): as long as he is, and not a moment longer. The first look
 * of each call stands in its record. Refuses with `consultation.notAsked`.
 */
export function readConsultation(deps: ConsultationDeps) {
  const of = consultationsOf(deps);
  return async (
    callId: string,
    by: { readonly accountId: string; readonly address: string; readonly requestId: string },
  ): Promise<{
    readonly call: CallView;
    readonly matter: MatterTold;
    readonly savedAt: string | null;
    /** What he has typed in it himself. */
    readonly lines: readonly HelpLine[];
  }> => {
    const call = (await of(by.accountId))?.find((one) => one.callId === callId);
    if (call === undefined) throw new AppError('consultation.notAsked', { callId });
    const draft = await deps.callDrafts.find(callId);
    const seen = await deps.audit.ofSubject('call', callId);
    if (!seen.some(({ action, accountId }) => action === 'call.expertLooked' && accountId === by.accountId)) {
      await deps.audit.add({
        ...{ ...by, id: deps.newId(), atMs: deps.now(), action: 'call.expertLooked' },
        ...{ subjectKind: 'call', subjectId: callId, reason: '' },
      });
    }
    const matter = matterTold(draft?.words ?? null, call.callerNumber);
    const { lines } = await deps.help.thread(callId, by.accountId);
    return { call, matter, savedAt: draft?.savedAt ?? null, lines };
  };
}

/**
 * An expert types to the agent whom he has on the line: a number, an article, what is better read than heard. The citizen
 * learns nothing of it. Refuses with `consultation.notAsked`, `help.empty`, `call.notTalking`.
 */
export function typeToAgent(deps: Pick<ConsultationDeps, 'experts' | 'calls' | 'help' | 'now'>) {
  const of = consultationsOf(deps);
  return async (said: {
    readonly callId: string;
    readonly accountId: string;
    readonly text: string;
    readonly lineId: string;
  }): Promise<void> => {
    const { callId, accountId, lineId } = said;
    const call = (await of(accountId))?.find((one) => one.callId === callId);
    if (call === undefined) throw new AppError('consultation.notAsked', { callId });
    if (call.agentId === null) throw new AppError('call.notTalking', { callId });
    const text = oneLine(said.text);
    if (text === '') throw new AppError('help.empty', { callId });
    const line = { id: lineId, callId, by: accountId, fromLead: true, at: deps.now(), text };
    await deps.help.say({ ...line, meantFor: call.agentId });
  };
}
