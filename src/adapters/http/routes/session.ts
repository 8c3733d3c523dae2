import { setTimeout as pause } from 'node:timers/promises';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { LastShown } from '../../../app/organisation/last-shown.ts';
import { signIn } from '../../../app/organisation/sign-in.ts';
import { signOut } from '../../../app/organisation/sign-out.ts';
import { type Account, ROLES } from '../../../app/ports/accounts.ts';
import type { Agent } from '../../../app/ports/organisation.ts';
import { AttemptLimiter, Remembered, SlowLane } from '../attempts.ts';
import { callerOf, SESSION_COOKIE } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { answers, Empty, exactly, Instant, nullable, oneOf } from '../shapes/elements.ts';
import { AgentShape } from '../shapes/live.ts';

/** Failures only; an office signs in behind one address. */
const PER_ADDRESS = { max: 50, windowMs: 5 * 60_000 };
/** An account from one address: a stranger who guesses shuts out himself, and not the agent whose name he uses. */
const PER_ACCOUNT_AND_ADDRESS = { max: 8, windowMs: 5 * 60_000 };
/**
 * An account from wherever: so many addresses that guess are slowed together and not refused, for the owner may come
 * from a new address as well. Addresses from which the account has signed in are not held up.
 */
const PER_ACCOUNT = { max: 100, windowMs: 60 * 60_000 };
const SLOWED = { spacingMs: 2_000, longestWaitMs: 4_000 };

const AccountShape = exactly({
  id: Type.String(),
  username: Type.String(),
  displayName: Type.String(),
  roles: Type.Array(oneOf(ROLES)),
  unitCode: nullable(Type.String()),
  employer: Type.Optional(nullable(Type.String())),
});

const SessionShape = exactly({
  account: AccountShape,
  expiresAt: Instant,
  booksAway: Type.Boolean({
    description: 'true：数据库不可用，以下为最近所知；电话操作照常，登记与查询暂停',
  }),
  agent: Type.Union([
    exactly({
      number: Type.String(),
      employer: Type.String(),
      queues: Type.Array(Type.String()),
      /** Null while call control has not shown this agent. */
      live: Type.Union([AgentShape, Type.Null()]),
      phone: exactly({
        name: Type.String(),
        kind: oneOf(['browser', 'desk']),
        secret: Type.String({ description: '仅向话机所有者显示' }),
        sipAddress: Type.String(),
        webSocketAddress: Type.String(),
      }),
    }),
    Type.Null(),
  ]),
});

/** An agent with the telephone that is his alone. */
interface OwnDesk {
  readonly agent: Agent;
  readonly phone: { readonly name: string; readonly secret: string };
}

export function sessionRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  const addresses = new AttemptLimiter(PER_ADDRESS, services.now);
  const pairs = new AttemptLimiter(PER_ACCOUNT_AND_ADDRESS, services.now);
  const accounts = new AttemptLimiter(PER_ACCOUNT, services.now);
  const lane = new SlowLane(SLOWED, services.now);
  const known = new Remembered();
  const desks = new LastShown<OwnDesk | null>();

  app.post(
    '/session',
    {
      bodyLimit: 4096,
      schema: {
        operationId: 'openSession',
        tags: ['session'],
        summary: '登录',
        body: exactly({
          username: Type.String({ minLength: 1, maxLength: 100, description: '用户名' }),
          password: Type.String({ minLength: 1, maxLength: 200, description: '密码' }),
          as: Type.Optional(
            oneOf(['cookie', 'token'], {
              description: 'cookie（浏览器，默认）或 token（程序，用 Authorization: Bearer）',
            }),
          ),
        }),
        response: answers({
          201: exactly({
            account: AccountShape,
            expiresAt: Instant,
            token: nullable(Type.String({ description: '仅当 as 为 token 时' })),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { username, password, as = 'cookie' } = request.body;
      const { ip: address } = request;
      const account = username.trim().toLowerCase();
      const pair = `${address} ${account}`;
      const tooMany = (ms: number) => new Refusal('signIn.tooMany', {}, Math.ceil(ms / 1000));
      const pairWaitMs = pairs.take(pair);
      if (pairWaitMs !== null) throw tooMany(pairWaitMs);
      const addressWaitMs = addresses.take(address);
      if (addressWaitMs !== null) {
        pairs.giveBack(pair);
        throw tooMany(addressWaitMs);
      }
      const counted = !known.has(pair) && accounts.take(account) === null;
      if (!counted && !known.has(pair)) {
        const { kind, ms } = lane.enter(account);
        if (kind === 'full') {
          pairs.giveBack(pair);
          addresses.giveBack(address);
          throw tooMany(ms);
        }
        await pause(ms);
      }
      const signedIn = await signIn(services, { username, password }, services.now()).catch(
        (error: unknown) => {
          // Only a wrong password is held against who tried; an absent database is not.
          if (!isWrongCredentials(error)) giveBack();
          throw error;
        },
      );
      giveBack();
      known.add(pair);
      function giveBack(): void {
        addresses.giveBack(address);
        pairs.giveBack(pair);
        if (counted) accounts.giveBack(account);
      }
      if (as === 'cookie') {
        reply.setCookie(SESSION_COOKIE, signedIn.token, {
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure: request.protocol === 'https',
        });
      }
      return reply.status(201).send({
        account: signedIn.account,
        expiresAt: new Date(signedIn.expiresAtMs).toISOString(),
        token: as === 'token' ? signedIn.token : null,
      });
    },
  );

  app.delete(
    '/session',
    {
      schema: {
        operationId: 'closeSession',
        tags: ['session'],
        summary: '退出登录，数据库不可用时亦即时生效（不影响话务员签入状态和正在进行的通话）',
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      if (request.authenticated !== null) await signOut(services, request.authenticated, services.now());
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return reply.status(204).send();
    },
  );

  app.get(
    '/session',
    {
      schema: {
        operationId: 'readSession',
        tags: ['session'],
        summary: '我是谁：账号、角色、话务员状态、话机；数据库不可用时，最近登录者仍得到最近所知',
        response: answers({ 200: SessionShape }),
      },
    },
    async (request) => ({
      account: callerOf(request),
      expiresAt: new Date(request.authenticated?.expiresAtMs ?? 0).toISOString(),
      booksAway: request.authenticated?.booksAway === true,
      agent: await agentOf(callerOf(request), request),
    }),
  );

  async function deskOf(accountId: string): Promise<OwnDesk | null> {
    const [agent, phone] = await Promise.all([
      services.agents.byAccount(accountId),
      services.agents.phoneOf(accountId),
    ]);
    return agent === null || phone === null ? null : { agent, phone };
  }

  async function agentOf(account: Account, request: FastifyRequest): Promise<object | null> {
    const isAway = request.authenticated?.booksAway === true;
    const desk = await desks.of(account.id, isAway, () => deskOf(account.id));
    if (desk === null) return null;
    const { agent, phone } = desk;
    return {
      number: agent.number,
      employer: agent.employer,
      queues: agent.queues,
      live: services.board.picture().agents.find((one) => one.agentId === account.id) ?? null,
      phone: {
        ...agent.phone,
        secret: phone.secret,
        sipAddress: `sip:${phone.name}@${request.hostname}:${options.sipPort}`,
        webSocketAddress: `${request.protocol === 'https' ? 'wss' : 'ws'}://${request.host}/sip`,
      },
    };
  }
}

function isWrongCredentials(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'account.credentialsWrong';
}
