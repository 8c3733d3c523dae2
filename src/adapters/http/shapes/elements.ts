import { type Static, type TProperties, type TSchema, Type } from '@fastify/type-provider-typebox';
import { VISIBLE } from '../../../domain/tickets/storable.ts';

/** An object of exactly these fields: an unknown one is told to the client, or dropped from what we say. */
export function exactly<P extends TProperties>(properties: P, options: { description?: string } = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** One of some words, as an enum in the description. */
export function oneOf<const T extends readonly string[]>(
  values: T,
  options: { description?: string; default?: T[number] } = {},
) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options });
}

/** The same, or null. Only for plain types; `anyOf` would make errors hard to read. */
export function nullable<T extends TSchema>(schema: T) {
  const { type, enum: values, ...rest } = schema as unknown as { type: string; enum?: unknown[] };
  return Type.Unsafe<Static<T> | null>({
    ...rest,
    type: [type, 'null'],
    ...(values === undefined ? {} : { enum: [...values, null] }),
  });
}

/** What an agent can do: by skill its level. */
export const SkillsShape = Type.Record(
  Type.String({ maxLength: 40 }),
  Type.Integer({ minimum: 1, maximum: 9 }),
  {
    description: '技能（小写字母、数字、-）及等级 1 至 9',
    examples: [{ en: 3, wu: 5 }],
  },
);

export const Uuid = Type.String({ format: 'uuid', description: 'UUID' });
export const Instant = Type.String({ description: 'ISO 8601, UTC', examples: ['2026-11-23T05:00:00.000Z'] });
export const Day = Type.String({
  format: 'date',
  description: '当地日期 YYYY-MM-DD',
  examples: ['2026-11-23'],
});
export const DialledNumber = Type.String({
  pattern: '^[0-9]{3,16}$',
  description: '3 至 16 位数字',
  examples: ['12345'],
});
export const Code = Type.String({
  pattern: '^[a-z0-9-]{2,40}$',
  description: '代码，2 至 40 位小写字母、数字或 -',
});
export const Reason = Type.String({
  minLength: 4,
  maxLength: 500,
  pattern: VISIBLE,
  description: '理由，4 至 500 字，将记入日志',
});

/** More does not go into a column of numbers. */
export const NUMBER_AT_MOST = 2_147_483_647;
/** Of versions that are counted from 1: of an entry, of a prompt, of the rules. */
export const VersionNumber = Type.Integer({
  minimum: 1,
  maximum: NUMBER_AT_MOST,
  description: '版本号，从 1 起',
});
/** What a screen saw: who changes the thing says so, and is refused when it is another by now. */
export const SeenRevision = (description: string, minimum = 1) =>
  Type.Integer({ minimum, maximum: NUMBER_AT_MOST, description });

export const IdParams = exactly({ id: Uuid });

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 200,
      pattern: '^[\\x21-\\x7e]+$',
      description: '同一请求重发时用同一个值，8 至 200 个可见字符（建议 UUID）',
    }),
  ),
});

/** The call that the asker has before him. */
export const OfCallQuery = exactly({
  call: Type.Optional(
    Type.String({
      maxLength: 80,
      pattern: '^[A-Za-z0-9.-]+$',
      description:
        '此操作针对的通话（callId）：话务员已在另一个通话中时以 call.another 拒绝，重发的操作不会落到下一位市民；不填则为当前通话',
    }),
  ),
});
export const ofCall = ({ call }: { readonly call?: string }): { readonly ofCall?: string } =>
  call === undefined ? {} : { ofCall: call };

export const PageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: '每页条数，1 至 200' }),
  after: Type.Optional(Type.String({ maxLength: 300, description: '上一页返回的 next' })),
};

const ProblemShape = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    titleEn: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: '稳定的错误代码，见 /v1/problems' }),
    detail: Type.Optional(Type.String()),
    instance: Type.String({ description: '请求编号，与日志一致' }),
    errors: Type.Optional(
      Type.Array(
        exactly({
          field: Type.String(),
          message: Type.String(),
          messageEn: Type.String(),
          expected: Type.String(),
        }),
      ),
    ),
    data: Type.Optional(Type.Object({}, { additionalProperties: true })),
  },
  { $id: 'Problem', description: 'RFC 9457' },
);
export const SHARED_SCHEMAS: readonly TSchema[] = [ProblemShape];

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
});

/** What an operation may answer: the given statuses, and problems for all the rest. */
export function answers(good: Readonly<Record<number, TSchema | object>>): Record<string, object> {
  return { ...good, '4xx': problem('请求被拒绝'), '5xx': problem('服务暂时不可用') };
}

export const Empty = Type.Null({ description: '无内容' });
