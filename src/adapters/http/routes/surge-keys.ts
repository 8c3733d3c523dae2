import { Type } from '@fastify/type-provider-typebox';
import { endSurgeWithPack, openSurgeWithPack } from '../../../app/knowledge/packs/surge-with-pack.ts';
import { SURGE_DAYS as DAYS_AT_MOST, listSurgeKeys } from '../../../app/rules/list-surge-keys.ts';
import { localDate } from '../../../domain/hotlines/local-date.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  Day,
  DialledNumber,
  exactly,
  IdempotencyHeaders,
  nullable,
  Reason,
} from '../shapes/elements.ts';
import { PackCode, PackUseShape, shownUse } from '../shapes/packs.ts';
import { MenuCode, Moment, VersionShape } from '../shapes/rules.ts';
import { toldVersion } from './rule-answers.ts';
import { ruleActorOf } from './rules.ts';

const SurgeCode = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,40}$',
  description: '应急按键代码，计数和语音以此命名',
  examples: ['flood'],
});
const Words = (most: number, description: string) =>
  Type.String({ minLength: 1, maxLength: most, pattern: VISIBLE, description });

/** A key for the matter of the hour (JS-05), and how often each key of a menu was pressed. */
export function surgeKeyRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/surge-keys',
    {
      schema: {
        operationId: 'listSurgeKeys',
        tags: ['rules'],
        summary: '现行规则中的应急按键，及其来电数',
        response: answers({
          200: exactly({
            keys: Type.Array(
              exactly({
                code: SurgeCode,
                key: Type.String(),
                label: Type.String(),
                text: Type.String({ description: '播报的文字' }),
                until: Moment,
                queue: Type.String(),
                queueName: Type.String(),
                menu: MenuCode,
                numbers: Type.Array(Type.String(), { description: '听到此按键的号码' }),
                pack: nullable(Type.String({ description: '随之启用的知识包' })),
                callsToday: Type.Integer(),
                calls: Type.Integer({ description: `近 ${DAYS_AT_MOST} 日` }),
              }),
            ),
          }),
        }),
      },
    },
    async () => {
      const keys = await listSurgeKeys(services)();
      return {
        keys: keys.map(({ announcement, numbers, ...key }) => ({
          ...key,
          text: announcement,
          numbers: [...numbers],
        })),
      };
    },
  );

  app.post(
    '/rules/surge-keys',
    {
      config: { creates: true },
      schema: {
        operationId: 'openSurgeKey',
        tags: ['rules'],
        summary:
          '应急按键：一步起草并发布，到期自动恢复；不指明菜单和号码即主号码；pack 所指的知识包随之发布、置顶和收回',
        headers: IdempotencyHeaders,
        body: exactly({
          code: SurgeCode,
          key: Type.String({ pattern: '^[0-9*#]$', description: '按键，一位' }),
          label: Words(40, '按键名称'),
          queue: Code,
          queueName: Type.Optional(Words(100, '队列不存在时新建，以此命名')),
          text: Words(200, '播报的文字，如：防汛热线请按7'),
          until: Moment,
          menu: Type.Optional(MenuCode),
          line: Type.Optional(DialledNumber),
          pack: Type.Optional(PackCode),
          reason: Reason,
        }),
        response: answers({
          201: exactly({
            ...VersionShape.properties,
            pack: Type.Union([PackUseShape, Type.Null()], { description: '知识包的启用；未指明则为空' }),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { text, queueName = null, menu = null, line = null, pack = null, ...order } = request.body;
      const { version, use } = await openSurgeWithPack(services)({
        ...order,
        id: newIdFor(request, services, 'rules'),
        announcement: text,
        queueName,
        menu,
        line,
        pack,
        actor: ruleActorOf(request),
      });
      const told = await toldVersion(services, request, version);
      return reply.status(201).send({ ...told, pack: use === null ? null : shownUse(use) });
    },
  );

  app.post(
    '/rules/surge-keys/:code/end',
    {
      config: { creates: true },
      schema: {
        operationId: 'endSurgeKey',
        tags: ['rules'],
        summary: '提前结束应急按键',
        params: exactly({ code: SurgeCode }),
        headers: IdempotencyHeaders,
        body: exactly({ menu: MenuCode, reason: Reason }),
        response: answers({ 200: VersionShape }),
      },
    },
    async (request) => {
      const version = await endSurgeWithPack(services)({
        ...request.body,
        id: newIdFor(request, services, 'rules'),
        code: request.params.code,
        actor: ruleActorOf(request),
      });
      return toldVersion(services, request, version);
    },
  );

  app.get(
    '/menus/:menu/counters',
    {
      schema: {
        operationId: 'countMenuKeys',
        tags: ['rules'],
        summary: '菜单各按键每日来电数；应急按键有自己的计数',
        params: exactly({ menu: MenuCode }),
        querystring: exactly({ from: Type.Optional(Day), to: Type.Optional(Day) }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            counts: Type.Array(
              exactly({
                day: Day,
                node: Type.String(),
                digits: Type.String({ description: '空为没有按键' }),
                outcome: Type.String(),
                counter: nullable(Type.String()),
                calls: Type.Integer(),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const published = await services.rules.published();
      const today = localDate(services.now(), published?.rules.municipality.timeZone ?? 'Asia/Shanghai');
      const { from = today, to = today } = request.query;
      const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
      if (days < 0 || days > DAYS_AT_MOST) throw new Refusal('period.invalid', { from, to });
      return { from, to, counts: [...(await services.menuCounters.count(request.params.menu, from, to))] };
    },
  );
}
