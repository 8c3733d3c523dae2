import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { draftPreset } from '../../../app/presets/draft-preset.ts';
import { approveRules, rejectRules } from '../../../app/rules/approve-rules.ts';
import { draftRules } from '../../../app/rules/draft-rules.ts';
import { editRules, rebaseDraft } from '../../../app/rules/edit-draft.ts';
import { publishRules } from '../../../app/rules/publish-rules.ts';
import { rollBackRules } from '../../../app/rules/roll-back-rules.ts';
import { type RuleActor, versionBy } from '../../../app/rules/rule-change.ts';
import { validateDraft } from '../../../app/rules/validate-draft.ts';
import { withdrawRules } from '../../../app/rules/withdraw-rules.ts';
import { versionWordsInEnglish } from '../../../domain/hotlines/versions/own-words.ts';
import type { RuleVersion } from '../../../domain/hotlines/versions/version.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  NUMBER_AT_MOST,
  nullable,
  Reason,
} from '../shapes/elements.ts';
import {
  EditShape,
  Moment,
  OptionalReason,
  Revision,
  RuleSetShape,
  VersionEventShape,
  VersionParams,
  VersionRef,
  VersionShape,
} from '../shapes/rules.ts';
import { seenVersion, toldVersion, versionSeen } from './rule-answers.ts';

/** A register of ten thousand numbers is some megabytes. */
export const RULES_BODY_LIMIT = 16 * 1024 * 1024;

export function ruleActorOf(request: FastifyRequest): RuleActor {
  const { id, roles } = callerOf(request);
  return { accountId: id, roles, trace: { address: request.ip, requestId: request.id } };
}

const iso = (at: number): string => new Date(at).toISOString();

/** The rules in versions: begun, edited, looked at by a second person, published, rolled back. */
export function ruleRoutes(app: Api, services: ApiServices): void {
  const seen = (version: Pick<RuleVersion, 'id'>) => seenVersion(services, version);
  const told = (request: FastifyRequest, version: RuleVersion) => toldVersion(services, request, version);

  app.get(
    '/rules/versions',
    {
      schema: {
        operationId: 'listRuleVersions',
        tags: ['rules'],
        summary: '规则版本，新的在前：谁、何时、状态',
        querystring: exactly({
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: '条数' }),
          before: Type.Optional(
            Type.Integer({ minimum: 1, maximum: NUMBER_AT_MOST, description: '只要版本号更小的' }),
          ),
        }),
        response: answers({ 200: exactly({ versions: Type.Array(VersionShape) }) }),
      },
    },
    async (request) => {
      const { limit, before = null } = request.query;
      return { versions: (await services.rules.list(limit, before)).map(versionSeen) };
    },
  );

  app.get(
    '/rules/presets',
    {
      schema: {
        operationId: 'listPresets',
        tags: ['rules'],
        summary: '预设：起草时可选的整套配置',
        response: answers({
          200: exactly({
            presets: Type.Array(
              exactly({ name: Type.String(), title: Type.String(), description: Type.String() }),
            ),
          }),
        }),
      },
    },
    async () => ({
      presets: services.presets.list().map(({ name, title, description }) => ({ name, title, description })),
    }),
  );

  app.get(
    '/rules/versions/:version',
    {
      schema: {
        operationId: 'readRuleVersion',
        tags: ['rules'],
        summary: '一个版本及其经过：谁、何时、为何',
        params: VersionParams,
        response: answers({
          200: exactly({ version: VersionShape, history: Type.Array(VersionEventShape) }),
        }),
      },
    },
    async (request) => {
      const version = await versionBy(services, request.params.version);
      const events = await services.rules.events(version.id);
      return {
        version: await seen(version),
        history: events.map(({ at, actorId, actorName, ...event }) => ({
          ...event,
          at: iso(at),
          reasonEn: versionWordsInEnglish(event.reason),
          by: { id: actorId, name: actorName },
        })),
      };
    },
  );

  app.get(
    '/rules/versions/:version/rules',
    {
      schema: {
        operationId: 'readRules',
        tags: ['rules'],
        summary: '一个版本的全部内容：号码、队列、本地信息',
        params: VersionParams,
        response: answers({ 200: exactly({ revision: Revision, rules: RuleSetShape }) }),
      },
    },
    async (request) => {
      const { revision, rules } = await versionBy(services, request.params.version);
      return { revision, rules };
    },
  );

  app.post(
    '/rules/versions',
    {
      config: { creates: true },
      schema: {
        operationId: 'draftRules',
        tags: ['rules'],
        summary: '自现行版本起草新版本',
        headers: IdempotencyHeaders,
        body: exactly({
          title: Type.String({ minLength: 1, maxLength: 200, pattern: VISIBLE, description: '改什么' }),
          preset: Type.Optional(
            Type.String({ maxLength: 60, description: '以此预设的内容起草，见 /v1/rules/presets' }),
          ),
          reason: OptionalReason,
        }),
        response: answers({ 201: VersionShape }),
      },
    },
    async (request, reply) => {
      const { title, reason = '', preset } = request.body;
      const order = { id: newIdFor(request, services, 'rules'), title, reason, actor: ruleActorOf(request) };
      const version = await (preset === undefined
        ? draftRules(services)(order)
        : draftPreset(services)({ ...order, preset }));
      return reply.status(201).send(await seen(version));
    },
  );

  app.post(
    '/rules/versions/:version/edits',
    {
      bodyLimit: RULES_BODY_LIMIT,
      schema: {
        operationId: 'editRules',
        tags: ['rules'],
        summary: '修改草稿；修订号过时则拒绝，并告知谁改了什么',
        params: VersionParams,
        body: exactly({
          revision: Revision,
          edit: EditShape,
          title: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: VISIBLE })),
          reason: OptionalReason,
        }),
        response: answers({ 200: VersionShape }),
      },
    },
    async (request) => {
      const { revision, edit, title, reason = '' } = request.body;
      const input = { ref: request.params.version, revision, edit, reason, actor: ruleActorOf(request) };
      return seen(await editRules(services)({ ...input, ...(title === undefined ? {} : { title }) }));
    },
  );

  const step = { tags: ['rules'], params: VersionParams, response: answers({ 200: VersionShape }) };
  app.post(
    '/rules/versions/:version/rebase',
    {
      schema: {
        ...step,
        operationId: 'rebaseRules',
        summary: '期间已发布其他版本：把同样的修改合并到现行版本',
        body: exactly({ reason: OptionalReason }),
      },
    },
    async (request) => {
      const { reason = '' } = request.body;
      return seen(
        await rebaseDraft(services)({ ref: request.params.version, reason, actor: ruleActorOf(request) }),
      );
    },
  );
  app.post(
    '/rules/versions/:version/validate',
    { schema: { ...step, operationId: 'validateRules', summary: '检查草稿；没有错误即为已校验' } },
    async (request) =>
      seen(await validateDraft(services)({ ref: request.params.version, actor: ruleActorOf(request) })),
  );
  app.post(
    '/rules/versions/:version/publish',
    {
      schema: {
        ...step,
        operationId: 'publishRules',
        summary: '发布：立即，或定时（可到期自动恢复）；有风险的修改先待他人复核',
        body: exactly({
          reason: Reason,
          effectiveAt: Type.Optional(nullable(Moment)),
          revertAt: Type.Optional(nullable(Moment)),
        }),
      },
    },
    async (request) => {
      const { reason, effectiveAt, revertAt } = request.body;
      const at = (moment: string | null | undefined) => (moment == null ? null : Date.parse(moment));
      const version = await publishRules(services)({
        ref: request.params.version,
        reason,
        actor: ruleActorOf(request),
        effectiveAt: at(effectiveAt),
        revertAt: at(revertAt),
      });
      return told(request, version);
    },
  );
  const judged = { ...step, body: exactly({ reason: Reason }) };
  app.post(
    '/rules/versions/:version/approve',
    { schema: { ...judged, operationId: 'approveRules', summary: '复核同意；最后一人同意后发布' } },
    async (request) => {
      const input = { ref: request.params.version, ...request.body, actor: ruleActorOf(request) };
      return told(request, await approveRules(services)(input));
    },
  );
  app.post(
    '/rules/versions/:version/reject',
    { schema: { ...judged, operationId: 'rejectRules', summary: '复核驳回，须说明理由' } },
    async (request) => {
      const input = { ref: request.params.version, ...request.body, actor: ruleActorOf(request) };
      return seen(await rejectRules(services)(input));
    },
  );
  app.post(
    '/rules/versions/:version/withdraw',
    { schema: { ...judged, operationId: 'withdrawRules', summary: '撤销尚未发布的版本' } },
    async (request) => {
      const input = { ref: request.params.version, ...request.body, actor: ruleActorOf(request) };
      return seen(await withdrawRules(services)(input));
    },
  );
  app.post(
    '/rules/roll-back',
    {
      schema: {
        operationId: 'rollBackRules',
        tags: ['rules'],
        summary: '一步恢复：以较早版本的内容发布新版本；不指明则恢复到上一版',
        body: exactly({ to: Type.Optional(VersionRef), reason: Reason }),
        response: answers({ 200: VersionShape }),
      },
    },
    async (request) => {
      const { to = null, reason } = request.body;
      const id = newIdFor(request, services, 'rulesRollBack');
      return told(request, await rollBackRules(services)({ id, to, reason, actor: ruleActorOf(request) }));
    },
  );
}
