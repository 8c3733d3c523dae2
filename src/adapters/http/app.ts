import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import { type FastifyBaseLogger, fastify, LogController } from 'fastify';
import { callsArea } from './areas/calls.ts';
import { deadlinesArea } from './areas/deadlines.ts';
import { deskArea } from './areas/desk.ts';
import { dispatchArea } from './areas/dispatch.ts';
import { figuresArea } from './areas/figures.ts';
import { houseArea } from './areas/house.ts';
import { knowledgeArea } from './areas/knowledge.ts';
import { rulesArea } from './areas/rules.ts';
import { supervisionArea } from './areas/supervision.ts';
import { ticketsArea } from './areas/tickets.ts';
import { visitsArea } from './areas/visits.ts';
import { DESCRIPTION } from './description.ts';
import { registerEmployerSight } from './employer-sight.ts';
import { registerGuard } from './guard.ts';
import { registerIdempotency } from './idempotent.ts';
import { collectListQueries } from './list-queries.ts';
import { registerMasking } from './masking.ts';
import { replyProblem } from './problem-replies.ts';
import { healthRoutes } from './routes/health.ts';
import { pageRoutes } from './routes/pages.ts';
import { sipRoute } from './routes/sip.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { Api } from './server.ts';
import type { ApiOptions, ApiServices } from './services.ts';
import { SHARED_SCHEMAS } from './shapes/elements.ts';
import { validatorCompiler } from './validation.ts';

const BODY_LIMIT = 128 * 1024;
/** SIP and live messages are small; more is an attack or an error. */
const FRAME_LIMIT = 64 * 1024;
const GOODBYE_MS = 1000;
const REQUEST_TIMEOUT_MS = 30_000;

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
        // Let in by what was known of him before the database went away.
        booksAway: request.authenticated?.booksAway,
      },
      'request',
    );
  });

  await app.register(cookie);
  await app.register(swagger, DESCRIPTION);
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
      deskArea(api, services, options);
      callsArea(api, services, options);
      ticketsArea(api, services, lists);
      deadlinesArea(api, services);
      visitsArea(api, services);
      supervisionArea(api, services);
      dispatchArea(api, services);
      knowledgeArea(api, services);
      rulesArea(api, services);
      figuresArea(api, services);
      houseArea(api, services, options);
      done();
    },
    { prefix: '/v1' },
  );
  await app.ready();
  return app;
}
