import type { Transaction } from './transaction.ts';

/** One view of something that is shown only for a reason. */
export interface AuditEntry {
  readonly id: string;
  readonly atMs: number;
  readonly accountId: string;
  readonly action:
    | 'call.callerRevealed'
    | 'call.draftRevealed'
    | 'call.expertLooked'
    | 'call.recordingPlayed'
    | 'call.listenedIn'
    | 'call.bridgeOpened'
    | 'call.clipAsked'
    | 'call.clipDecided'
    | 'call.clipPlayed'
    | 'ticket.citizenRevealed'
    | 'ticket.citizenViewed'
    | 'voiceMessage.played'
    | 'caller.noted'
    | 'caller.noteRemoved'
    | 'caller.notesSought'
    | 'account.passwordSet'
    | 'account.disabled'
    | 'account.enabled'
    | 'account.rolesSet'
    | 'agent.signOutForced'
    | 'agent.skillsSet'
    | 'agent.queuesSet'
    | 'agent.persistentLegSet'
    | 'agent.persistentLegUnset'
    | 'announcement.subscribersRevealed'
    | 'restrictions.settingsChanged'
    | 'outboundRules.changed'
    | 'document.printed'
    | 'message.retried'
    | 'messages.settingsChanged'
    | 'synonyms.changed'
    | 'expert.accountSet'
    | 'convenience.said'
    | 'job.runAgain'
    | 'surgeMode.opened'
    | 'surgeMode.ended';
  readonly subjectKind:
    | 'call'
    | 'ticket'
    | 'account'
    | 'message'
    | 'document'
    | 'settings'
    | 'callerNote'
    /** By a key that is the same for the same number and gives none. */
    | 'caller'
    | 'announcement'
    | 'agent'
    | 'dutyList'
    | 'expert'
    | 'job'
    | 'surgeMode';
  readonly subjectId: string;
  readonly reason: string;
  /** Network address of the one who asked. */
  readonly address: string;
  readonly requestId: string;
}

export interface AuditTrail {
  /** Resolves when the entry is durable; only then may the thing be shown. */
  add(entry: AuditEntry, tx?: Transaction): Promise<void>;
  /** Whether such a one was written after this instant, in epoch milliseconds: of who looks again every few seconds. */
  notedSince(
    such: Pick<AuditEntry, 'accountId' | 'action' | 'subjectKind' | 'subjectId' | 'reason'>,
    afterMs: number,
  ): Promise<boolean>;
  /** Newest first. */
  ofSubject(kind: AuditEntry['subjectKind'], id: string): Promise<readonly AuditEntry[]>;
}
