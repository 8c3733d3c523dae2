import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import { type FastifyBaseLogger, fastify, LogController } from 'fastify';
import { registerEmployerSight } from './employer-sight.ts';
import { registerGuard } from './guard.ts';
import { registerIdempotency } from './idempotent.ts';
import { collectListQueries } from './list-queries.ts';
import { registerMasking } from './masking.ts';
import { replyProblem } from './problem-replies.ts';
import { accountRoutes } from './routes/accounts.ts';
import { adjudicationRoutes } from './routes/adjudications.ts';
import { adoptionRoutes } from './routes/adoptions.ts';
import { agentRoutes } from './routes/agents.ts';
import { alarmRoutes } from './routes/alarms.ts';
import { announcementRoutes } from './routes/announcements.ts';
import { appealRoutes } from './routes/appeals.ts';
import { appraisalRoutes } from './routes/appraisal.ts';
import { areaReportRoutes } from './routes/area-reports.ts';
import { bulkTicketRoutes } from './routes/bulk-tickets.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { callDraftRoutes } from './routes/call-drafts.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { callerCardRoutes } from './routes/caller-cards.ts';
import { callerNoteRoutes } from './routes/caller-notes.ts';
import { callRoutes } from './routes/calls.ts';
import { catalogueDraftRoutes } from './routes/catalogue-drafts.ts';
import { circularSignatoryRoutes } from './routes/circular-signatories.ts';
import { circularRoutes } from './routes/circulars.ts';
import { classificationRoutes } from './routes/classification.ts';
import { clipRoutes } from './routes/clips.ts';
import { codeDraftRoutes } from './routes/code-drafts.ts';
import { codeListRoutes } from './routes/code-lists.ts';
import { connectionRateRoutes } from './routes/connection-rate.ts';
import { contactRoutes } from './routes/contacts.ts';
import { deadlineRoutes } from './routes/deadlines.ts';
import { directoryRoutes } from './routes/directory.ts';
import { dispatchCatalogueRoutes } from './routes/dispatch-catalogue.ts';
import { dispatchSuggestionRoutes } from './routes/dispatch-suggestions.ts';
import { documentRoutes } from './routes/documents.ts';
import { dutyRoutes } from './routes/duty.ts';
import { employerReportRoutes } from './routes/employer-reports.ts';
import { employerRoutes } from './routes/employers.ts';
import { extensionRoutes } from './routes/extensions.ts';
import { followedTicketRoutes } from './routes/followed-tickets.ts';
import { forcedMoveRoutes } from './routes/forced-moves.ts';
import { formRoutes } from './routes/forms.ts';
import { handOverRoutes } from './routes/hand-overs.ts';
import { healthRoutes } from './routes/health.ts';
import { helpRoutes } from './routes/help.ts';
import { importRoutes } from './routes/imports.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { instructionRoutes } from './routes/instructions.ts';
import { interimRoutes } from './routes/interim.ts';
import { jobRoutes } from './routes/jobs.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { knowledgeCareRoutes } from './routes/knowledge-care.ts';
import { knowledgeCorrectionRoutes } from './routes/knowledge-corrections.ts';
import { knowledgeDoubtRoutes } from './routes/knowledge-doubts.ts';
import { knowledgeExpertRoutes } from './routes/knowledge-experts.ts';
import { knowledgeFileRoutes } from './routes/knowledge-files.ts';
import { knowledgeNoticeRoutes } from './routes/knowledge-notices.ts';
import { knowledgePackRoutes } from './routes/knowledge-packs.ts';
import { knowledgeQuoteRoutes } from './routes/knowledge-quotes.ts';
import { knowledgeReportRoutes } from './routes/knowledge-report.ts';
import { knowledgeSearchRoutes } from './routes/knowledge-search.ts';
import { knowledgeVersionRoutes } from './routes/knowledge-versions.ts';
import { limitRoutes } from './routes/limits.ts';
import { lineReportRoutes } from './routes/line-reports.ts';
import { listeningRoutes } from './routes/listening.ts';
import { liveRoutes } from './routes/live.ts';
import { matterRatingRoutes } from './routes/matter-ratings.ts';
import { meetingRoutes } from './routes/meetings.ts';
import { messageRoutes } from './routes/messages.ts';
import { missedCallRoutes } from './routes/missed-calls.ts';
import { openTicketRoutes } from './routes/open-tickets.ts';
import { outboundRuleRoutes } from './routes/outbound-rules.ts';
import { outcomeRoutes } from './routes/outcomes.ts';
import { pageRoutes } from './routes/pages.ts';
import { placeCoverageRoutes } from './routes/place-coverage.ts';
import { placeRoutes } from './routes/places.ts';
import { presenceRoutes } from './routes/presence.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { promptRoutes } from './routes/prompts.ts';
import { publicAdoptionRoutes } from './routes/public-adoptions.ts';
import { publicKnowledgeRoutes } from './routes/public-knowledge.ts';
import { queueReportRoutes } from './routes/queue-reports.ts';
import { ratingRoutes } from './routes/ratings.ts';
import { recordingPauseRoutes } from './routes/recording-pause.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { registerRoutes } from './routes/register.ts';
import { reportedCallRoutes } from './routes/reported-calls.ts';
import { restrictionRoutes } from './routes/restrictions.ts';
import { returnReportRoutes } from './routes/return-reports.ts';
import { rosterRoutes } from './routes/roster.ts';
import { ruleRoutes } from './routes/rules.ts';
import { ruleCalendarRoutes } from './routes/rules-calendar.ts';
import { ruleImpactRoutes } from './routes/rules-impact.ts';
import { ruleInspectionRoutes } from './routes/rules-inspection.ts';
import { ruleMenuRoutes } from './routes/rules-menus.ts';
import { ruleNumberRoutes } from './routes/rules-numbers.ts';
import { ruleQueueRoutes } from './routes/rules-queues.ts';
import { ruleRegisterRoutes } from './routes/rules-register.ts';
import { savedFilterRoutes } from './routes/saved-filters.ts';
import { sessionRoutes } from './routes/session.ts';
import { sipRoute } from './routes/sip.ts';
import { supervisionRoutes } from './routes/supervision.ts';
import { surgeKeyRoutes } from './routes/surge-keys.ts';
import { surgeModeRoutes } from './routes/surge-mode.ts';
import { surveyRoutes } from './routes/surveys.ts';
import { talkRoutes } from './routes/talk.ts';
import { talkQualityRoutes } from './routes/talk-quality.ts';
import { threadRoutes } from './routes/threads.ts';
import { draftRoutes } from './routes/ticket-drafts.ts';
import { ticketMoveRoutes } from './routes/ticket-moves.ts';
import { ticketNoticeRoutes } from './routes/ticket-notices.ts';
import { ticketPartRoutes } from './routes/ticket-parts.ts';
import { ticketRoutes } from './routes/tickets.ts';
import { totalsRoutes } from './routes/totals.ts';
import { trunkRoutes } from './routes/trunks.ts';
import { unitCallRoutes } from './routes/unit-calls.ts';
import { unitScoreRoutes } from './routes/unit-scores.ts';
import { urgeReportRoutes } from './routes/urge-reports.ts';
import { visitLinkRoutes } from './routes/visit-links.ts';
import { visitReportRoutes } from './routes/visit-reports.ts';
import { visitRoutes } from './routes/visits.ts';
import { voiceMessageRoutes } from './routes/voice-messages.ts';
import { workItemRoutes } from './routes/work-items.ts';
import type { Api } from './server.ts';
import type { ApiOptions, ApiServices } from './services.ts';
import { SHARED_SCHEMAS } from './shapes/elements.ts';
import { validatorCompiler } from './validation.ts';

const BODY_LIMIT = 128 * 1024;
/** SIP and live messages are small; more is an attack or an error. */
const FRAME_LIMIT = 64 * 1024;
const GOODBYE_MS = 1000;
const REQUEST_TIMEOUT_MS = 30_000;

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
} as const;

/** The counter without its door: no port is opened here, so that a test asks it directly. */
export async function buildApp(
  services: ApiServices,
  options: ApiOptions,
  log: FastifyBaseLogger,
): Promise<Api> {
  const app: Api = fastify({
    loggerInstance: log,
    genReqId: () => services.newId(),
    trustProxy: [...options.trustProxy],
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    // While stopping, an open connection still gets its answer.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // An address that cannot even be read never reaches a route.
    frameworkErrors: replyProblem,
    routerOptions: { maxParamLength: 200 },
    // One line per request, written by us at its end.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(replyProblem);
  app.removeContentTypeParser('text/plain');
  for (const shape of SHARED_SCHEMAS) app.addSchema(shape);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (request.url.startsWith('/v1')) reply.header('cache-control', 'no-store');
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  });
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    // Otherwise the connection of the last answer would stay open and hold up the stop.
    if (stopping) reply.header('connection', 'close');
    return payload;
  });
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'warn' : 'info';
    request.log[level](
      {
        method: request.method,
        // Without the query: it may carry what a log must not.
        path: request.url.split('?', 1)[0],
        operation: request.routeOptions.schema?.operationId,
        status: reply.statusCode,
        tookMs: Math.round(reply.elapsedTime),
        account: request.authenticated?.account.id,
      },
      'request',
    );
  });

  await app.register(cookie);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '一号通 API',
        version: '1',
        description:
          '12345 政务服务便民热线。错误以 RFC 9457 problem details 返回，code 稳定不变；新建类操作接受 Idempotency-Key。',
      },
      components: {
        securitySchemes: {
          cookie: { type: 'apiKey', in: 'cookie', name: 'yht_session' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ cookie: [] }, { bearer: [] }],
    },
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, index) => String(schema.$id ?? `def-${index}`),
    },
  });
  await app.register(websocket, {
    options: { maxPayload: FRAME_LIMIT, perMessageDeflate: false },
    preClose: (done) => {
      for (const socket of app.websocketServer.clients) {
        // 1001: come again elsewhere. Who does not answer the goodbye is let go without it.
        socket.close(1001, 'server is stopping');
        const late = setTimeout(() => socket.terminate(), GOODBYE_MS);
        socket.once('close', () => clearTimeout(late));
      }
      app.websocketServer.close();
      done();
    },
  });
  // Of the console each file lies there compressed as well; of recordings none does, and they go out as they are.
  await app.register(fastifyStatic, { root: options.recordingsDir, serve: false, preCompressed: true });
  registerGuard(app, services);
  registerIdempotency(app, services);
  const lists = collectListQueries(app);
  registerMasking(app);
  registerEmployerSight(app, services);

  pageRoutes(app, options);
  healthRoutes(app, services);
  sipRoute(app, options);
  await app.register(
    (v1, _options, done) => {
      const api = v1 as unknown as Api;
      sessionRoutes(api, services, options);
      agentRoutes(api, services);
      presenceRoutes(api, services, options);
      talkRoutes(api, services);
      directoryRoutes(api, services);
      surgeModeRoutes(api, services);
      dutyRoutes(api, services);
      callRoutes(api, services);
      callbackRoutes(api, services);
      outboundRuleRoutes(api, services);
      recordingRoutes(api, services, options);
      recordingPauseRoutes(api, services);
      listeningRoutes(api, services);
      alarmRoutes(api, services);
      clipRoutes(api, services, options);
      outcomeRoutes(api, services);
      callDraftRoutes(api, services);
      helpRoutes(api, services);
      talkQualityRoutes(api, services);
      voiceMessageRoutes(api, services, options);
      callerNoteRoutes(api, services);
      callerCardRoutes(api, services);
      ticketRoutes(api, services);
      ticketMoveRoutes(api, services);
      ticketNoticeRoutes(api, services);
      bulkTicketRoutes(api, services);
      ticketPartRoutes(api, services);
      unitScoreRoutes(api, services);
      urgeReportRoutes(api, services);
      meetingRoutes(api, services);
      circularRoutes(api, services);
      circularSignatoryRoutes(api, services);
      documentRoutes(api, services);
      interimRoutes(api, services);
      adjudicationRoutes(api, services);
      privacyRoutes(api, services);
      unitCallRoutes(api, services);
      incidentRoutes(api, services);
      threadRoutes(api, services);
      visitRoutes(api, services);
      surveyRoutes(api, services);
      adoptionRoutes(api, services);
      draftRoutes(api, services);
      openTicketRoutes(api, services);
      areaReportRoutes(api, services);
      savedFilterRoutes(api, services, lists);
      appraisalRoutes(api, services);
      matterRatingRoutes(api, services);
      contactRoutes(api, services);
      instructionRoutes(api, services);
      visitReportRoutes(api, services);
      missedCallRoutes(api, services);
      supervisionRoutes(api, services);
      classificationRoutes(api, services);
      codeListRoutes(api, services);
      formRoutes(api, services);
      codeDraftRoutes(api, services);
      dispatchCatalogueRoutes(api, services);
      catalogueDraftRoutes(api, services);
      dispatchSuggestionRoutes(api, services);
      returnReportRoutes(api, services);
      deadlineRoutes(api, services);
      jobRoutes(api, services);
      forcedMoveRoutes(api, services);
      extensionRoutes(api, services);
      calendarRoutes(api, services);
      limitRoutes(api, services);
      knowledgeRoutes(api, services);
      knowledgeVersionRoutes(api, services);
      knowledgeQuoteRoutes(api, services);
      knowledgeCareRoutes(api, services);
      knowledgeDoubtRoutes(api, services);
      knowledgeNoticeRoutes(api, services);
      knowledgeCorrectionRoutes(api, services);
      knowledgeExpertRoutes(api, services);
      knowledgeFileRoutes(api, services);
      knowledgePackRoutes(api, services);
      knowledgeReportRoutes(api, services);
      publicKnowledgeRoutes(api, services);
      publicAdoptionRoutes(api, services);
      visitLinkRoutes(api, services);
      followedTicketRoutes(api, services);
      knowledgeSearchRoutes(api, services);
      placeRoutes(api, services);
      placeCoverageRoutes(api, services);
      importRoutes(api, services);
      registerRoutes(api, services);
      ruleRoutes(api, services);
      ruleInspectionRoutes(api, services);
      ruleImpactRoutes(api, services);
      ruleRegisterRoutes(api, services);
      ruleNumberRoutes(api, services);
      ruleQueueRoutes(api, services);
      ruleCalendarRoutes(api, services);
      rosterRoutes(api, services);
      ruleMenuRoutes(api, services);
      trunkRoutes(api, services);
      announcementRoutes(api, services);
      restrictionRoutes(api, services);
      appealRoutes(api, services);
      surgeKeyRoutes(api, services);
      promptRoutes(api, services);
      totalsRoutes(api, services);
      connectionRateRoutes(api, services);
      lineReportRoutes(api, services);
      handOverRoutes(api, services);
      queueReportRoutes(api, services);
      ratingRoutes(api, services);
      employerRoutes(api, services);
      employerReportRoutes(api, services);
      reportedCallRoutes(api, services);
      workItemRoutes(api, services);
      messageRoutes(api, services);
      accountRoutes(api, services);
      liveRoutes(api, services, options);
      done();
    },
    { prefix: '/v1' },
  );
  await app.ready();
  return app;
}
