import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { sayPrompt, uploadPrompt } from '../../../app/prompts/add-prompt.ts';
import { approvePrompt } from '../../../app/prompts/approve-prompt.ts';
import { retirePrompt } from '../../../app/prompts/retire-prompt.ts';
import { promptNames } from '../../../domain/hotlines/prompt-names.ts';
import { PROMPT_TEXT_AT_MOST } from '../../../domain/ivr/prompt-register.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedNumber } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  Instant,
  nullable,
  Reason,
  VersionNumber,
} from '../shapes/elements.ts';
import {
  Basis,
  isHeard,
  Language,
  NamedPromptShape,
  PromptName,
  PromptNameParams,
  PromptShape,
  shownName,
  shownPrompt,
} from '../shapes/prompts.ts';
import { Moment } from '../shapes/rules.ts';

/** A minute of stereo at 44.1 kHz and 16 bits is ten megabytes. */
const UPLOAD_LIMIT = 12 * 1024 * 1024;
const HEARD_AT_MOST = 1_000;

/** Prompts that are spoken or recorded here: in versions, with an end, approved by a second person, and who heard them. */
export function promptRoutes(app: Api, services: ApiServices): void {
  const { prompts } = services;
  app.addContentTypeParser(
    ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
    { parseAs: 'buffer', bodyLimit: UPLOAD_LIMIT },
    (_request, body, done) => done(null, body),
  );

  app.get(
    '/prompts',
    {
      schema: {
        operationId: 'listPrompts',
        tags: ['prompts'],
        summary: '语音登记簿：各版本，及菜单文字未能合成者',
        response: answers({
          200: exactly({
            prompts: Type.Array(PromptShape),
            menuFailures: Type.Array(exactly({ name: Type.String(), reason: Type.String(), at: Instant })),
            names: Type.Array(NamedPromptShape, { description: '每个语音名：登记的、系统的、规则用到的' }),
          }),
        }),
      },
    },
    async (request) => {
      const [all, failures, published] = await Promise.all([
        prompts.list(),
        prompts.listMenuFailures(),
        services.rules.published(),
      ]);
      const registered = all.map(({ name }) => name);
      return {
        names: published === null ? [] : promptNames(published.rules, registered).map(shownName),
        prompts: all.map((entry) => shownPrompt(entry, all, services.now(), callerOf(request))),
        menuFailures: failures.map(({ name, reason, atMs }) => ({
          name,
          reason,
          at: new Date(atMs).toISOString(),
        })),
      };
    },
  );

  app.get(
    '/prompts/:name',
    {
      schema: {
        operationId: 'readPrompt',
        tags: ['prompts'],
        summary: '一个语音的全部版本，新的在前',
        params: PromptNameParams,
        response: answers({ 200: exactly({ versions: Type.Array(PromptShape) }) }),
      },
    },
    async (request) => {
      const all = await prompts.ofName(request.params.name);
      if (all.length === 0) throw new Refusal('prompt.unknown', { name: request.params.name });
      const caller = callerOf(request);
      return { versions: all.map((entry) => shownPrompt(entry, all, services.now(), caller)) };
    },
  );

  app.post(
    '/prompts/:name/texts',
    {
      config: { creates: true },
      schema: {
        operationId: 'sayPrompt',
        tags: ['prompts'],
        summary: '新版本：文字合成',
        params: PromptNameParams,
        headers: IdempotencyHeaders,
        body: exactly({
          text: Type.String({ minLength: 1, maxLength: PROMPT_TEXT_AT_MOST, description: '要说的话' }),
          language: Type.Optional(Language),
          validUntil: Type.Optional(nullable(Moment)),
          basis: Basis,
        }),
        response: answers({ 201: PromptShape }),
      },
    },
    async (request, reply) => {
      const { text, language = 'zh-CN', validUntil = null, basis = '' } = request.body;
      const made = await sayPrompt(services)({
        id: newIdFor(request, services, 'prompts'),
        name: request.params.name,
        text,
        language,
        basis: basis.trim(),
        validUntilMs: validUntil === null ? null : Date.parse(validUntil),
        madeBy: callerOf(request).id,
      });
      return reply.status(201).send(shownPrompt(made, [made], services.now(), callerOf(request)));
    },
  );

  app.post(
    '/prompts/:name/recordings',
    {
      bodyLimit: UPLOAD_LIMIT,
      config: { creates: true },
      schema: {
        operationId: 'uploadPrompt',
        tags: ['prompts'],
        summary: '新版本：录音（WAV，正文为文件本身）；检查格式、时长、静音和削波，转换为电话格式',
        consumes: ['audio/wav'],
        params: PromptNameParams,
        headers: IdempotencyHeaders,
        querystring: exactly({
          language: Type.Optional(Language),
          validUntil: Type.Optional(Moment),
          basis: Basis,
          text: Type.Optional(Type.String({ maxLength: PROMPT_TEXT_AT_MOST, description: '录音的文字' })),
        }),
        response: answers({ 201: PromptShape }),
      },
    },
    async (request, reply) => {
      const { language = 'zh-CN', validUntil, basis = '', text = '' } = request.query;
      if (!Buffer.isBuffer(request.body)) throw new Refusal('prompt.notWav', { why: 'content-type' });
      const made = await uploadPrompt(services)({
        id: newIdFor(request, services, 'prompts'),
        name: request.params.name,
        audio: request.body,
        text,
        language,
        basis: basis.trim(),
        validUntilMs: validUntil === undefined ? null : Date.parse(validUntil),
        madeBy: callerOf(request).id,
      });
      return reply.status(201).send(shownPrompt(made, [made], services.now(), callerOf(request)));
    },
  );

  app.get(
    '/prompts/:name/audio',
    {
      schema: {
        operationId: 'hearPrompt',
        tags: ['prompts'],
        summary: '试听：指明版本，或现在播放的版本',
        params: PromptNameParams,
        querystring: exactly({ version: Type.Optional(VersionNumber) }),
        response: answers({
          200: {
            description: 'WAV',
            content: { 'audio/wav': { schema: { type: 'string', format: 'binary' } } },
          },
        }),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const all = await prompts.ofName(request.params.name);
      const { version } = request.query;
      const meant = all.find((entry) =>
        version === undefined ? isHeard(entry, all, services.now()) : entry.version === version,
      );
      if (meant === undefined) throw new Refusal('prompt.unknown', { ...request.params, ...request.query });
      const audio = await prompts.audio(meant.id);
      if (audio === null) throw new Refusal('prompt.notSpokenYet', { version: meant.version });
      return reply
        .header('content-disposition', `inline; filename="${meant.name}-${meant.version}.wav"`)
        .type('audio/wav')
        .send(Buffer.from(audio));
    },
  );

  app.post(
    '/prompts/:name/versions/:version/approve',
    {
      schema: {
        operationId: 'approvePrompt',
        tags: ['prompts'],
        summary: '批准一个版本，此后来电方能听到；由制作人以外的人批准，可先试听',
        params: exactly({ name: PromptName, version: VersionNumber }),
        response: answers({ 200: PromptShape }),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const approved = await approvePrompt(services)(request.params, caller.id);
      return shownPrompt(approved, await prompts.ofName(approved.name), services.now(), caller);
    },
  );

  app.post(
    '/prompts/:name/retire',
    {
      schema: {
        operationId: 'retirePrompt',
        tags: ['prompts'],
        summary: '停用一个版本，或全部版本；历史保留',
        params: PromptNameParams,
        body: exactly({
          version: Type.Optional(VersionNumber),
          reason: Reason,
        }),
        response: answers({ 200: exactly({ retired: Type.Integer() }) }),
      },
    },
    async (request) => {
      const { version = null, reason } = request.body;
      const which = { name: request.params.name, version };
      const by = callerOf(request).id;
      return { retired: await retirePrompt(services)(which, { by, because: reason }) };
    },
  );

  app.get(
    '/prompts/:name/heard',
    {
      schema: {
        operationId: 'listPromptHearers',
        tags: ['prompts'],
        summary: '谁听到了这个语音，是哪个版本；新的在前',
        params: PromptNameParams,
        querystring: exactly({ from: Moment, until: Type.Optional(Moment) }),
        response: answers({
          200: exactly({
            calls: Type.Array(
              exactly({
                call: Type.String(),
                at: Instant,
                caller: MaskedNumber,
                end: Type.String({ description: '播放如何结束' }),
                version: nullable(
                  Type.Integer({ description: '登记的版本；null 为系统、菜单或公告的合成语音' }),
                ),
                text: nullable(Type.String({ description: '所说的文字：该版本的，或该通话所用规则的' })),
              }),
              { description: `最近 ${HEARD_AT_MOST} 个` },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, until } = request.query;
      const untilMs = until === undefined ? services.now() : Date.parse(until);
      const heard = await prompts.heard(request.params.name, Date.parse(from), untilMs, HEARD_AT_MOST);
      return {
        calls: heard.map(({ callId, atMs, callerNumber, end, version, text }) => ({
          call: callId,
          at: new Date(atMs).toISOString(),
          caller: maskedNumber(callerNumber),
          end,
          version,
          text,
        })),
      };
    },
  );
}
