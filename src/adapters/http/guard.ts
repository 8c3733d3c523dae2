import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticated } from '../../app/organisation/authenticate.ts';
import type { Account } from '../../app/ports/accounts.ts';
import { isHotlineOnly } from './hotline-only.ts';
import { type Access, isOperationId, mayUse, POLICY } from './policy.ts';
import { Refusal } from './problem-replies.ts';
import type { ApiServices } from './services.ts';
import { whoAsks } from './telephone-door.ts';

export const SESSION_COOKIE = 'yht_session';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard for every operation that is not public. */
    authenticated: Authenticated | null;
    /** How the session was told: only a cookie travels without its owner's will. */
    sessionToken: string | null;
  }
}

/** The account that asks; a defect when a public operation calls this. */
export function callerOf(request: FastifyRequest): Account {
  if (request.authenticated === null) throw new Error('a public operation has no caller');
  return request.authenticated.account;
}

function tokenOf(
  request: FastifyRequest,
): { readonly token: string; readonly from: 'header' | 'cookie' } | null {
  const header = /^Bearer ([\w+/=.~-]{16,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (header !== undefined) return { token: header, from: 'header' };
  const cookie = request.cookies[SESSION_COOKIE];
  return cookie === undefined || cookie === '' ? null : { token: cookie, from: 'cookie' };
}

/**
 * A browser says where a request comes from (Sec-Fetch-Site; older ones Origin). What says neither is no browser and
 * carries no stolen cookie.
 */
function isCrossSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.host;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Runs before the body is read, so that a stranger cannot make us parse one. */
export function registerGuard(app: FastifyInstance, services: ApiServices): void {
  app.decorateRequest('authenticated', null);
  app.decorateRequest('sessionToken', null);
  // Ended by another process: forgotten here as well.
  const deafen = services.notices.onNotice((notice) => {
    if (notice.kind !== 'sessionsEnded') return;
    const { accountId, tokenHash } = notice;
    if (tokenHash === undefined) services.sessions.forgetAllOf(accountId);
    else services.sessions.end(Buffer.from(tokenHash, 'hex'));
  });
  app.addHook('onClose', async () => deafen());

  app.addHook('onRequest', async (request: FastifyRequest, _reply: FastifyReply) => {
    if (request.is404) return;
    const operation = request.routeOptions.schema?.operationId;
    if (!isOperationId(operation)) throw new Error(`the operation ${operation ?? request.url} has no policy`);
    const access: Access = POLICY[operation];
    const opensSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
    const acts = opensSocket || !SAFE.has(request.method);
    // Signing in by force of another site is refused as well, although no session exists yet.
    if (access === 'public' && (!acts || !isCrossSite(request))) return;
    if (access === 'public') throw new Refusal('session.crossSite');

    const told = tokenOf(request);
    if (told === null) throw new Refusal('session.missing');
    if (told.from === 'cookie' && acts && isCrossSite(request)) throw new Refusal('session.crossSite');
    const authenticated = await whoAsks(services, operation, told.token);
    if (authenticated === null) throw new Refusal('session.invalid');
    const { roles, unitCode } = authenticated.account;
    if (!mayUse(access, roles)) throw new Refusal('access.denied', { operation });
    if (unitCode !== null && isHotlineOnly(operation)) throw new Refusal('access.ofUnit', { operation });
    request.authenticated = authenticated;
    request.sessionToken = told.token;
  });
}
