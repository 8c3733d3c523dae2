import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promptShelves } from '../adapters/audio/prompt-shelves.ts';
import { pdfPress } from '../adapters/documents/pdf-press.ts';
import { keepPages } from '../adapters/files/kept-pages.ts';
import { presetFolder } from '../adapters/files/preset-folder.ts';
import { buildApp } from '../adapters/http/app.ts';
import type { ApiServices } from '../adapters/http/services.ts';
import { BullDeadlineQueue } from '../adapters/jobs/deadline-queue.ts';
import { jobsOf } from '../adapters/jobs/job-store.ts';
import { BullKnowledgeQueue } from '../adapters/jobs/knowledge-queue.ts';
import { chineseLanguage } from '../adapters/language/chinese.ts';
import type { Logger } from '../adapters/log/log.ts';
import { secretMint } from '../adapters/passwords/mint.ts';
import { scryptHasher } from '../adapters/passwords/scrypt.ts';
import { accountBooks } from '../adapters/pg/accounts.ts';
import { adjudicationBooks } from '../adapters/pg/adjudications.ts';
import { adoptionBooks } from '../adapters/pg/adoptions.ts';
import { agentBooks } from '../adapters/pg/agents.ts';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { announcementBooks } from '../adapters/pg/announcements.ts';
import { exclusionBooks } from '../adapters/pg/appraisal.ts';
import { areaFigureBooks } from '../adapters/pg/area-figures.ts';
import { auditTrail } from '../adapters/pg/audit.ts';
import { bulkBooks } from '../adapters/pg/bulk.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import { calendarEditBooks } from '../adapters/pg/calendar-edits.ts';
import { callDraftBooks } from '../adapters/pg/call-drafts.ts';
import { callbackBooks } from '../adapters/pg/callbacks.ts';
import { callerCards } from '../adapters/pg/caller-cards.ts';
import { callerNoteBooks } from '../adapters/pg/caller-notes.ts';
import { callRegister } from '../adapters/pg/calls.ts';
import { catalogueDraftBooks } from '../adapters/pg/catalogue-drafts.ts';
import { categoryBooks } from '../adapters/pg/categories.ts';
import { circularBooks } from '../adapters/pg/circulars.ts';
import { classificationBooks } from '../adapters/pg/classification.ts';
import { clipBooks } from '../adapters/pg/clips.ts';
import { codedFigures } from '../adapters/pg/coded-figures.ts';
import { codeBooks } from '../adapters/pg/codes.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import { connectionWaits } from '../adapters/pg/connection-waits.ts';
import { contactBooks } from '../adapters/pg/contacts.ts';
import { openDatabase, type PgDatabase } from '../adapters/pg/database.ts';
import { deadlineBooks } from '../adapters/pg/deadlines.ts';
import { deskFigures } from '../adapters/pg/desk-figures.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { dispatchLessonBooks } from '../adapters/pg/dispatch-lessons.ts';
import { documentBooks } from '../adapters/pg/documents.ts';
import { dutyBooks } from '../adapters/pg/duty.ts';
import { employerFigures } from '../adapters/pg/employer-figures.ts';
import { employerBooks } from '../adapters/pg/employers.ts';
import { extensionBooks } from '../adapters/pg/extensions.ts';
import { followedTickets } from '../adapters/pg/followed-tickets.ts';
import { forcedMoveBooks } from '../adapters/pg/forced-moves.ts';
import { formBooks } from '../adapters/pg/forms.ts';
import { handOverFigures } from '../adapters/pg/hand-overs.ts';
import { helpBooks } from '../adapters/pg/help.ts';
import { idempotencyKeys } from '../adapters/pg/idempotency.ts';
import { importBooks } from '../adapters/pg/imports.ts';
import { incidentBooks } from '../adapters/pg/incidents.ts';
import { instructionBooks } from '../adapters/pg/instructions.ts';
import { interimBooks } from '../adapters/pg/interim.ts';
import { jobBoards } from '../adapters/pg/job-board.ts';
import { knowledgeBooks } from '../adapters/pg/knowledge.ts';
import { knowledgeBulk } from '../adapters/pg/knowledge-bulk.ts';
import { knowledgeCareBooks } from '../adapters/pg/knowledge-care.ts';
import { correctionBooks } from '../adapters/pg/knowledge-corrections.ts';
import { expertBooks } from '../adapters/pg/knowledge-experts.ts';
import { knowledgeFigureBooks } from '../adapters/pg/knowledge-figures.ts';
import { knowledgeFileBooks } from '../adapters/pg/knowledge-files.ts';
import { knowledgeGaps } from '../adapters/pg/knowledge-gaps.ts';
import { noticeBooks } from '../adapters/pg/knowledge-notices.ts';
import { packBooks } from '../adapters/pg/knowledge-packs.ts';
import { publicKnowledge } from '../adapters/pg/knowledge-public.ts';
import { quoteBooks } from '../adapters/pg/knowledge-quotes.ts';
import { searchLogBooks } from '../adapters/pg/knowledge-searches.ts';
import { limitBooks } from '../adapters/pg/limits.ts';
import { lineFigures } from '../adapters/pg/line-figures.ts';
import { lineBooks } from '../adapters/pg/lines.ts';
import { listenBooks } from '../adapters/pg/listens.ts';
import { meetingTaskBooks } from '../adapters/pg/meeting-tasks.ts';
import { meetingBooks } from '../adapters/pg/meetings.ts';
import { menuCounters } from '../adapters/pg/menu-counters.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { missedCallBooks } from '../adapters/pg/missed-calls.ts';
import { openTicketBooks } from '../adapters/pg/open-tickets.ts';
import { outboundRulesBooks } from '../adapters/pg/outbound-rules.ts';
import { placeBooks } from '../adapters/pg/places.ts';
import { presenceBooks } from '../adapters/pg/presence.ts';
import { privacyBooks } from '../adapters/pg/privacy.ts';
import { promptBooks } from '../adapters/pg/prompts.ts';
import { queueFigures } from '../adapters/pg/queue-figures.ts';
import { ratingBooks } from '../adapters/pg/ratings.ts';
import { recordingBooks } from '../adapters/pg/recordings.ts';
import { reportedCallBooks } from '../adapters/pg/reported-calls.ts';
import { restrictionBooks } from '../adapters/pg/restrictions.ts';
import { ruleBooks } from '../adapters/pg/rule-books.ts';
import { savedFilterBooks } from '../adapters/pg/saved-filters.ts';
import { searchIndexBooks } from '../adapters/pg/search-index.ts';
import { sessionBooks } from '../adapters/pg/sessions.ts';
import { supervisionBooks } from '../adapters/pg/supervision.ts';
import { supervisionFactBooks } from '../adapters/pg/supervision-facts.ts';
import { surgeModeBooks } from '../adapters/pg/surge-modes.ts';
import { surveyRulesBooks } from '../adapters/pg/survey-rules.ts';
import { surveyBooks } from '../adapters/pg/surveys.ts';
import { talkQualityBooks } from '../adapters/pg/talk-quality.ts';
import { threadBooks } from '../adapters/pg/threads.ts';
import { draftBooks } from '../adapters/pg/ticket-drafts.ts';
import { ticketMoveBooks } from '../adapters/pg/ticket-moves.ts';
import { ticketNoticeBooks } from '../adapters/pg/ticket-notices.ts';
import { ticketPartBooks } from '../adapters/pg/ticket-parts.ts';
import { ticketRatingBooks } from '../adapters/pg/ticket-ratings.ts';
import { ticketBooks } from '../adapters/pg/tickets.ts';
import { outcomeBooks } from '../adapters/pg/tickets-outcomes.ts';
import { timeLineBooks } from '../adapters/pg/time-lines.ts';
import { trunkBooks } from '../adapters/pg/trunks.ts';
import { truthBooks } from '../adapters/pg/truths.ts';
import { unitCallBooks } from '../adapters/pg/unit-calls.ts';
import { unitScoreBooks } from '../adapters/pg/unit-scores.ts';
import { unitBooks } from '../adapters/pg/units.ts';
import { upcomingDeadlines } from '../adapters/pg/upcoming.ts';
import { visitLinkBooks } from '../adapters/pg/visit-links.ts';
import { visitSampleBooks } from '../adapters/pg/visit-samples.ts';
import { visitBooks } from '../adapters/pg/visits.ts';
import { voiceMessageBooks } from '../adapters/pg/voice-messages.ts';
import { workItemBooks } from '../adapters/pg/work-items.ts';
import { RedisCommandSender } from '../adapters/redis/command-sender.ts';
import { RedisLiveBoardReader } from '../adapters/redis/live-board-reader.ts';
import { RedisNoticeFeed } from '../adapters/redis/notices.ts';
import { spreadsheets } from '../adapters/tables/spreadsheet.ts';
import { SearchMemory } from '../app/knowledge/search/search-memory.ts';
import type { Config } from '../config.ts';
import { keepWayOpen } from './open-way.ts';

const POOL_MAX = 12;
/** A screen is told that the database is away rather than left waiting. */
const QUERY_TIMEOUT_MS = 8000;
/** What is still being answered when we stop gets this long. */
const STOP_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2000;
/** Beside what this file itself was compiled to. */
const CONSOLE_DIR = join(import.meta.dirname, '../console');

interface Links {
  readonly commands: RedisCommandSender;
  readonly board: RedisLiveBoardReader;
  readonly notices: RedisNoticeFeed;
}

/** What the counter leans on, from the real adapters. */
export function apiServices(
  db: PgDatabase,
  { commands, board, notices }: Links,
  { promptsDir, speech, documentFont }: Pick<Config, 'promptsDir' | 'speech' | 'documentFont'>,
): ApiServices {
  const lines = lineBooks(db);
  const searchIndex = searchIndexBooks(db);
  const dispatchCatalogue = dispatchCatalogueBooks(db);
  return {
    now: () => Date.now(),
    newId: () => randomUUID(),
    database: db,
    accounts: accountBooks(db),
    sessions: sessionBooks(db),
    hasher: scryptHasher(),
    mint: secretMint,
    agents: agentBooks(db),
    presence: presenceBooks(db),
    waits: connectionWaits(db),
    units: unitBooks(db),
    employers: employerBooks(db),
    duty: dutyBooks(db),
    employerFigures: employerFigures(db),
    queues: lines.queues,
    lines,
    calls: callRegister(db),
    callbacks: callbackBooks(db),
    outboundRules: outboundRulesBooks(db),
    voiceMessages: voiceMessageBooks(db),
    recordings: recordingBooks(db),
    listens: listenBooks(db),
    clips: clipBooks(db),
    alarms: alarmBooks(db),
    callerNotes: callerNoteBooks(db),
    callerCards: callerCards(db),
    tickets: ticketBooks(db),
    ticketMoves: ticketMoveBooks(db),
    bulk: bulkBooks(db),
    timeLines: timeLineBooks(db),
    ticketNotices: ticketNoticeBooks(db),
    ticketParts: ticketPartBooks(db),
    adjudications: adjudicationBooks(db),
    interim: interimBooks(db),
    privacy: privacyBooks(db),
    unitCalls: unitCallBooks(db),
    incidents: incidentBooks(db),
    threads: threadBooks(db),
    visits: visitBooks(db),
    visitLinks: visitLinkBooks(db),
    followed: followedTickets(db),
    surveys: surveyBooks(db),
    contacts: contactBooks(db),
    instructions: instructionBooks(db),
    samples: visitSampleBooks(db),
    exclusions: exclusionBooks(db),
    truths: truthBooks(db),
    ticketRatings: ticketRatingBooks(db),
    surveyRules: surveyRulesBooks(db),
    adoptions: adoptionBooks(db),
    drafts: draftBooks(db),
    callDrafts: callDraftBooks(db),
    help: helpBooks(db),
    surgeModes: surgeModeBooks(db),
    talkQuality: talkQualityBooks(db),
    deskFigures: deskFigures(db),
    openTickets: openTicketBooks(db),
    savedFilters: savedFilterBooks(db),
    missedCalls: missedCallBooks(db),
    supervision: supervisionBooks(db),
    unitScores: unitScoreBooks(db),
    areaFigures: areaFigureBooks(db),
    meetings: meetingBooks(db),
    meetingTasks: meetingTaskBooks(db),
    circulars: circularBooks(db),
    supervisionFacts: supervisionFactBooks(db),
    documents: documentBooks(db),
    press: pdfPress(documentFont),
    dispatchCatalogue,
    catalogueDrafts: catalogueDraftBooks(db),
    dispatchLessons: dispatchLessonBooks(db),
    knowledge: knowledgeBooks(db),
    knowledgeBulk: knowledgeBulk(db),
    knowledgeGaps: knowledgeGaps(db),
    places: placeBooks(db),
    imports: importBooks(db),
    spreadsheets,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    searchIndex,
    searchMemory: new SearchMemory({
      searchIndex,
      dispatchCatalogue,
      calendar: calendarBooks(db),
      packs: packBooks(db),
      language: chineseLanguage(),
      now: Date.now,
    }),
    quotes: quoteBooks(db),
    searchLog: searchLogBooks(db),
    care: knowledgeCareBooks(db),
    knowledgeNotices: noticeBooks(db),
    packs: packBooks(db),
    corrections: correctionBooks(db),
    publicKnowledge: publicKnowledge(db),
    experts: expertBooks(db),
    knowledgeFiles: knowledgeFileBooks(db),
    knowledgeFigures: knowledgeFigureBooks(db),
    outcomes: outcomeBooks(db),
    categories: categoryBooks(db),
    codes: codeBooks(db),
    forms: formBooks(db),
    codedFigures: codedFigures(db),
    classifications: classificationBooks(db),
    upcoming: upcomingDeadlines(db),
    configuration: configurationBooks(db),
    rules: ruleBooks(db),
    trunks: trunkBooks(db),
    prompts: promptBooks(db),
    voice: promptShelves(promptsDir, speech),
    presets: presetFolder(),
    menuCounters: menuCounters(db),
    calendar: calendarBooks(db),
    calendarEdits: calendarEditBooks(db),
    extensions: extensionBooks(db),
    jobBoard: jobBoards(db),
    forcedMoves: forcedMoveBooks(db),
    deadlines: deadlineBooks(db),
    limits: limitBooks(db),
    figures: lineFigures(db),
    handOvers: handOverFigures(db),
    queueFigures: queueFigures(db),
    ratings: ratingBooks(db),
    reported: reportedCallBooks(db),
    messages: messageBooks(db),
    work: workItemBooks(db),
    announcements: announcementBooks(db),
    restrictions: restrictionBooks(db),
    audit: auditTrail(db),
    idempotency: idempotencyKeys(db),
    commands,
    board,
    notices,
    checkDatabase: async () => {
      await db.query('select 1');
    },
    redisReady: () => commands.ready && notices.ready,
  };
}

/** A page that stays open over an upgrade goes on; when nothing can be kept it has to be loaded anew, and says so. */
async function keepEarlierPages(dataDir: string, log: Logger): Promise<string | null> {
  const assets = join(CONSOLE_DIR, 'assets');
  if (!existsSync(assets)) return null;
  const kept = join(dataDir, 'console');
  try {
    await keepPages(assets, kept, Date.now());
    return kept;
  } catch (err) {
    log.warn({ err }, 'files of earlier pages cannot be kept: pages that are open must be loaded anew');
    return null;
  }
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);

/** Resolves when the port is open; rejects with the reason when it cannot be. */
export async function run(config: Config, log: Logger): Promise<{ stop(): Promise<void> }> {
  const db = openDatabase(config.databaseUrl, {
    max: POOL_MAX,
    queryTimeoutMs: QUERY_TIMEOUT_MS,
    onError: (err) => log.warn({ err }, 'an idle database connection was lost'),
  });
  const links: Links = {
    commands: new RedisCommandSender(config.redisUrl, log),
    board: new RedisLiveBoardReader(config.redisUrl, log),
    notices: new RedisNoticeFeed(config.redisUrl, log),
  };
  const jobStores = [
    new BullDeadlineQueue(config.redisUrl, log),
    new BullKnowledgeQueue(config.redisUrl, log),
  ];
  const closeLinks = async (): Promise<void> => {
    await Promise.all([links.commands.close(), links.board.close(), links.notices.close()]);
    await Promise.all([...jobStores.map((store) => store.close()), db.close()]);
  };
  try {
    await mkdir(config.recordingsDir, { recursive: true });
    const app = await buildApp(
      {
        ...apiServices(db, links, config),
        jobStore: jobsOf(jobStores),
        ownSip: { hosts: ownAddresses(), port: config.asterisk.sipPort },
        trunkCodes: config.trunks,
      },
      {
        recordingsDir: config.recordingsDir,
        consoleDir: CONSOLE_DIR,
        keptPagesDir: await keepEarlierPages(config.dataDir, log),
        asteriskHttpUrl: config.asterisk.ariUrl,
        sipPort: config.asterisk.sipPort,
        trustProxy: config.http.trustProxy,
      },
      log,
    );
    await app.listen({ host: config.http.host, port: config.http.port });
    const way = keepWayOpen(links.commands, log);
    return {
      async stop() {
        way.stop();
        const served = await within(STOP_TIMEOUT_MS, app.close());
        if (!served) {
          log.warn({ afterMs: STOP_TIMEOUT_MS }, 'requests were still open at the end of the stop');
          app.server.closeAllConnections();
        }
        // A database that does not move does not say goodbye either.
        await within(CLOSE_TIMEOUT_MS, closeLinks());
      },
    };
  } catch (error) {
    await closeLinks();
    throw error;
  }
}

/** False when the work was not done in time; it is left to itself then. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
