import { Type } from '@fastify/type-provider-typebox';
import { diffVersions } from '../../../app/rules/diff-versions.ts';
import { replayCalls } from '../../../app/rules/replay-calls.ts';
import { tryRules } from '../../../app/rules/try-rules.ts';
import { lintVersion } from '../../../app/rules/validate-draft.ts';
import { ROUTE_KINDS } from '../../../domain/hotlines/route.ts';
import { UNKNOWN_CALLER } from '../../../domain/ivr/condition.ts';
import { callerOf } from '../guard.ts';
import { mayUse, POLICY } from '../policy.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable, oneOf } from '../shapes/elements.ts';
import { changeSeen, LoadShape, loadSeen } from '../shapes/impact.ts';
import {
  ChangeShape,
  FindingShape,
  Moment,
  TrunkCode,
  VersionParams,
  VersionRef,
  Words,
} from '../shapes/rules.ts';

const Header = Type.String({ maxLength: 2048 });
const HeaderList = Type.Optional(Type.Array(Header, { maxItems: 32 }));
const MOVED_SHOWN = 1000;

/** Looking before leaping: what the linter says, what a call would meet, what differs. Nothing here changes anything. */
export function ruleInspectionRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/versions/:version/findings',
    {
      schema: {
        operationId: 'lintRules',
        tags: ['rules'],
        summary: '规则检查：问题、位置、改法',
        params: VersionParams,
        response: answers({ 200: exactly({ findings: Type.Array(FindingShape) }) }),
      },
    },
    async (request) => ({ findings: [...(await lintVersion(services)(request.params.version))] }),
  );

  app.post(
    '/rules/versions/:version/try',
    {
      schema: {
        operationId: 'tryRules',
        tags: ['rules'],
        summary: '试拨：被叫号码、信令头域、时刻和在菜单中的按键，得到全程路径和每一步的理由',
        params: VersionParams,
        body: exactly({
          dialled: Type.String({ minLength: 1, maxLength: 64, description: '被叫号码' }),
          trunk: Type.Optional(TrunkCode),
          callerNumber: Type.Optional(Type.String({ maxLength: 64, description: '主叫号码' })),
          at: Type.Optional(Moment),
          reachedInHour: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 1000,
              default: 0,
              description: '该主叫一小时内已接入人工的次数',
            }),
          ),
          keys: Type.Optional(
            Type.String({ pattern: '^[0-9*#]{0,40}$', description: '在菜单中依次按键；按完后不再按' }),
          ),
          ticket: Type.Optional(
            oneOf(['found', 'notFound', 'failed'], { description: '菜单查询工单进度时的结果，默认查不到' }),
          ),
          caller: Type.Optional(
            exactly({
              language: Type.Optional(
                nullable(Type.String({ maxLength: 20, description: '语言，如 zh-CN' })),
              ),
              hasOpenTicket: Type.Optional(Type.Boolean({ description: '有在办工单' })),
              vulnerable: Type.Optional(Type.Boolean({ description: '老年人、残疾人' })),
            }),
          ),
          headers: Type.Optional(
            exactly({
              to: Type.Optional(Header),
              diversion: HeaderList,
              historyInfo: HeaderList,
              rdnis: Type.Optional(Header),
            }),
          ),
        }),
        response: answers({
          200: exactly({
            at: Instant,
            end: Type.String({ description: '去向' }),
            mode: Type.String(),
            line: nullable(Type.String()),
            steps: Type.Array(exactly({ step: Type.String(), what: Words, reason: Words })),
          }),
        }),
      },
    },
    async (request) => {
      const { dialled, callerNumber = '', at, headers = {}, keys = '', ticket = 'notFound' } = request.body;
      const { trunk, reachedInHour = 0 } = request.body;
      const { to = '', diversion = [], historyInfo = [], rdnis = '' } = headers;
      const atMs = at === undefined ? services.now() : Date.parse(at);
      const call = {
        dialled,
        callerNumber,
        headers: { to, diversion, historyInfo, rdnis },
        ...(trunk === undefined ? {} : { trunk }),
      };
      const caller = { ...UNKNOWN_CALLER, ...request.body.caller };
      const { steps, plan, end } = await tryRules(services)(request.params.version, call, atMs, {
        keys,
        ticket,
        caller,
        reachedInHour,
        seesRestrictions: mayUse(POLICY.listRestrictions, callerOf(request).roles),
      });
      return {
        at: new Date(atMs).toISOString(),
        end,
        mode: plan.mode,
        line: plan.recognition.line?.number ?? null,
        steps: steps.map(({ step, what, reason, english }) => ({
          step,
          what: { zh: what, en: english.what },
          reason: { zh: reason, en: english.reason },
        })),
      };
    },
  );

  app.get(
    '/rules/diff',
    {
      schema: {
        operationId: 'diffRules',
        tags: ['rules'],
        summary: '两个版本的差异；不指明起点则为起草时的版本',
        querystring: exactly({ from: Type.Optional(VersionRef), to: VersionRef }),
        response: answers({
          200: exactly({
            from: Type.Integer({ description: '版本号' }),
            to: Type.Integer({ description: '版本号' }),
            changes: Type.Array(ChangeShape),
            rewritten: Type.Array(Type.String(), {
              description: '因指明较早生效日期，以往日期的统计随之改变的号码',
            }),
          }),
        }),
      },
    },
    async (request) => {
      const { from = null, to } = request.query;
      const compared = await diffVersions(services)(from, to);
      return {
        from: compared.from.number,
        to: compared.to.number,
        changes: compared.changes.map(changeSeen),
        rewritten: [...compared.rewritten],
      };
    },
  );

  app.post(
    '/rules/versions/:version/replay',
    {
      schema: {
        operationId: 'replayRules',
        tags: ['rules'],
        summary: '以最近若干日的实际来电试算：多少去向改变，各专席需多少席位',
        params: VersionParams,
        body: exactly({ days: Type.Integer({ minimum: 1, maximum: 92, description: '天数' }) }),
        response: answers({
          200: exactly({
            calls: Type.Integer(),
            movedCalls: Type.Integer(),
            otherPrompts: Type.Integer(),
            withoutKeys: Type.Integer({ description: '会进入菜单而不知按键的来电，按未按键计' }),
            ends: Type.Array(
              exactly({
                kind: oneOf(ROUTE_KINDS),
                before: Type.Integer(),
                after: Type.Integer(),
              }),
              { description: '来电止于队列、承办单位、分中心、留言或播报后结束的次数' },
            ),
            movements: Type.Array(exactly({ from: Type.String(), to: Type.String(), calls: Type.Integer() })),
            moved: Type.Array(
              exactly({
                id: Type.String(),
                at: Instant,
                line: nullable(Type.String()),
                from: Type.String(),
                to: Type.String(),
              }),
              { description: `最早的 ${MOVED_SHOWN} 个` },
            ),
            desks: Type.Array(exactly({ queue: Type.String(), before: LoadShape, after: LoadShape })),
          }),
        }),
      },
    },
    async (request) => {
      const { moved, desks, movements, ...sums } = await replayCalls(services)(
        request.params.version,
        request.body.days,
      );
      return {
        ...sums,
        ends: [...sums.ends],
        movedCalls: moved.length,
        movements: [...movements],
        moved: moved
          .slice(0, MOVED_SHOWN)
          .map(({ atMs, ...call }) => ({ ...call, at: new Date(atMs).toISOString() })),
        desks: desks.map(({ queue, before, after }) => ({
          queue,
          before: loadSeen(before),
          after: loadSeen(after),
        })),
      };
    },
  );
}
