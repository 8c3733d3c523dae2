import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { exportList, mapCode, readEdition, readList } from '../../../app/codes/read-lists.ts';
import { EDITION_DECISIONS, openEditionDecisions } from '../../../domain/codes/edition.ts';
import { callerOf } from '../guard.ts';
import { mayUse, POLICY } from '../policy.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  EditionNumber,
  EditionShape,
  editionSeen,
  ListId,
  MappingShape,
  TermShape,
  termSeen,
} from '../shapes/codes.ts';
import { answers, exactly, Instant, nullable, oneOf } from '../shapes/elements.ts';
import { openMovesShape } from '../shapes/open-moves.ts';

const ListParams = exactly({ list: ListId });
const RULES = {
  publish: POLICY.publishCodeDraft,
  discard: POLICY.discardCodeDraft,
  withdraw: POLICY.withdrawCodeEdition,
} as const;

/** 代码表: by what appeals are sorted, in editions; and where a code of one stands in another. */
export function codeListRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/codes',
    {
      schema: {
        operationId: 'listCodeLists',
        tags: ['codes'],
        summary: '全部代码表：现行、待生效的各版和草稿',
        response: answers({ 200: exactly({ editions: Type.Array(EditionShape) }) }),
      },
    },
    async () => ({ editions: (await services.codes.standing()).map(editionSeen) }),
  );

  app.get(
    '/codes/:list',
    {
      schema: {
        operationId: 'readCodeList',
        tags: ['codes'],
        summary: '一个代码表：现行的代码和历次各版',
        params: ListParams,
        response: answers({
          200: exactly({
            edition: EditionShape,
            terms: Type.Array(TermShape),
            editions: Type.Array(EditionShape),
          }),
        }),
      },
    },
    async (request) => {
      const { edition, terms, editions } = await readList(services)(request.params.list);
      return {
        edition: editionSeen(edition),
        terms: terms.map(termSeen),
        editions: editions.map(editionSeen),
      };
    },
  );

  app.get(
    '/codes/:list/editions/:number',
    {
      schema: {
        operationId: 'readCodeEdition',
        tags: ['codes'],
        summary: '一版代码表：代码、与前一版的沿革（上级代码表为与本级的对应）、经过',
        params: exactly({ list: ListId, number: EditionNumber }),
        response: answers({
          200: exactly({
            edition: EditionShape,
            terms: Type.Array(TermShape),
            mapping: Type.Array(MappingShape),
            events: Type.Array(
              exactly({
                at: Instant,
                by: nullable(Type.String()),
                move: Type.String(),
                reason: Type.String(),
              }),
            ),
            moves: openMovesShape(EDITION_DECISIONS),
          }),
        }),
      },
    },
    async (request) => {
      const { list, number } = request.params;
      const { edition, content, events } = await readEdition(services)(list, number);
      const { id, roles } = callerOf(request);
      return {
        edition: editionSeen(edition),
        terms: content.terms.map(termSeen),
        mapping: [...content.mapping],
        events: events.map(({ at, by, move, reason }) => ({ at, by, move, reason })),
        moves: openEditionDecisions(edition, id).filter(({ move }) => mayUse(RULES[move], roles)),
      };
    },
  );

  app.get(
    '/codes/:list/map',
    {
      schema: {
        operationId: 'mapCode',
        tags: ['codes'],
        summary: '一版中的代码在另一版（缺省为现行）中是哪一个',
        params: ListParams,
        querystring: exactly({
          code: Type.String({ minLength: 1, maxLength: 240 }),
          from: EditionNumber,
          to: Type.Optional(EditionNumber),
        }),
        response: answers({
          200: exactly({
            kind: oneOf(['one', 'among', 'none'], {
              description: 'one 唯一，among 合并前无从分辨，none 没有对应',
            }),
            code: nullable(Type.String()),
            sure: Type.Boolean({ description: '否：拆分而计入主要部分' }),
            among: Type.Array(Type.String()),
            to: Type.Integer({ description: '对应到哪一版' }),
          }),
        }),
      },
    },
    async (request) => {
      const { code, from, to = null } = request.query;
      const place = await mapCode(services)({ list: request.params.list, code, from, to });
      return {
        kind: place.kind,
        code: place.kind === 'one' ? place.code : null,
        sure: place.kind === 'one' && place.sure,
        among: place.kind === 'among' ? [...place.codes] : [],
        to: place.to,
      };
    },
  );

  app.get(
    '/codes/:list/list.csv',
    {
      schema: {
        operationId: 'exportCodeList',
        tags: ['codes'],
        summary: '导出代码表（CSV，UTF-8），缺省为现行；可原样导入草稿',
        params: ListParams,
        querystring: exactly({ edition: Type.Optional(EditionNumber) }),
        response: answers({
          200: { description: 'CSV', content: { 'text/csv': { schema: { type: 'string' } } } },
        }),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { list } = request.params;
      const { number, csv } = await exportList(services)(list, request.query.edition ?? null);
      return reply
        .header('content-disposition', `attachment; filename="${list.replace('@', '-')}-${number}.csv"`)
        .type('text/csv; charset=utf-8')
        .serializer((text: string) => text)
        .send(csv);
    },
  );
}
