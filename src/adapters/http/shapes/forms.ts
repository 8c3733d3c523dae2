import { Type } from '@fastify/type-provider-typebox';
import type { AppealForm } from '../../../app/ports/forms.ts';
import { FIELD_KINDS, FORM_LENGTHS } from '../../../domain/tickets/forms/form.ts';
import { personal } from '../masking.ts';
import { exactly, NUMBER_AT_MOST, nullable, oneOf } from './elements.ts';

const Key = Type.String({ minLength: 1, maxLength: 40, description: '字段名，各版不变' });

export const FieldShape = exactly({
  key: Key,
  label: Type.String({ maxLength: 200, description: '标签' }),
  kind: oneOf(FIELD_KINDS, {
    description: 'text 文字，number 数字，date 日期，yesNo 是否，choice 单选，choices 多选',
  }),
  required: Type.Boolean({ description: '是否必填' }),
  help: Type.String({ maxLength: FORM_LENGTHS.help, description: '填写说明' }),
  options: Type.Array(Type.String({ minLength: 1, maxLength: FORM_LENGTHS.option }), {
    maxItems: FORM_LENGTHS.options,
    description: '选项',
  }),
  least: nullable(Type.Number({ description: '数字的下限，文字的最少字数' })),
  most: nullable(Type.Number({ description: '数字的上限，文字的最多字数' })),
});

const form = {
  categoryCode: Type.String(),
  version: Type.Integer(),
  title: Type.String(),
  fields: Type.Array(FieldShape),
};
export const FormShape = exactly({
  ...form,
  state: oneOf(['draft', 'published', 'ended'], { description: 'draft 草稿，published 在用，ended 已更换' }),
  revision: Type.Integer(),
});
export const formSeen = ({ fields, ...rest }: AppealForm) => ({
  ...rest,
  fields: fields.map((field) => ({ ...field, options: [...field.options] })),
});

export const FilledFormShape = Type.Union([
  exactly({
    ...form,
    values: Type.Object(
      {},
      { additionalProperties: true, ...personal('deep'), description: '所填，以字段名为键' },
    ),
  }),
  Type.Null(),
]);

export const GivenFormShape = Type.Optional(
  Type.Union([
    exactly({
      categoryCode: Type.String({ minLength: 1, maxLength: 60, description: '表单所属的分类' }),
      version: Type.Integer({ minimum: 1, maximum: NUMBER_AT_MOST, description: '表单的版本' }),
      values: Type.Object({}, { additionalProperties: true, description: '所填，以字段名为键' }),
    }),
    Type.Null(),
  ]),
);
