import { Type } from '@fastify/type-provider-typebox';
import { changePassword } from '../../../app/organisation/change-password.ts';
import { createAccount } from '../../../app/organisation/create-account.ts';
import { createAgent } from '../../../app/organisation/create-agent.ts';
import { refuseWeakPassword } from '../../../app/organisation/credentials.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { AttemptLimiter } from '../attempts.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { AccountShape, AgentPartShape, ListedAccountShape, partOf, RolesShape } from '../shapes/accounts.ts';
import { answers, Code, Empty, exactly, IdempotencyHeaders, IdParams, nullable } from '../shapes/elements.ts';

const Password = Type.String({ minLength: 1, maxLength: 200, description: '密码，至少 10 位' });

const GUESSES = { max: 8, windowMs: 5 * 60_000 };

export function accountRoutes(app: Api, services: ApiServices): void {
  const guesses = new AttemptLimiter(GUESSES, services.now);

  app.get(
    '/accounts',
    {
      schema: {
        operationId: 'listAccounts',
        tags: ['accounts'],
        summary: '全部账号',
        response: answers({ 200: exactly({ accounts: Type.Array(ListedAccountShape) }) }),
      },
    },
    async () => ({ accounts: await services.accounts.list() }),
  );

  app.post(
    '/accounts',
    {
      config: { creates: true },
      schema: {
        operationId: 'createAccount',
        tags: ['accounts'],
        summary: '新建账号；话务员同时登记工号、队列和话机',
        headers: IdempotencyHeaders,
        body: exactly({
          username: Type.String({
            minLength: 2,
            maxLength: 40,
            description: '2 至 40 位小写字母、数字或 . _ -',
            examples: ['zhang.san'],
          }),
          displayName: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE, description: '姓名' }),
          password: Password,
          roles: RolesShape,
          unitCode: Type.Optional(nullable(Code)),
          employer: Type.Optional(nullable(Code)),
          agent: Type.Optional(AgentPartShape),
        }),
        response: answers({ 201: AccountShape }),
      },
    },
    async (request, reply) => {
      const { agent, roles, unitCode = null, employer = null, ...person } = request.body;
      // A key whose first request was carried out while its process died: the account is there under the same id.
      const id = newIdFor(request, services, 'account');
      const earlier = request.idempotent === null ? null : await services.accounts.byId(id);
      if (earlier !== null) return reply.status(201).send(earlier);
      const deps = { ...services, newId: () => id };
      if (agent === undefined) {
        const account = await createAccount(deps, { ...person, roles, unitCode, employer });
        return reply.status(201).send(account);
      }
      const made = await createAgent(deps, {
        ...person,
        ...partOf(agent),
        roles: roles.filter((role) => role !== 'agent'),
      });
      await askToReload(request, services);
      return reply.status(201).send(made.account);
    },
  );

  app.post(
    '/accounts/:id/password',
    {
      bodyLimit: 4096,
      schema: {
        operationId: 'setPassword',
        tags: ['accounts'],
        summary: '修改自己的密码；管理员可为他人重设，该账号随即在各处退出登录',
        params: IdParams,
        body: exactly({
          presentPassword: Type.Optional(
            Type.String({ minLength: 1, maxLength: 200, description: '现在的密码（修改自己的密码时必填）' }),
          ),
          newPassword: Password,
        }),
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id } = request.params;
      const { presentPassword, newPassword } = request.body;
      if (id === caller.id) {
        // A stolen session must not find out the password by trying.
        const waitMs = guesses.take(id);
        if (waitMs !== null) throw new Refusal('signIn.tooMany', {}, Math.ceil(waitMs / 1000));
        await changePassword(services, {
          username: caller.username,
          presentPassword: presentPassword ?? '',
          newPassword,
          tokenHash: request.authenticated?.tokenHash ?? null,
        });
        guesses.giveBack(id);
        return reply.status(204).send();
      }
      if (!caller.roles.includes('admin')) throw new Refusal('access.denied', { operation: 'setPassword' });
      const account = await services.accounts.byId(id);
      if (account === null) throw new Refusal('account.unknown');
      refuseWeakPassword(newPassword, account.username);
      const passwordHash = await services.hasher.hash(newPassword);
      await services.database.transact(async (tx) => {
        await services.accounts.setPasswordHash(id, passwordHash, tx);
        await services.sessions.removeAllOf(id, null, tx);
        await services.audit.add(
          {
            id: services.newId(),
            atMs: services.now(),
            accountId: caller.id,
            action: 'account.passwordSet',
            subjectKind: 'account',
            subjectId: id,
            reason: '',
            address: request.ip,
            requestId: request.id,
          },
          tx,
        );
      });
      return reply.status(204).send();
    },
  );
}
