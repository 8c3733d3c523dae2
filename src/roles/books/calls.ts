import type { ApiServices } from '../../adapters/http/services.ts';
import { alarmBooks } from '../../adapters/pg/alarms.ts';
import { callDraftBooks } from '../../adapters/pg/call-drafts.ts';
import { callbackBooks } from '../../adapters/pg/callbacks.ts';
import { callerCards } from '../../adapters/pg/caller-cards.ts';
import { callerNoteBooks } from '../../adapters/pg/caller-notes.ts';
import { callRegister } from '../../adapters/pg/calls.ts';
import { clipBooks } from '../../adapters/pg/clips.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { listenBooks } from '../../adapters/pg/listens.ts';
import { missedCallBooks } from '../../adapters/pg/missed-calls.ts';
import { outboundRulesBooks } from '../../adapters/pg/outbound-rules.ts';
import { recordingBooks } from '../../adapters/pg/recordings.ts';
import { reportedCallBooks } from '../../adapters/pg/reported-calls.ts';
import { talkQualityBooks } from '../../adapters/pg/talk-quality.ts';
import { outcomeBooks } from '../../adapters/pg/tickets-outcomes.ts';
import { voiceMessageBooks } from '../../adapters/pg/voice-messages.ts';

/** Calls, and what is kept of them. */
export const booksOfCalls = (db: PgDatabase) =>
  ({
    calls: callRegister(db),
    callbacks: callbackBooks(db),
    outboundRules: outboundRulesBooks(db),
    missedCalls: missedCallBooks(db),
    voiceMessages: voiceMessageBooks(db),
    recordings: recordingBooks(db),
    listens: listenBooks(db),
    clips: clipBooks(db),
    alarms: alarmBooks(db),
    callerNotes: callerNoteBooks(db),
    callerCards: callerCards(db),
    callDrafts: callDraftBooks(db),
    outcomes: outcomeBooks(db),
    talkQuality: talkQualityBooks(db),
    reported: reportedCallBooks(db),
  }) satisfies Partial<ApiServices>;
