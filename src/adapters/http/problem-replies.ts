import type { ErrorObject } from 'ajv';
import { errorCodes, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { isProblemCode, PROBLEMS, type ProblemCode } from './problems/index.ts';
import { type FieldError, fieldErrors } from './validation.ts';

/** RFC 9457. `detail` is Chinese, as `title`; the English words stand beside. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly titleEn: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly instance: string;
  readonly errors?: readonly FieldError[];
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A refusal of this adapter itself. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly data: Readonly<Record<string, unknown>>;
  readonly retryAfterS: number | null;

  constructor(
    code: ProblemCode,
    data: Readonly<Record<string, unknown>> = {},
    retryAfterS: number | null = null,
  ) {
    super(PROBLEMS[code].en);
    this.name = 'Refusal';
    this.code = code;
    this.data = data;
    this.retryAfterS = retryAfterS;
  }
}

/** Fastify's own errors in our words. */
const FASTIFY_CODES: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.tooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.mediaType',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.jsonInvalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.jsonInvalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.jsonInvalid',
  FST_ERR_BAD_URL: 'request.notFound',
  FST_ERR_MAX_PARAM_LENGTH: 'request.notFound',
  FST_ERR_NOT_FOUND: 'request.notFound',
};
/** What the database says (SQLSTATE) of U+0000 in a text, and of that or of half a character in JSON. */
const UNWRITABLE = /^(22021|22P05|22P02)$/;
/** Retrying helps, and after how long. */
const RETRY_AFTER_S: Readonly<Partial<Record<ProblemCode, number>>> = {
  'database.away': 5,
  'database.contended': 1,
  'database.slow': 5,
  'callControl.away': 3,
  'callControl.busy': 3,
  'idempotency.underWay': 1,
  'call.notYetWritten': 1,
};

function codeOf(error: FastifyError): ProblemCode | 'unknown' | null {
  if (error.validation !== undefined) return 'request.invalid';
  const code = error.code ?? '';
  if (isProblemCode(code)) return code;
  const own = FASTIFY_CODES[code];
  if (own !== undefined) return own;
  if (UNWRITABLE.test(code) && /encoding|Unicode|json/.test(error.message)) return 'request.textUnwritable';
  if (error instanceof SyntaxError && error.statusCode === 400) return 'request.jsonInvalid';
  if (error.statusCode === 416) return 'request.rangeInvalid';
  // An application refusal (`topic.word`) that the table does not know: a gap in the table, not a crash.
  return error.name === 'AppError' ? 'unknown' : null;
}

export function replyProblem(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const code = codeOf(error);
  if (code === null) request.log.error({ err: error }, 'a request failed');
  else if (code === 'unknown')
    request.log.error({ err: error }, 'a refusal has no place in the table of problems');
  else if (PROBLEMS[code].status >= 500) request.log.warn({ err: error }, 'a request could not be served');

  const known = code === null ? 'server.defect' : code === 'unknown' ? null : code;
  const problem = known === null ? { status: 422, zh: '请求被拒绝', en: error.message } : PROBLEMS[known];
  const data = 'data' in error && code !== null ? (error.data as Record<string, unknown>) : {};
  const errors =
    error.validation === undefined
      ? null
      : fieldErrors(error.validationContext ?? 'body', error.validation as ErrorObject[]);
  const retryAfterS =
    error instanceof Refusal && error.retryAfterS !== null
      ? error.retryAfterS
      : known === null
        ? undefined
        : RETRY_AFTER_S[known];

  const document: ProblemDocument = {
    type: `/v1/problems#${known ?? error.code}`,
    title: problem.zh,
    titleEn: problem.en,
    status: problem.status,
    code: known ?? error.code,
    ...(errors === null
      ? {}
      : { detail: errors.map((one) => `${one.field} ${one.message}`).join('；'), errors }),
    instance: request.id,
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
  return reply
    .status(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(document);
}

export function replyNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return replyProblem(new errorCodes.FST_ERR_NOT_FOUND(request.url), request, reply);
}
