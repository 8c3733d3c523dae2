import { Type } from '@fastify/type-provider-typebox';
import {
  SPECIAL_REPORT_STATE_NAMES,
  SPECIAL_REPORT_STATES,
} from '../../../domain/incidents/special-report.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { MaskedWords } from '../masking.ts';
import { exactly, Instant, nullable, oneOf } from './elements.ts';

const Words = (max: number, description: string) =>
  Type.String({ minLength: 1, maxLength: max, pattern: VISIBLE, description });

export const SpecialReportStateShape = oneOf(SPECIAL_REPORT_STATES, {
  description: SPECIAL_REPORT_STATES.map((state) => `${state} ${SPECIAL_REPORT_STATE_NAMES[state]}`).join(
    '，',
  ),
});
export const SpecialReportWords = {
  title: Words(120, '标题，最多 120 字'),
  addressee: Words(120, '主送机关，最多 120 字'),
  paragraphs: Type.Array(Words(4000, '一段，最多 4000 字；以“一、”开头的为小标题'), {
    minItems: 1,
    maxItems: 100,
    description: '正文，1 至 100 段',
  }),
};
export const SpecialReportShape = exactly({
  id: Type.String(),
  incidentId: Type.String(),
  incidentNumber: Type.String(),
  state: SpecialReportStateShape,
  revision: Type.Integer({ description: '修改、印发时带上所见的 revision' }),
  title: MaskedWords,
  addressee: Type.String(),
  paragraphs: Type.Array(MaskedWords),
  writtenAt: Instant,
  writtenBy: Type.String(),
  changedAt: Instant,
  changedBy: Type.String(),
  number: nullable(Type.String({ description: '发文字号；印发前为空' })),
  documentId: nullable(Type.String({ description: '公文，PDF 见 /v1/documents/{id}/pdf；印发前为空' })),
});
