import type { LiveBoardReader } from '../../app/live/board.ts';
import type { NoticeFeed } from '../../app/live/notices.ts';
import type { Accounts, PasswordHasher, SecretMint } from '../../app/ports/accounts.ts';
import type { AdjudicationBook } from '../../app/ports/adjudications.ts';
import type { AlarmBook } from '../../app/ports/alarms.ts';
import type { AnnouncementBook } from '../../app/ports/announcements.ts';
import type { ExclusionBook, SampleBook, TicketRatingBook, TruthBook } from '../../app/ports/appraisal.ts';
import type { AuditTrail } from '../../app/ports/audit.ts';
import type { BulkBook } from '../../app/ports/bulk.ts';
import type { CalendarSource } from '../../app/ports/calendar.ts';
import type { CalendarEditBook } from '../../app/ports/calendar-edits.ts';
import type { CallbackBook } from '../../app/ports/callbacks.ts';
import type { CallerNotes } from '../../app/ports/caller-notes.ts';
import type { CallRegister } from '../../app/ports/calls.ts';
import type { ClipBook } from '../../app/ports/clips.ts';
import type { CommandSender } from '../../app/ports/commands.ts';
import type { ConfigurationPublisher } from '../../app/ports/configuration-source.ts';
import type { ConnectionWaits } from '../../app/ports/connection-waits.ts';
import type { ContactBook } from '../../app/ports/contacts.ts';
import type { DeadlineBook } from '../../app/ports/deadlines.ts';
import type { DispatchCatalogue } from '../../app/ports/dispatch.ts';
import type { DispatchLessons } from '../../app/ports/dispatch-lessons.ts';
import type { DocumentBook, DocumentPress } from '../../app/ports/documents.ts';
import type { EmployerFigures } from '../../app/ports/employer-figures.ts';
import type { EmployerBook } from '../../app/ports/employers.ts';
import type { ExtensionBook } from '../../app/ports/extensions.ts';
import type { ForcedMoveBook } from '../../app/ports/forced-moves.ts';
import type { HandOverFigures } from '../../app/ports/hand-overs.ts';
import type { IdempotencyKeys } from '../../app/ports/idempotency.ts';
import type { IncidentBook } from '../../app/ports/incidents.ts';
import type { InstructionBook } from '../../app/ports/instructions.ts';
import type { InterimBook } from '../../app/ports/interim.ts';
import type { JobBoard, JobStoreFigures } from '../../app/ports/job-board.ts';
import type { KnowledgeBook, SearchLog } from '../../app/ports/knowledge.ts';
import type { QuoteBook } from '../../app/ports/knowledge-quotes.ts';
import type { LimitBook } from '../../app/ports/limits.ts';
import type { LineFigures } from '../../app/ports/line-figures.ts';
import type { Lines } from '../../app/ports/lines.ts';
import type { ListenBook } from '../../app/ports/listens.ts';
import type { MenuCounters } from '../../app/ports/menu-counters.ts';
import type { MessageBook } from '../../app/ports/messages.ts';
import type { MissedCallBook } from '../../app/ports/missed-calls.ts';
import type { Agents, Queues, Units } from '../../app/ports/organisation.ts';
import type { OutboundRulesBook } from '../../app/ports/outbound-rules.ts';
import type { PresenceBooks } from '../../app/ports/presence-books.ts';
import type { PresetShelf } from '../../app/ports/presets.ts';
import type { PrivacyBook } from '../../app/ports/privacy.ts';
import type { PromptBooks } from '../../app/ports/prompt-books.ts';
import type { Voice } from '../../app/ports/prompts.ts';
import type { QueueFigures } from '../../app/ports/queue-figures.ts';
import type { RatingBooks } from '../../app/ports/ratings.ts';
import type { RecordingBook } from '../../app/ports/recordings.ts';
import type { ReportedCallBook } from '../../app/ports/reported-calls.ts';
import type { RestrictionBook } from '../../app/ports/restrictions.ts';
import type { RuleBooks } from '../../app/ports/rules.ts';
import type { Sessions } from '../../app/ports/sessions.ts';
import type { SupervisionBook } from '../../app/ports/supervision.ts';
import type { SurveyBook, SurveyRulesBook } from '../../app/ports/surveys.ts';
import type { ThreadBook } from '../../app/ports/threads.ts';
import type { TicketMoves, TimeLines } from '../../app/ports/ticket-moves.ts';
import type { TicketNoticeBook } from '../../app/ports/ticket-notices.ts';
import type { TicketParts } from '../../app/ports/ticket-parts.ts';
import type { Categories, OutcomeBook, TicketBook } from '../../app/ports/tickets.ts';
import type { Database } from '../../app/ports/transaction.ts';
import type { TrunkBooks } from '../../app/ports/trunks.ts';
import type { UnitCallBook } from '../../app/ports/unit-calls.ts';
import type { UpcomingDeadlines } from '../../app/ports/upcoming.ts';
import type { VisitBook } from '../../app/ports/visits.ts';
import type { VoiceMessages } from '../../app/ports/voice-messages.ts';
import type { WorkItemBook } from '../../app/ports/work-items.ts';

/** Everything that the API leans on. `roles/api` builds it from the real adapters, a test from what it needs. */
export interface ApiServices {
  readonly now: () => number;
  readonly newId: () => string;

  readonly database: Database;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly hasher: PasswordHasher;
  readonly mint: SecretMint;
  readonly agents: Agents;
  readonly presence: PresenceBooks;
  readonly waits: ConnectionWaits;
  readonly units: Units;
  readonly employers: EmployerBook;
  readonly employerFigures: EmployerFigures;
  readonly queues: Queues;
  readonly lines: Lines;
  readonly calls: CallRegister;
  readonly callbacks: CallbackBook;
  readonly outboundRules: OutboundRulesBook;
  readonly voiceMessages: VoiceMessages;
  readonly recordings: RecordingBook;
  readonly listens: ListenBook;
  readonly clips: ClipBook;
  readonly alarms: AlarmBook;
  readonly callerNotes: CallerNotes;
  readonly tickets: TicketBook;
  readonly ticketMoves: TicketMoves;
  readonly bulk: BulkBook;
  readonly timeLines: TimeLines;
  readonly ticketNotices: TicketNoticeBook;
  readonly ticketParts: TicketParts;
  readonly adjudications: AdjudicationBook;
  readonly interim: InterimBook;
  readonly privacy: PrivacyBook;
  readonly unitCalls: UnitCallBook;
  readonly incidents: IncidentBook;
  readonly threads: ThreadBook;
  readonly visits: VisitBook;
  readonly surveys: SurveyBook;
  readonly contacts: ContactBook;
  readonly instructions: InstructionBook;
  readonly samples: SampleBook;
  readonly exclusions: ExclusionBook;
  readonly truths: TruthBook;
  readonly ticketRatings: TicketRatingBook;
  readonly surveyRules: SurveyRulesBook;
  readonly missedCalls: MissedCallBook;
  readonly supervision: SupervisionBook;
  readonly documents: DocumentBook;
  readonly press: DocumentPress;
  readonly dispatchCatalogue: DispatchCatalogue;
  readonly dispatchLessons: DispatchLessons;
  readonly knowledge: KnowledgeBook;
  readonly quotes: QuoteBook;
  readonly searchLog: SearchLog;
  readonly outcomes: OutcomeBook;
  readonly categories: Categories;
  readonly upcoming: UpcomingDeadlines;
  readonly configuration: ConfigurationPublisher;
  readonly rules: RuleBooks;
  readonly prompts: PromptBooks;
  readonly voice: Voice;
  readonly presets: PresetShelf;
  readonly menuCounters: MenuCounters;
  readonly trunks: TrunkBooks;
  readonly calendar: CalendarSource;
  readonly calendarEdits: CalendarEditBook;
  readonly extensions: ExtensionBook;
  readonly jobBoard: JobBoard;
  /** Absent where nobody opened one: the board then says that it is away. */
  readonly jobStore?: JobStoreFigures;
  readonly forcedMoves: ForcedMoveBook;
  readonly deadlines: DeadlineBook;
  readonly limits: LimitBook;
  readonly figures: LineFigures;
  readonly handOvers: HandOverFigures;
  readonly queueFigures: QueueFigures;
  readonly ratings: RatingBooks;
  readonly reported: ReportedCallBook;
  /** Where our own switch answers: rules that lead there lead back to us. */
  readonly ownSip?: { readonly hosts: readonly string[]; readonly port: number };
  /** The trunks that the switch has. */
  readonly trunkCodes?: readonly string[];
  readonly messages: MessageBook;
  readonly work: WorkItemBook;
  readonly announcements: AnnouncementBook;
  readonly restrictions: RestrictionBook;
  readonly audit: AuditTrail;
  readonly idempotency: IdempotencyKeys;

  readonly commands: CommandSender;
  readonly board: LiveBoardReader;
  readonly notices: NoticeFeed;

  /** Rejects, with a code, when it is away. */
  readonly checkDatabase: () => Promise<void>;
  readonly redisReady: () => boolean;
}

export interface ApiOptions {
  readonly recordingsDir: string;
  /** Base address of Asterisk's HTTP server; only its `/ws` is ever reached through us. */
  readonly asteriskHttpUrl: string;
  readonly sipPort: number;
  /** Proxies whose X-Forwarded-* is believed. */
  readonly trustProxy: readonly string[];
  /** Between pings on a WebSocket; the default suits proxies that cut after 60 s. */
  readonly heartbeatMs?: number;
  /** How often an open live picture asks whether its session still stands. */
  readonly sessionCheckMs?: number;
  readonly wordMs?: number;
}
