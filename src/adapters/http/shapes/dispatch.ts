import { Type } from '@fastify/type-provider-typebox';
import { type CatalogueEntry, ENTRY_SOURCES } from '../../../domain/dispatch/entry.ts';
import { CATALOGUE_FINDINGS, type CatalogueFinding } from '../../../domain/dispatch/lint.ts';
import { NAMED_CODE } from '../../../domain/dispatch/names.ts';
import { Day, exactly, nullable, oneOf } from './elements.ts';

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
  lead: Type.String({ minLength: 1, maxLength: 100, description: '主办单位代码或名称' }),
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
      name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
      words: Type.Optional(
        Type.Array(Type.String({ minLength: 2, maxLength: 40 }), { maxItems: 50, description: '其他叫法' }),
      ),
    }),
    { maxItems: 20_000 },
  ),
);

const Words = exactly({ zh: Type.String(), en: Type.String() });
export const CatalogueFindingShape = exactly({
  code: oneOf(CATALOGUE_FINDINGS),
  severity: oneOf(['error', 'warning', 'notice']),
  key: exactly({ area: Type.String(), category: Type.String(), asset: Type.String() }),
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
      wrong: Type.String({ description: '问题' }),
      right: Type.String({ description: '改法' }),
    }),
  ),
});
