import { Type } from '@fastify/type-provider-typebox';
import { extendTransition } from '../../../app/rules/extend-transition.ts';
import { lookAtNumber } from '../../../app/rules/look-at-number.ts';
import { numberHistory } from '../../../app/rules/number-history.ts';
import { NUMBER_VERDICTS } from '../../../domain/hotlines/register/judge-number.ts';
import { versionWordsInEnglish } from '../../../domain/hotlines/versions/own-words.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { newIdFor } from '../idempotent.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  DialledNumber,
  exactly,
  IdempotencyHeaders,
  Instant,
  nullable,
  oneOf,
  Reason,
} from '../shapes/elements.ts';
import { LineShape, VersionRef, VersionShape, Words } from '../shapes/rules.ts';
import { seenVersion } from './rule-answers.ts';
import { ruleActorOf } from './rules.ts';

const NumberParams = exactly({ number: DialledNumber });
const Person = { id: Type.String(), name: Type.String() };

/** One number through the versions of the rules. */
export function ruleNumberRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/versions/:version/numbers/:number',
    {
      schema: {
        operationId: 'lookAtNumber',
        tags: ['rules'],
        summary: '一个号码能否登记（已登记、紧急号码、直拨号码等），以及规则中有什么指向它',
        params: exactly({
          version: VersionRef,
          number: Type.String({ minLength: 1, maxLength: 64, description: '任何写法' }),
        }),
        response: answers({
          200: exactly({
            verdict: oneOf(NUMBER_VERDICTS, {
              description:
                'free 可登记；known 已登记；excluded 须两人审批；emergency 不得归并；direct 已是直拨号码',
            }),
            number: nullable(Type.String({ description: '统一写法' })),
            name: nullable(Type.String({ description: '已登记的名称、紧急号码的名称或直拨号码所指的号码' })),
            referrers: Type.Array(
              exactly({ thing: oneOf(['trunk', 'menu']), key: Type.String(), name: Type.String() }),
              { description: '指向该号码的中继和菜单' },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { version, number } = request.params;
      const { verdict, referrers } = await lookAtNumber(services)(version, number);
      const name = 'name' in verdict ? verdict.name : verdict.kind === 'direct' ? verdict.line : null;
      return {
        verdict: verdict.kind,
        number: verdict.kind === 'invalid' ? null : verdict.number,
        name,
        referrers: [...referrers],
      };
    },
  );

  app.get(
    '/rules/numbers/:number/history',
    {
      schema: {
        operationId: 'readNumberHistory',
        tags: ['rules'],
        summary: '一个号码的经过：各已发布版本改了什么，谁、何时、为何，由谁审批',
        params: NumberParams,
        response: answers({
          200: exactly({
            history: Type.Array(
              exactly({
                version: Type.Integer({ description: '版本号' }),
                title: Type.String(),
                titleEn: Type.String({ description: '系统所拟题名的英文；人写的照原文' }),
                origin: Type.String({ description: 'draft、rollback、temporaryEnd 或 founding' }),
                publishedAt: Instant,
                author: exactly(Person),
                approvers: Type.Array(exactly({ ...Person, at: Instant })),
                reason: Type.String(),
                reasonEn: Type.String({ description: '系统所记理由的英文；人写的照原文' }),
                changes: Type.Array(Words),
                lines: Type.Array(LineShape, { description: '自该版本起该号码的规则；空即已删除' }),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => ({
      history: (await numberHistory(services)(request.params.number)).map(
        ({ number, publishedAt, approvers, changes, lines, ...same }) => ({
          ...same,
          version: number,
          titleEn: versionWordsInEnglish(same.title),
          reasonEn: versionWordsInEnglish(same.reason),
          publishedAt: new Date(publishedAt).toISOString(),
          approvers: approvers.map(({ at, ...person }) => ({ ...person, at: new Date(at).toISOString() })),
          changes: [...changes],
          lines: [...lines],
        }),
      ),
    }),
  );

  app.post(
    '/rules/numbers/:number/extensions',
    {
      config: { creates: true },
      schema: {
        operationId: 'extendTransition',
        tags: ['rules'],
        summary: '延长过渡期：起草只含该延长的新版本并提交复核；无进行中的过渡期或已有后续安排则拒绝',
        headers: IdempotencyHeaders,
        params: NumberParams,
        body: exactly({
          months: Type.Integer({ minimum: 1, maximum: 24, description: '日历月数，1 至 24' }),
          basis: Type.String({
            minLength: 2,
            maxLength: 500,
            pattern: VISIBLE,
            description: '依据：文件、批示',
          }),
          reason: Reason,
        }),
        response: answers({ 201: VersionShape }),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const id = newIdFor(request, services, 'rules');
      const input = { ...request.body, id, number, actor: ruleActorOf(request) };
      const version = await extendTransition(services)(input);
      return reply.status(201).send(await seenVersion(services, version));
    },
  );
}
