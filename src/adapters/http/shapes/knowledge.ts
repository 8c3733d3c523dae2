import { Type } from '@fastify/type-provider-typebox';
import type { EntrySummary, VersionView } from '../../../app/ports/knowledge.ts';
import {
  CONTENT_LENGTHS,
  ENTRY_ORIGINS,
  type EntryContent,
  LISTS_MOST,
} from '../../../domain/knowledge/entry.ts';
import { ENTRY_FINDINGS, type EntryFinding } from '../../../domain/knowledge/lint.ts';
import { VERSION_STATES } from '../../../domain/knowledge/version-table.ts';
import { PathCode } from './dispatch.ts';
import { Day, DialledNumber, exactly, Instant, nullable, oneOf, Uuid } from './elements.ts';

const Text = (max: number, description: string) => Type.String({ maxLength: max * 2, description });
const Basis = exactly({
  document: Type.String({ maxLength: 200, description: '文件名称' }),
  clause: Type.String({ maxLength: 200, default: '', description: '条款' }),
  link: Type.String({ maxLength: 500, default: '', description: '网址，可空' }),
});
const Attachment = exactly({ id: Uuid, name: Type.String({ minLength: 1, maxLength: 120 }) });

/** What an author fills in; lengths are judged by the domain, in characters. */
export const contentFields = {
  question: Text(CONTENT_LENGTHS.question, '问题，用市民的话，200 字以内'),
  otherWays: Type.Array(Type.String({ maxLength: 400 }), {
    maxItems: LISTS_MOST.otherWays,
    default: [],
    description: '其他问法',
  }),
  answer: Text(CONTENT_LENGTHS.answer, '口播答复'),
  message: Type.String({ maxLength: 600, default: '', description: '短信答复，260 字以内；空：不发短信' }),
  publicText: Type.String({ maxLength: 16_000, default: '', description: '公开内容；空：公开口播答复' }),
  internalText: Type.String({ maxLength: 16_000, default: '', description: '仅供内部' }),
  isPublic: Type.Boolean({ default: false, description: '对公众公开' }),
  basis: Type.Array(Basis, { maxItems: LISTS_MOST.basis, default: [], description: '依据' }),
  categories: Type.Array(PathCode, { maxItems: LISTS_MOST.categories, description: '诉求分类代码' }),
  areas: Type.Array(PathCode, {
    maxItems: LISTS_MOST.areas,
    default: [],
    description: '适用区域代码；空：全域',
  }),
  lines: Type.Array(DialledNumber, {
    maxItems: LISTS_MOST.lines,
    default: [],
    description: '所属专线号码：接听该线时优先',
  }),
  validFrom: Day,
  validTo: Type.Optional(nullable(Day)),
  attachments: Type.Array(Attachment, { maxItems: LISTS_MOST.attachments, default: [] }),
};

export const contentOf = (
  body: Omit<EntryContent, 'validTo'> & { readonly validTo?: string | null },
): EntryContent => ({
  question: body.question,
  otherWays: body.otherWays,
  answer: body.answer,
  message: body.message,
  publicText: body.publicText,
  internalText: body.internalText,
  isPublic: body.isPublic,
  basis: body.basis,
  categories: body.categories,
  areas: body.areas,
  lines: body.lines,
  validFrom: body.validFrom,
  validTo: body.validTo ?? null,
  attachments: body.attachments,
});

export const Person = Type.Union([exactly({ id: Type.String(), displayName: Type.String() }), Type.Null()]);
const Strings = Type.Array(Type.String());

export const VersionShape = exactly({
  number: Type.Integer(),
  question: Type.String(),
  otherWays: Strings,
  answer: Type.String(),
  message: Type.String(),
  publicText: Type.String(),
  internalText: Type.String(),
  isPublic: Type.Boolean(),
  basis: Type.Array(exactly({ document: Type.String(), clause: Type.String(), link: Type.String() })),
  categories: Strings,
  areas: Strings,
  lines: Strings,
  validFrom: Type.String(),
  validTo: nullable(Type.String()),
  attachments: Type.Array(exactly({ id: Type.String(), name: Type.String() })),
  state: oneOf(VERSION_STATES),
  since: Instant,
  author: Person,
  writtenAt: Instant,
  publishedAt: nullable(Type.String()),
  reviewDueAt: nullable(Type.String({ description: '应急发布须在此前由他人补审' })),
  reviewedAt: nullable(Type.String({ description: '发布后最近一次复核无误' })),
});

export const SummaryShape = exactly({
  id: Type.String(),
  number: Type.String(),
  ownerUnit: exactly({ code: Type.String(), name: Type.String() }),
  origin: oneOf(ENTRY_ORIGINS),
  originRef: Type.String(),
  createdAt: Instant,
  revision: Type.Integer(),
  current: Type.Union([VersionShape, Type.Null()], { description: '今天可答复的版本；空：没有' }),
  latest: VersionShape,
});

export const FindingShape = exactly({
  code: oneOf(ENTRY_FINDINGS),
  severity: oneOf(['error', 'warning', 'notice']),
  field: Type.String(),
  piece: Type.String(),
  message: exactly({ zh: Type.String(), en: Type.String() }),
  cure: exactly({ zh: Type.String(), en: Type.String() }),
});
export const shownFindings = (findings: readonly EntryFinding[]) =>
  findings.map(({ message, cure, ...one }) => ({ ...one, message: { ...message }, cure: { ...cure } }));

/** `internal`: may read what is for colleagues only. */
export function shownVersion(version: VersionView, internal: boolean) {
  return {
    ...version,
    otherWays: [...version.otherWays],
    basis: [...version.basis],
    categories: [...version.categories],
    areas: [...version.areas],
    lines: [...version.lines],
    attachments: [...version.attachments],
    internalText: internal ? version.internalText : '',
  };
}

export const shownSummary = ({ current, latest, ...entry }: EntrySummary, internal: boolean) => ({
  ...entry,
  current: current === null ? null : shownVersion(current, internal),
  latest: shownVersion(latest, internal),
});
