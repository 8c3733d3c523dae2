import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import { handOverAtOnce } from '../../../app/incidents/hand-over-at-once.ts';
import { editSpecialReport, endSpecialReport } from '../../../app/incidents/special-reports.ts';
import type { SpecialReport } from '../../../app/ports/special-reports.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  IdParams,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { HandOverLineShape } from '../shapes/incidents.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import {
  SpecialReportShape,
  SpecialReportStateShape,
  SpecialReportWords,
} from '../shapes/special-reports.ts';

const Revision = Type.Integer({ minimum: 1, description: '所见的 revision' });
const shown = (report: SpecialReport) => ({ ...report, paragraphs: [...report.paragraphs] });

/** 舆情专报 with the urgent dispatch of an incident (HM-13): one act, then words that people work on, then a paper. */
export function specialReportRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/incidents/:id/hand-over',
    {
      config: { creates: true },
      schema: {
        operationId: 'handOverAtOnce',
        tags: ['incidents'],
        summary:
          '应急交办并起草舆情专报：先记录决定，事件中待派的工单随即逐件作为急件派出，全部有结果后据台账起草专报；疑似事件随之核实，此后 72 小时内、事件恢复前并入的工单同样急件派出。已由该单位承办的和已结的不再交办。逐件说明结果，工单多的由后台接着办理（waiting），进展见事件的 handOvers',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          version: Type.Integer({ minimum: 1, description: '所见事件的 version' }),
          unitCode: Code,
          assistUnits: Type.Optional(
            Type.Array(Code, { maxItems: 5, uniqueItems: true, description: '协办单位，最多 5 个' }),
          ),
          demand: Type.String({
            minLength: 4,
            maxLength: 500,
            pattern: VISIBLE,
            description: '应急处置要求，4 至 500 字',
          }),
        }),
        response: answers({
          201: exactly({
            reportId: Type.String({ description: '专报编号；还有 waiting 的工单时专报尚未起草' }),
            version: Type.Integer(),
            lines: Type.Array(HandOverLineShape),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { assistUnits = [], ...same } = request.body;
      const reportId = newIdFor(request, services, 'specialReport');
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      const asked = { ...same, assistUnits, reportId, id: request.params.id, actor };
      const stumbled = (err: unknown, ticketId: string) =>
        request.log.warn(
          { err, handOver: reportId, ticketId },
          'an appeal of an incident was not handed over',
        );
      const { lines, ...handed } = await handOverAtOnce(services)(asked, stumbled);
      // Where none could go no report is drafted, and there is nothing to point at.
      const isReported = lines.some(({ outcome }) => outcome !== 'refused');
      if (isReported) reply.header('location', `/v1/special-reports/${reportId}`);
      return reply.status(201).send({ ...handed, lines: [...lines] });
    },
  );

  app.get(
    '/special-reports',
    {
      schema: {
        operationId: 'listSpecialReports',
        tags: ['incidents'],
        summary: '舆情专报，新的在前',
        querystring: exactly({
          ...PageQuery,
          incidentId: Type.Optional(Uuid),
          state: Type.Optional(SpecialReportStateShape),
        }),
        response: answers({ 200: pageShape('reports', SpecialReportShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.specialReports.list(filter, page);
      return { reports: rows.map(shown), next };
    },
  );

  app.get(
    '/special-reports/:id',
    {
      schema: {
        operationId: 'readSpecialReport',
        tags: ['incidents'],
        summary: '一份舆情专报',
        params: IdParams,
        response: answers({ 200: SpecialReportShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const report = await services.specialReports.find(id);
      if (report === null) throw new AppError('specialReport.unknown', { id });
      return shown(report);
    },
  );

  app.put(
    '/special-reports/:id',
    {
      schema: {
        operationId: 'editSpecialReport',
        tags: ['incidents'],
        summary: '修改专报草稿',
        params: IdParams,
        body: exactly({ revision: Revision, ...SpecialReportWords }),
        response: answers({ 200: SpecialReportShape }),
      },
    },
    async (request) => {
      const { revision, ...text } = request.body;
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      return shown(await editSpecialReport(services)({ id: request.params.id, revision, text, actor }));
    },
  );

  app.post(
    '/special-reports/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'endSpecialReport',
        tags: ['incidents'],
        summary: 'issue 印发并编号（须补全各段，不得含个人信息），discard 作废',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ revision: Revision, move: oneOf(['issue', 'discard']) }),
        response: answers({ 200: SpecialReportShape }),
      },
    },
    async (request) => {
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      return shown(await endSpecialReport(services)({ ...request.body, id: request.params.id, actor }));
    },
  );
}
