import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { listCallerNotes, seekCallerNotes } from '../../../app/callers/list-caller-notes.ts';
import { noteCaller } from '../../../app/callers/note-caller.ts';
import { removeCallerNote } from '../../../app/callers/remove-caller-note.ts';
import type { CallerNote } from '../../../app/ports/caller-notes.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { AttemptLimiter } from '../attempts.ts';
import { callerOf } from '../guard.ts';
import { MaskedNumber } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Empty,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  PageQuery,
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import { whenWritten } from '../unwritten-call.ts';
import { visibleCall } from './calls.ts';

const Language = Type.String({
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  maxLength: 35,
  description: '语言代码，如 zh-CN、en、ug',
  examples: ['en'],
});

const NoteShape = exactly({
  id: Type.String(),
  number: MaskedNumber,
  vulnerable: Type.Boolean(),
  language: nullable(Language),
  note: Type.String(),
  since: Instant,
  changedAt: Instant,
  notedBy: exactly({ id: Type.String(), displayName: Type.String() }),
});

/** An account's, and more than a day's work asks for: what a mask hides of a number is ten thousand tries. */
const SEARCHES = { max: 30, windowMs: 60 * 60_000 };

const shown = (note: CallerNote): CallerNote => ({ ...note, number: maskedNumber(note.number) });

/** What agents note of callers: it counts from the caller's next call on, before a word is spoken. */
export function callerNoteRoutes(app: Api, services: ApiServices): void {
  const searches = new AttemptLimiter(SEARCHES, services.now);
  const onRecord = (request: FastifyRequest) => ({
    accountId: callerOf(request).id,
    address: request.ip,
    requestId: request.id,
  });

  app.post(
    '/caller-notes',
    {
      config: { creates: true },
      schema: {
        operationId: 'noteCaller',
        tags: ['callers'],
        summary: '登记来电人情况（特殊群体、语言）；同一号码再次登记即更新；记入日志',
        headers: IdempotencyHeaders,
        body: Type.Object(
          {
            callId: Type.Optional(Uuid),
            number: Type.Optional(
              Type.String({
                pattern: '^\\+?[0-9][0-9 -]{2,30}$',
                maxLength: 32,
                description: '电话号码，数字，可带 + 和 -',
                examples: ['13800000000'],
              }),
            ),
            vulnerable: Type.Boolean({ description: '老年人、残疾人等：不经菜单，直达人工' }),
            language: Type.Optional(nullable(Language)),
            note: Type.String({
              minLength: 2,
              maxLength: 500,
              pattern: VISIBLE,
              description: '说明，2 至 500 字',
            }),
          },
          {
            additionalProperties: false,
            oneOf: [{ required: ['callId'] }, { required: ['number'] }],
          },
        ),
        response: answers({ 201: NoteShape }),
      },
    },
    async (request, reply) => {
      const { callId, number = '', vulnerable, language = null, note } = request.body;
      if (callId !== undefined)
        await whenWritten(services, request, callId, () => visibleCall(services, request, callId));
      const by = callerOf(request).id;
      const caller = callId === undefined ? { number } : { callId };
      const written = await noteCaller(services)(
        { caller, vulnerable, language, note, by },
        onRecord(request),
      );
      return reply.status(201).send(shown(written));
    },
  );

  app.get(
    '/caller-notes',
    {
      schema: {
        operationId: 'listCallerNotes',
        tags: ['callers'],
        summary:
          '已登记的来电人情况，最近更改的在前；号码已隐去中间数字；可按号码查，每账号每小时至多 30 次，记入日志（不记号码）',
        querystring: exactly({
          ...PageQuery,
          number: Type.Optional(
            Type.String({ minLength: 1, maxLength: 40, description: '来电号码，任何写法' }),
          ),
        }),
        response: answers({
          200: exactly({ notes: Type.Array(NoteShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { number, ...page } = request.query;
      if (number !== undefined) {
        const waitMs = searches.take(callerOf(request).id);
        if (waitMs !== null) throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
      }
      const { notes, next } =
        number === undefined
          ? await listCallerNotes(services)(page)
          : await seekCallerNotes(services)({ ...page, number }, onRecord(request));
      return { notes: notes.map(shown), next };
    },
  );

  app.post(
    '/caller-notes/:id/remove',
    {
      schema: {
        operationId: 'removeCallerNote',
        tags: ['callers'],
        summary: '撤销一条来电人情况；须说明理由，记入日志',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      await removeCallerNote(services)(request.params.id, request.body.reason.trim(), onRecord(request));
      return reply.status(204).send();
    },
  );
}
