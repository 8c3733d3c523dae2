import { Type } from '@fastify/type-provider-typebox';
import { TAGS_MOST } from '../../../app/tickets/classification.ts';
import type { AppealWords, FieldWords } from '../../../domain/tickets/appeal-words.ts';
import { DRAFT_LENGTH } from '../../../domain/tickets/draft-merge.ts';
import { APPEAL_LENGTHS } from '../../../domain/tickets/opening.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
import { exactly, oneOf, Uuid } from './elements.ts';

const CODE_AT_MOST = 240;
const FIELDS_AT_MOST = 60;
const VALUE_AT_MOST = 500;

const text = (maxLength: number, description?: string) =>
  Type.String({ maxLength, ...(description === undefined ? {} : { description }) });

/** What is written of an appeal so far: nothing is required of it yet but that it fits. */
export const AppealWordsShape = Type.Unsafe<AppealWords>(
  exactly({
    type: oneOf([...TICKET_TYPES, ''], { description: '诉求类型；空：尚未选' }),
    subtypeCode: text(CODE_AT_MOST),
    categoryCode: text(CODE_AT_MOST),
    tags: Type.Array(text(CODE_AT_MOST), { maxItems: TAGS_MOST }),
    title: text(APPEAL_LENGTHS.title),
    content: text(DRAFT_LENGTH, '诉求内容，最多 10000 字'),
    place: text(APPEAL_LENGTHS.place),
    citizenName: text(APPEAL_LENGTHS.citizenName),
    citizenNumber: text(APPEAL_LENGTHS.citizenNumber),
    confidential: Type.Boolean(),
    anonymous: Type.Boolean(),
    urgent: Type.Boolean(),
    unitCode: text(CODE_AT_MOST),
    accusedUnitCode: text(CODE_AT_MOST, '被投诉单位；空：没有'),
    values: Type.Unsafe<Readonly<Record<string, FieldWords>>>({
      type: 'object',
      maxProperties: FIELDS_AT_MOST,
      propertyNames: { maxLength: CODE_AT_MOST },
      additionalProperties: {
        anyOf: [
          { type: 'string', maxLength: VALUE_AT_MOST },
          { type: 'number' },
          { type: 'boolean' },
          { type: 'array', maxItems: FIELDS_AT_MOST, items: { type: 'string', maxLength: VALUE_AT_MOST } },
          { type: 'null' },
        ],
      },
      description: '分类表单所填，按字段代码',
    }),
    belongs: Type.Union([
      exactly({
        to: oneOf(['incident', 'ticket']),
        id: Uuid,
        number: text(CODE_AT_MOST),
        title: text(CODE_AT_MOST),
      }),
      Type.Null(),
    ]),
  }),
);
