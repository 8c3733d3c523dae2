import { Type } from '@fastify/type-provider-typebox';
import { previewDraft, replayDraft } from '../../../app/dispatch/drafts/preview-draft.ts';
import { accuracyOf, type ReplayFigures } from '../../../domain/dispatch/replay.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { ADVICE } from '../shapes/advice.ts';
import {
  CatalogueFindingShape,
  EntryKeyShape,
  EntryShape,
  entrySeen,
  findingSeen,
} from '../shapes/dispatch.ts';
import { answers, Day, exactly, IdParams, nullable, oneOf } from '../shapes/elements.ts';
import { spanOf, YearQuery } from '../shapes/span.ts';

const FINDINGS_SHOWN = 1000;
const ENTRIES_SHOWN = 5000;

const Figures = exactly({
  matters: Type.Integer({ description: '期内派出、已知最终承办单位的工单' }),
  first: Type.Integer({ description: '目录首选单位即最终承办单位' }),
  amongThree: Type.Integer({ description: '最终承办单位在前三之内' }),
  unanswered: Type.Integer({ description: '目录没有指向任何单位' }),
  accuracy: nullable(Type.Number({ description: '首选准确率，百分数，两位小数' })),
});
const figuresSeen = ({ matters, first, amongThree, unanswered }: ReplayFigures) => ({
  ...{ matters, first, amongThree, unanswered },
  accuracy: accuracyOf({ matters, first, amongThree, unanswered }),
});

/** What a draft of the 派单目录 would do: its faults, what it adds and removes, and how it would have sent last month's matters. */
export function catalogueDraftPreviewRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/dispatch/drafts/:id/check',
    {
      schema: {
        tags: ['dispatch'],
        params: IdParams,
        operationId: 'checkCatalogueDraft',
        summary: '检查草稿：有误的行、他人已改的事项、将增减的条目，以及目录新出现和消除的问题',
        response: answers({
          200: exactly({
            day: Day,
            faults: Type.Array(
              exactly({
                index: Type.Integer({ description: '第几行，从 0 起' }),
                field: nullable(Type.String()),
                severity: oneOf(['refused', 'note']),
                ...ADVICE,
              }),
            ),
            overlaps: Type.Array(EntryKeyShape, { description: '草稿建立后他人改过的事项' }),
            added: Type.Array(EntryShape),
            removed: Type.Array(EntryShape),
            findings: Type.Array(CatalogueFindingShape, { description: '新出现的问题' }),
            mended: Type.Array(CatalogueFindingShape, { description: '消除的问题' }),
          }),
        }),
      },
    },
    async (request) => {
      const seen = await previewDraft(services)(request.params.id);
      return {
        day: seen.day,
        faults: [...seen.faults],
        overlaps: seen.overlaps.map(({ area, category, asset }) => ({ area, category, asset })),
        added: seen.added.slice(0, ENTRIES_SHOWN).map(entrySeen),
        removed: seen.removed.slice(0, ENTRIES_SHOWN).map(entrySeen),
        findings: seen.findings.slice(0, FINDINGS_SHOWN).map(findingSeen),
        mended: seen.mended.slice(0, FINDINGS_SHOWN).map(findingSeen),
      };
    },
  );

  app.get(
    '/dispatch/drafts/:id/replay',
    {
      schema: {
        tags: ['dispatch'],
        params: IdParams,
        operationId: 'replayCatalogueDraft',
        summary: '以一段时期的派单检验：现行目录和草稿各自的首选准确率，及草稿不准之处',
        querystring: exactly(YearQuery),
        response: answers({
          200: exactly({
            day: Day,
            standing: Figures,
            draft: Figures,
            misses: Type.Array(
              exactly({
                ...EntryKeyShape.properties,
                said: nullable(Type.String({ description: '目录首选；空为没有' })),
                did: Type.String({ description: '最终承办' }),
                times: Type.Integer(),
              }),
            ),
            changed: Type.Integer({ description: '首选单位因草稿而不同的工单数' }),
            changes: Type.Array(
              exactly({
                ...EntryKeyShape.properties,
                before: nullable(Type.String({ description: '现行目录首选；空为没有' })),
                after: nullable(Type.String({ description: '草稿首选；空为没有' })),
                did: Type.String({ description: '最终承办' }),
                times: Type.Integer(),
                tickets: Type.Array(Type.String(), { description: '其中几件的编号，最多 5 件' }),
              }),
              { description: '首选单位不同的各类工单，最多者在前，最多 200 类' },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = spanOf(request.query);
      const { misses, changes, ...replay } = await replayDraft(services)(request.params.id, from, to);
      return {
        ...replay,
        ...{ standing: figuresSeen(replay.standing), draft: figuresSeen(replay.draft) },
        misses: [...misses],
        changes: changes.map((one) => ({ ...one, tickets: [...one.tickets] })),
      };
    },
  );
}
