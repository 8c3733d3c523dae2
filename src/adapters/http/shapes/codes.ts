import { Type } from '@fastify/type-provider-typebox';
import type { CodeEdition } from '../../../app/ports/codes.ts';
import { CODE_LENGTHS, CODE_LIST_ID, type CodeTerm } from '../../../domain/codes/code-list.ts';
import { EDITION_STATES } from '../../../domain/codes/edition.ts';
import { CODE_FINDINGS, type CodeFinding } from '../../../domain/codes/finding.ts';
import { versionWordsInEnglish } from '../../../domain/hotlines/versions/own-words.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { Day, exactly, Instant, NUMBER_AT_MOST, nullable, oneOf } from './elements.ts';

export const ListId = Type.String({
  pattern: CODE_LIST_ID.source,
  description:
    '代码表：category 诉求分类，area 区域，unit 承办单位，type 子类型，tag 主题标签；上级或标准的代码表写 category@province',
  examples: ['category', 'category@province'],
});
export const EditionNumber = Type.Integer({ minimum: 1, maximum: NUMBER_AT_MOST, description: '版号' });
export const Revision = Type.Integer({
  minimum: 1,
  maximum: NUMBER_AT_MOST,
  description: '所见草稿的修订号',
});

/** What is wrong with a code or a name is told by the check, all of it at once; here only what nobody could store. */
const CodeText = Type.String({ minLength: 1, maxLength: 240, description: '代码' });
export const TermShape = exactly({
  code: CodeText,
  parentCode: nullable(
    Type.String({ minLength: 1, maxLength: 240, description: '上级代码；子类型为诉求类型' }),
  ),
  name: Type.String({ maxLength: 300, description: '名称' }),
  words: Type.Array(Type.String({ minLength: 1, maxLength: CODE_LENGTHS.word }), {
    maxItems: CODE_LENGTHS.words,
    description: '别称',
  }),
  unitKind: nullable(Type.String({ maxLength: 40, description: '单位性质；其他代码表为空' })),
});
export const NewTermShape = exactly({
  code: CodeText,
  parentCode: Type.Optional(TermShape.properties.parentCode),
  name: TermShape.properties.name,
  words: Type.Optional(TermShape.properties.words),
  unitKind: Type.Optional(TermShape.properties.unitKind),
});
export const termSeen = (term: CodeTerm) => ({ ...term, words: [...term.words] });

export const MappingShape = exactly({
  from: CodeText,
  to: CodeText,
  main: Type.Boolean({ description: '拆分时是否为主：无从分辨的计入它' }),
});

export const PaperShape = {
  title: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE, description: '名称' }),
  basis: Type.Optional(Type.String({ maxLength: 300, description: '依据的文件' })),
  validFrom: Day,
  validTo: Type.Optional(nullable(Day)),
};

export const EditionShape = exactly({
  list: Type.String(),
  number: Type.Integer(),
  state: oneOf(EDITION_STATES, {
    description: 'draft 草稿，published 待生效，inForce 现行，ended 已被取代，withdrawn 撤回，discarded 作废',
  }),
  title: Type.String(),
  titleEn: Type.String({ description: '系统所拟题名的英文；人写的照原文' }),
  basis: Type.String(),
  validFrom: Day,
  validTo: nullable(Day),
  basedOn: nullable(Type.Integer({ description: '所承接的版号' })),
  revision: Type.Integer(),
  inForceAt: nullable(Instant),
  endedAt: nullable(Instant),
  reason: Type.String(),
  reasonEn: Type.String({ description: '系统所记理由的英文；人写的照原文' }),
});

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
export const editionSeen = (edition: CodeEdition) => {
  const { list, number, state, title, basis, validFrom, validTo, basedOn, revision, reason } = edition;
  return {
    ...{ list, number, state, title, basis, validFrom, validTo, basedOn, revision, reason },
    titleEn: versionWordsInEnglish(title),
    reasonEn: versionWordsInEnglish(reason),
    inForceAt: instant(edition.inForceAt),
    endedAt: instant(edition.endedAt),
  };
};

const Words = exactly({ zh: Type.String(), en: Type.String() });
export const CodeFindingShape = exactly({
  code: oneOf(CODE_FINDINGS),
  severity: oneOf(['error', 'warning', 'notice']),
  codes: Type.Array(Type.String()),
  message: Words,
  cure: Words,
});
export const codeFindingSeen = (finding: CodeFinding) => ({ ...finding, codes: [...finding.codes] });
