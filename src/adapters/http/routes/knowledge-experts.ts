import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../app/errors.ts';
import {
  findExperts,
  keepExpert,
  noteExpertAnswer,
  removeExpert,
} from '../../../app/knowledge/keep-expert.ts';
import type { Expert } from '../../../app/ports/knowledge-experts.ts';
import { CONTENT_LENGTHS } from '../../../domain/knowledge/entry.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  Empty,
  exactly,
  IdempotencyHeaders,
  IdParams,
  nullable,
  OfCallQuery,
  ofCall,
  oneOf,
  SeenRevision,
  Uuid,
} from '../shapes/elements.ts';
import { AgentShape } from '../shapes/live.ts';
import { visibleCall } from './calls.ts';

const fields = {
  unitCode: Code,
  name: Type.String({ minLength: 1, maxLength: 60, pattern: VISIBLE }),
  post: Type.String({ maxLength: 100, default: '', description: '处室、岗位' }),
  number: Type.String({ pattern: '^[0-9]{3,20}$', description: '外线电话，数字' }),
  categories: Type.Array(PathCode, { maxItems: 50, uniqueItems: true, description: '擅长的诉求分类' }),
  hours: Type.String({
    maxLength: 100,
    default: '',
    description: '可接听的时间，写法同场所的开放时间；空：不详',
    examples: ['工作日 09:00-11:30 14:00-17:00'],
  }),
};
const Account = Type.Union([Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,39}$' }), Type.Null()], {
  description:
    '其登录账号，须属本单位或热线：被请教时可看到案情；null：只在电话中听。由热线中心登记，记入日志；未给：新登记为 null，修改则不变',
});
const wished = { ...fields, account: Type.Optional(Account) };
const ExpertShape = exactly({
  id: Type.String(),
  unitCode: Type.String(),
  unitName: Type.String(),
  name: Type.String(),
  post: Type.String(),
  number: Type.String(),
  categories: Type.Array(Type.String()),
  hours: Type.String(),
  account: nullable(Type.String({ description: '登录账号' })),
  revision: Type.Integer(),
});
const ListedExpert = exactly({
  ...ExpertShape.properties,
  duty: oneOf(['open', 'closed', 'unknown'], { description: '现在可接听、不在、不详' }),
  until: nullable(Type.String({ description: '可接听至' })),
  next: nullable(Type.String({ description: '下次可接听' })),
});
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const recordOf = (request: FastifyRequest) => ({
  ...{ accountId: callerOf(request).id, address: request.ip, requestId: request.id },
});
const shown = (expert: Expert) => ({ ...expert, categories: [...expert.categories] });

/** 政策专员、专家 (J11, 一企来): by kind of matter, one key to consult, and what they say kept. */
export function knowledgeExpertRoutes(app: Api, services: ApiServices): void {
  const find = findExperts(services);
  const keep = keepExpert(services);
  const remove = removeExpert(services);
  const note = noteExpertAnswer(services);

  app.get(
    '/experts',
    {
      schema: {
        operationId: 'listExperts',
        tags: ['knowledge'],
        summary: '专家名录，可按分类、单位；此刻可接听的在前，其次本分类的',
        querystring: exactly({ category: Type.Optional(PathCode), unit: Type.Optional(Code) }),
        response: answers({ 200: exactly({ experts: Type.Array(ListedExpert) }) }),
      },
    },
    async (request) => {
      const { category, unit } = request.query;
      const { unitCode: own } = callerOf(request);
      const experts = await find({
        ...(category === undefined ? {} : { category }),
        ...(unit === undefined ? {} : { unitCode: unit }),
      });
      return {
        experts: experts.map(({ duty, ...expert }) => ({
          ...shown(expert),
          // Under which name somebody signs in is for his own house and the hotline.
          account: own === null || own === expert.unitCode ? expert.account : null,
          duty: duty.state,
          until: duty.state === 'open' ? isoOrNull(duty.until) : null,
          next: duty.state === 'closed' ? isoOrNull(duty.next) : null,
        })),
      };
    },
  );

  app.post(
    '/experts',
    {
      config: { creates: true },
      schema: {
        operationId: 'addExpert',
        tags: ['knowledge'],
        summary: '登记专家；承办单位登记本单位的',
        headers: IdempotencyHeaders,
        body: exactly(wished),
        response: answers({ 201: ExpertShape }),
      },
    },
    async (request, reply) => {
      const id = newIdFor(request, services, 'expert');
      return reply
        .status(201)
        .send(shown(await keep(id, null, request.body, actorOf(request), recordOf(request))));
    },
  );

  app.put(
    '/experts/:id',
    {
      schema: {
        operationId: 'changeExpert',
        tags: ['knowledge'],
        summary: '修改专家',
        params: IdParams,
        body: exactly({ revision: SeenRevision('所见专家的 revision'), ...wished }),
        response: answers({ 200: ExpertShape }),
      },
    },
    async (request) => {
      const { revision, ...rest } = request.body;
      return shown(await keep(request.params.id, revision, rest, actorOf(request), recordOf(request)));
    },
  );

  app.delete(
    '/experts/:id',
    {
      schema: {
        operationId: 'removeExpert',
        tags: ['knowledge'],
        summary: '移除专家',
        params: IdParams,
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      await remove(request.params.id, actorOf(request));
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/experts/:id/consultation',
    {
      schema: {
        operationId: 'consultExpert',
        tags: ['knowledge'],
        summary: '一键咨询专家：市民听音乐，话务员与专家通话',
        headers: IdempotencyHeaders,
        querystring: OfCallQuery,
        params: IdParams,
        response: answers({
          200: exactly({ agent: Type.Union([AgentShape, Type.Null()]), expert: ExpertShape }),
        }),
      },
    },
    async (request) => {
      const expert = await services.experts.find(request.params.id);
      if (expert === null) throw new Refusal('knowledge.expertUnknown', { expert: request.params.id });
      const key = request.headers['idempotency-key'] ?? services.newId();
      const target = { kind: 'number', number: expert.number, expert: expert.id } as const;
      const wish = { kind: 'consult', target, note: {} } as const;
      const agentId = callerOf(request).id;
      const reply = await services.commands.send({
        kind: 'talk',
        agentId,
        key,
        wish,
        ...ofCall(request.query),
      });
      if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
      return { agent: reply.agent, expert: shown(expert) };
    },
  );

  app.post(
    '/experts/:id/answers',
    {
      config: { creates: true },
      schema: {
        operationId: 'noteExpertAnswer',
        tags: ['knowledge'],
        summary: '记下专家在本通电话中的答复：成为其单位的知识草稿，经审核发布后才可答复市民',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          callId: Uuid,
          question: Type.String({ minLength: 1, maxLength: CONTENT_LENGTHS.question }),
          answer: Type.String({ minLength: 1, maxLength: CONTENT_LENGTHS.answer }),
          category: PathCode,
        }),
        response: answers({
          201: exactly({ entryNumber: Type.String(), known: Type.Boolean({ description: '此前已记下' }) }),
        }),
      },
    },
    async (request, reply) => {
      await visibleCall(services, request, request.body.callId);
      const id = newIdFor(request, services, 'expertAnswer');
      const { number, outcome } = await note({ ...request.body, id, expertId: request.params.id });
      return reply.status(201).send({ entryNumber: number, known: outcome === 'known' });
    },
  );
}
