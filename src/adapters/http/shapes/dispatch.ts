import { type Static, Type } from '@fastify/type-provider-typebox';
import type { CatalogueDraft, CatalogueDraftContent } from '../../../app/ports/catalogue-drafts.ts';
import { type CatalogueEntry, ENTRY_SOURCES } from '../../../domain/dispatch/entry.ts';
import { CATALOGUE_FINDINGS, type CatalogueFinding } from '../../../domain/dispatch/lint.ts';
import { NAMED_CODE } from '../../../domain/dispatch/names.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { ADVICE } from './advice.ts';
import { Day, exactly, Instant, NUMBER_AT_MOST, nullable, oneOf, Uuid } from './elements.ts';

/** A code of an area, a category or a thing; or its name, where somebody writes. */
const Text = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ maxLength, description }));
export const PathCode = Type.String({ pattern: '^[A-Za-z0-9.-]{0,240}$', description: '代码；空为不限' });

export const EntryShape = exactly({
  id: Type.String(),
  area: Type.String({ description: '区域代码；空为全域' }),
  category: Type.String({ description: '诉求分类代码；空为不限' }),
  asset: Type.String({ description: '设施代码；空为不限' }),
  leadUnit: Type.String({ description: '主办单位' }),
  assistUnits: Type.Array(Type.String(), { description: '协办单位' }),
  validFrom: Day,
  validTo: nullable(Day),
  source: oneOf(ENTRY_SOURCES, { description: 'catalogue 目录，adjudication 裁定' }),
  sourceRef: Type.String({ description: '裁定编号' }),
  basis: Type.String({ description: '依据' }),
});
export const entrySeen = (entry: CatalogueEntry) => ({ ...entry, assistUnits: [...entry.assistUnits] });

export const NewEntryShape = exactly({
  area: Text(240, '区域代码或名称；空为全域'),
  category: Text(240, '诉求分类代码或名称；空为不限'),
  asset: Text(240, '设施代码或名称；空为不限'),
  lead: Type.String({ maxLength: 240, description: '主办单位代码或名称；空的由检查指出' }),
  assist: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20, description: '协办单位' }),
  ),
  validFrom: Text(10, '生效日，默认今日'),
  validTo: Text(10, '截止日；空为长期'),
  basis: Text(500, '依据'),
});

export const NamesShape = Type.Optional(
  Type.Array(
    exactly({
      code: Type.String({ pattern: NAMED_CODE.source, description: '代码；点号之前为上级' }),
      name: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE }),
      words: Type.Optional(
        Type.Array(Type.String({ minLength: 2, maxLength: 40 }), { maxItems: 50, description: '其他叫法' }),
      ),
    }),
    { maxItems: 20_000 },
  ),
);

/** What a grid, or an edit, changes of the catalogue. */
export const CatalogueContentShape = {
  entries: Type.Optional(Type.Array(NewEntryShape, { maxItems: 5000 })),
  remove: Type.Optional(Type.Array(Uuid, { maxItems: 5000, description: '录入有误的条目' })),
  end: Type.Optional(
    Type.Array(exactly({ id: Uuid, lastDay: Day }), { maxItems: 5000, description: '到期截止的条目' }),
  ),
  areas: NamesShape,
  assets: NamesShape,
};
const Content = exactly(CatalogueContentShape);

/** With what was left out. */
export function contentOf(given: Static<typeof Content>): CatalogueDraftContent {
  const { entries = [], remove = [], end = [], areas = [], assets = [] } = given;
  const named = (things: typeof areas) => things.map((one) => ({ ...one, words: one.words ?? [] }));
  return {
    entries: entries.map(({ assist = [], ...one }) => ({
      ...{ area: '', category: '', asset: '', validFrom: '', validTo: '', basis: '' },
      ...one,
      assist: assist.join(';'),
    })),
    ...{ remove, end },
    areas: named(areas),
    assets: named(assets),
  };
}

export const CatalogueVersionShape = Type.Integer({
  minimum: 0,
  maximum: NUMBER_AT_MOST,
  description: '所见目录的版本号',
});
export const CatalogueReasonShape = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: VISIBLE,
  description: '理由，记入历史',
});
export const ChangedCatalogueShape = {
  version: Type.Integer(),
  added: Type.Integer(),
  removed: Type.Integer(),
};
export const EntryKeyShape = exactly({ area: Type.String(), category: Type.String(), asset: Type.String() });

export const CatalogueDraftShape = exactly({
  id: Type.String(),
  title: Type.String(),
  state: oneOf(['draft', 'published', 'discarded']),
  basedOn: Type.Integer({ description: '建立时目录的版本' }),
  revision: Type.Integer(),
  changedAt: Instant,
  version: nullable(Type.Integer({ description: '发布后的目录版本' })),
  content: Content,
});
/** As it is written; a row can be sent back as it is. */
export const draftSeen = ({ changedAt, changedBy: _by, content, ...draft }: CatalogueDraft) => ({
  ...draft,
  changedAt: new Date(changedAt).toISOString(),
  content: {
    entries: content.entries.map(({ assist, ...one }) => ({
      ...one,
      assist: assist.split(';').filter((unit) => unit !== ''),
    })),
    remove: [...content.remove],
    end: [...content.end],
    areas: content.areas.map((one) => ({ ...one, words: [...one.words] })),
    assets: content.assets.map((one) => ({ ...one, words: [...one.words] })),
  },
});

const Words = exactly({ zh: Type.String(), en: Type.String() });
export const CatalogueFindingShape = exactly({
  code: oneOf(CATALOGUE_FINDINGS),
  severity: oneOf(['error', 'warning', 'notice']),
  key: EntryKeyShape,
  entries: Type.Array(Type.String()),
  message: Words,
  cure: Words,
});
export const findingSeen = (finding: CatalogueFinding) => ({ ...finding, entries: [...finding.entries] });

export const CatalogueReportShape = exactly({
  rows: Type.Integer({ description: '行数，不含列名' }),
  taken: Type.Integer(),
  refused: Type.Array(Type.Integer(), { description: '拒收的行' }),
  remarks: Type.Array(
    exactly({
      line: Type.Integer({ description: '文件中的行号' }),
      field: nullable(Type.String()),
      severity: oneOf(['refused', 'note']),
      ...ADVICE,
    }),
  ),
});
