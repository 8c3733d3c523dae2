import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchema, FastifySchemaCompiler } from 'fastify';
import { VISIBLE } from '../../domain/tickets/storable.ts';

/** One thing wrong with a request: where, what, and what would be right. */
export interface FieldError {
  /** `body.title`, `query.limit`, `params.id`, `headers.idempotency-key`. */
  readonly field: string;
  readonly message: string;
  readonly messageEn: string;
  /** What would be right, from the schema itself. */
  readonly expected: string;
}

const MAX_ERRORS = 20;

function compilerOf(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    coerceTypes,
    // An unknown field is a mistake to be told, not to be swallowed.
    removeAdditional: false,
    strictTypes: false,
  });
  formats.default(ajv, ['uuid']);
  for (const [name, lastYear] of [
    ['date', 9999],
    ['date-time', 9998],
  ] as const) {
    const written = wellWritten(name);
    ajv.addFormat(name, { type: 'string', validate: (text) => written(text) && isOfOurTime(text, lastYear) });
  }
  return ajv;
}

function wellWritten(name: 'date' | 'date-time'): (text: string) => boolean {
  const format = formats.default.get(name);
  if (typeof format !== 'object' || format instanceof RegExp || typeof format.validate !== 'function') {
    throw new Error(`no way to read a ${name}`);
  }
  return format.validate as (text: string) => boolean;
}

/**
 * RFC 3339 knows leap seconds and the year 0, which no clock of ours shows; a report around the year 1 needs the latter.
 * A moment leaves room for its local day and the days around it, 9999-12-31 is the usual word for never.
 */
function isOfOurTime(text: string, lastYear: number): boolean {
  const ms = Date.parse(text);
  return ms >= Date.UTC(1900) && ms < Date.UTC(lastYear + 1);
}
const exact = compilerOf(false);
/** A query and a path are text: there `5` may be a number. */
const coercing = compilerOf(true);

export const validatorCompiler: FastifySchemaCompiler<FastifySchema> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? exact : coercing).compile(schema);

export function fieldErrors(part: string, errors: readonly ErrorObject[]): FieldError[] {
  // `anyOf` of a nullable field repeats itself in its branches; the branch errors are enough.
  const told = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if');
  const unique = new Map(told.map((error) => [`${error.instancePath} ${error.message}`, error]));
  return [...unique.values()].slice(0, MAX_ERRORS).map((error) => fieldError(part, error));
}

function fieldError(part: string, error: ErrorObject): FieldError {
  const path = error.instancePath.split('/').slice(1);
  const inner = error.params.missingProperty ?? error.params.additionalProperty;
  const root = part === 'querystring' ? 'query' : part;
  const field = [root, ...path, ...(inner === undefined ? [] : [String(inner)])].join('.');
  const [message, messageEn] = WORDS[error.keyword]?.(error) ?? [
    '不符合要求',
    error.message ?? 'does not fit',
  ];
  return { field, message, messageEn, expected: expectedOf(error) };
}

type Words = (error: ErrorObject) => readonly [zh: string, en: string];

const TYPES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  string: ['文本', 'text'],
  integer: ['整数', 'a whole number'],
  number: ['数字', 'a number'],
  boolean: ['true 或 false', 'true or false'],
  object: ['JSON 对象', 'a JSON object'],
  array: ['数组', 'a list'],
  null: ['空值', 'null'],
};
function typeWords(type: unknown, language: 0 | 1): string {
  const types = Array.isArray(type) ? type.map(String) : String(type).split(',');
  return types.map((one) => TYPES[one]?.[language] ?? one).join(language === 0 ? '或' : ' or ');
}

const WORDS: Readonly<Record<string, Words>> = {
  required: () => ['缺少此项', 'is missing'],
  additionalProperties: () => [
    '不认识此项，请删去或检查拼写',
    'is not known; leave it out or check its spelling',
  ],
  type: ({ params }) => [
    `类型不对，应为${typeWords(params.type, 0)}`,
    `has the wrong type, it must be ${typeWords(params.type, 1)}`,
  ],
  enum: ({ params }) => [
    `不是允许的值，应为 ${list(params.allowedValues)} 之一`,
    `must be one of ${list(params.allowedValues)}`,
  ],
  const: ({ params }) => [`只能是 ${String(params.allowedValue)}`, `must be ${String(params.allowedValue)}`],
  minLength: ({ params }) => [
    `太短，至少 ${params.limit} 个字`,
    `is too short, at least ${params.limit} characters`,
  ],
  maxLength: ({ params }) => [
    `太长，最多 ${params.limit} 个字`,
    `is too long, at most ${params.limit} characters`,
  ],
  minimum: ({ params }) => [`太小，最小为 ${params.limit}`, `must be ${params.limit} at least`],
  maximum: ({ params }) => [`太大，最大为 ${params.limit}`, `must be ${params.limit} at most`],
  minItems: ({ params }) => [`至少 ${params.limit} 项`, `must have ${params.limit} items at least`],
  maxItems: ({ params }) => [`最多 ${params.limit} 项`, `must have ${params.limit} items at most`],
  uniqueItems: () => ['不得重复', 'must not repeat an item'],
  pattern: ({ params }) =>
    params.pattern === VISIBLE ? ['不能是空白', 'must not be blank'] : ['格式不对', 'has the wrong form'],
  format: ({ params }) => [
    `格式不对，应为 ${String(params.format)}`,
    `has the wrong form, it must be a ${String(params.format)}`,
  ],
};

function list(values: unknown): string {
  return Array.isArray(values) ? values.join(', ') : String(values);
}

/** The schema's own description of the field says it best; the bare rule where it has none. */
function expectedOf(error: ErrorObject): string {
  const parent = (error.parentSchema ?? {}) as Record<string, unknown>;
  const missing = error.params.missingProperty as string | undefined;
  if (missing !== undefined) return describe((parent.properties as Record<string, object>)?.[missing]);
  if (error.keyword === 'additionalProperties') return Object.keys(parent.properties ?? {}).join(', ');
  return describe(parent);
}

function describe(schema: object | undefined): string {
  const {
    description,
    pattern,
    enum: values,
    type,
    format,
    examples,
  } = (schema ?? {}) as Record<string, unknown>;
  const example = Array.isArray(examples) ? `，例如 ${String(examples[0])}` : '';
  if (typeof description === 'string') return `${description}${example}`;
  if (Array.isArray(values)) return values.join(' | ');
  const form = pattern === VISIBLE ? undefined : pattern;
  return `${String(format ?? form ?? type ?? '')}${example}`;
}
