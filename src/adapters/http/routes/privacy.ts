import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../app/errors.ts';
import { keepList } from '../../../app/privacy/keep-list.ts';
import { revealCitizen, type Viewer, viewCitizen } from '../../../app/privacy/reveal-citizen.ts';
import { releaseReply } from '../../../app/tickets/release-reply.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders, IdParams, Reason, Uuid } from '../shapes/elements.ts';
import { CitizenViewsShape, GrantShape, PersonalDataShape, RevealedCitizenShape } from '../shapes/privacy.ts';

const List = exactly({ grants: Type.Array(GrantShape) });
const GrantParams = exactly({ id: Uuid, grantId: Uuid });
const Version = Type.Integer({ minimum: 1, description: '所见工单的 version' });
const ReplyAnswer = answers({
  200: exactly({
    held: Type.Boolean({ description: '仍因个人信息暂缓发布' }),
    personalData: PersonalDataShape,
  }),
});

const viewerOf = (request: FastifyRequest): Viewer => ({
  ...actorOf(request),
  accountId: callerOf(request).id,
  address: request.ip,
  requestId: request.id,
});

/** Who a citizen is, who may know a ticket, and what of a reply may be read by everybody. */
export function privacyRoutes(app: Api, services: ApiServices): void {
  const list = keepList(services);
  const reveal = revealCitizen(services);
  const view = viewCitizen(services);
  const release = releaseReply(services);

  app.post(
    '/tickets/:id/reveal',
    {
      schema: {
        operationId: 'revealCitizen',
        tags: ['privacy'],
        summary: '说明理由后查看诉求人姓名、电话和原文，十分钟内有效；记入工单经过和查看日志',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: RevealedCitizenShape }),
      },
    },
    (request) => reveal({ id: request.params.id, reason: request.body.reason, viewer: viewerOf(request) }),
  );

  app.get(
    '/tickets/:id/citizen',
    {
      schema: {
        operationId: 'viewCitizen',
        tags: ['privacy'],
        summary: '在已说明理由的十分钟内再次查看诉求人；每次查看均有记录',
        params: IdParams,
        response: answers({ 200: RevealedCitizenShape }),
      },
    },
    (request) => view(request.params.id, viewerOf(request)),
  );

  app.get(
    '/tickets/:id/list',
    {
      schema: {
        operationId: 'listGrants',
        tags: ['privacy'],
        summary: '保密工单的知悉范围：谁、为何、到何时',
        params: IdParams,
        response: answers({ 200: List }),
      },
    },
    async (request) => ({ grants: [...(await list.read(request.params.id, actorOf(request)))] }),
  );

  app.post(
    '/tickets/:id/list',
    {
      config: { creates: true },
      schema: {
        operationId: 'grantKnowledge',
        tags: ['privacy'],
        summary: '将某人列入保密工单的知悉范围，说明理由和期限；不得列入自己',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          accountId: Type.Optional(Uuid),
          username: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 60,
              description: '账号名，不分大小写；accountId 和 username 填一项',
            }),
          ),
          until: Type.String({ format: 'date-time', description: '期限，带时区，最长 90 天' }),
          reason: Reason,
        }),
        response: answers({ 201: List }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { username = '', until, reason } = request.body;
      // Who keeps lists lists no accounts: he names his colleague as everybody calls him.
      const asked = request.body.accountId;
      const named = await services.accounts.byUsername(username.trim().toLowerCase());
      const accountId = asked ?? named?.account.id;
      // Both may be given where they are of one person.
      const other = asked !== undefined && username !== '' && named?.account.id !== asked;
      if (accountId === undefined || other) throw new AppError('account.unknown', { username });
      const grantId = newIdFor(request, services, 'grant');
      const keeper = viewerOf(request);
      const earlier = request.idempotent === null ? [] : await list.read(id, keeper);
      // Written by a process that died before it could answer: the entry is there under this very id.
      const grants = earlier.some((one) => one.id === grantId)
        ? earlier
        : await list.grant(
            { id, grantId, accountId, until: Date.parse(until), reason: reason.trim() },
            keeper,
          );
      return reply.status(201).send({ grants: [...grants] });
    },
  );

  app.post(
    '/tickets/:id/list/:grantId/end',
    {
      schema: {
        operationId: 'endKnowledge',
        tags: ['privacy'],
        summary: '提前将某人移出知悉范围，说明理由',
        params: GrantParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: List }),
      },
    },
    async (request) => {
      const reason = request.body.reason.trim();
      return { grants: [...(await list.end({ ...request.params, reason }, viewerOf(request)))] };
    },
  );

  app.put(
    '/tickets/:id/list',
    {
      schema: {
        operationId: 'keepToList',
        tags: ['privacy'],
        summary: '保密工单是否只限知悉范围内的人查看（班长除外）',
        params: IdParams,
        body: exactly({ listedOnly: Type.Boolean(), reason: Reason }),
        response: answers({ 200: exactly({ listedOnly: Type.Boolean() }) }),
      },
    },
    (request) =>
      list.keep(
        {
          id: request.params.id,
          listedOnly: request.body.listedOnly,
          reason: request.body.reason.trim(),
        },
        viewerOf(request),
      ),
  );

  app.post(
    '/tickets/:id/reply/confirm',
    {
      schema: {
        operationId: 'confirmReply',
        tags: ['privacy'],
        summary: '公开答复中的个人信息经核实可以公开（如办公电话）：确认并说明理由，解除暂缓',
        params: IdParams,
        body: exactly({ version: Version, reason: Reason }),
        response: ReplyAnswer,
      },
    },
    async (request) => {
      const { version, reason } = request.body;
      const asked = { id: request.params.id, version, reason, mended: null, actor: actorOf(request) };
      const { held, personalData } = await release(asked);
      return { held, personalData: [...personalData] };
    },
  );

  app.put(
    '/tickets/:id/reply',
    {
      schema: {
        operationId: 'mendReply',
        tags: ['privacy'],
        summary: '修改公开答复：原文留在经过中，新文重新检查个人信息',
        params: IdParams,
        body: exactly({
          version: Version,
          reply: Type.String({
            minLength: 1,
            maxLength: 10_000,
            pattern: VISIBLE,
            description: '给市民的答复',
          }),
          reason: Reason,
        }),
        response: ReplyAnswer,
      },
    },
    async (request) => {
      const { version, reason, reply } = request.body;
      const asked = { id: request.params.id, version, reason, mended: reply, actor: actorOf(request) };
      const { held, personalData } = await release(asked);
      return { held, personalData: [...personalData] };
    },
  );

  app.get(
    '/reports/citizen-views',
    {
      schema: {
        operationId: 'reportCitizenViews',
        tags: ['reports'],
        summary: '谁查看了多少诉求人的姓名和号码，多的在前',
        querystring: exactly({
          from: Type.String({ format: 'date-time', description: '起（含），带时区' }),
          to: Type.String({ format: 'date-time', description: '止（不含），带时区' }),
        }),
        response: answers({ 200: exactly({ people: Type.Array(CitizenViewsShape) }) }),
      },
    },
    async (request) => {
      const [from, to] = [Date.parse(request.query.from), Date.parse(request.query.to)];
      if (from >= to || to - from > 92 * 86_400_000) throw new AppError('period.invalid');
      return { people: [...(await services.privacy.views(from, to))] };
    },
  );
}
