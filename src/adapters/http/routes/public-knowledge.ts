import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findAnswers } from '../../../app/knowledge/search/find-answers.ts';
import type { PublicEntry } from '../../../app/ports/knowledge-public.ts';
import { localDateOf, msToMidnight } from '../../../domain/deadlines/local-time.ts';
import { isWebAddress } from '../../../domain/knowledge/entry.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { AttemptLimiter } from '../attempts.ts';
import { cached } from '../cached.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import { answers, exactly, nullable, PageQuery } from '../shapes/elements.ts';

/** A page that people read, not a mirror of the books: who wants all of it goes page by page. */
const A_MINUTE = { max: 120, windowMs: 60_000 } as const;
/** What is withdrawn is gone from every cache within this; what is over at midnight, at midnight. */
const MAX_AGE_S = 60;

const Words = { minLength: 1, maxLength: 100, pattern: VISIBLE } as const;
const Strings = Type.Array(Type.String());
const PublicEntryShape = exactly({
  number: Type.String(),
  question: Type.String(),
  otherWays: Strings,
  text: Type.String({ description: '公开内容' }),
  basis: Type.Array(exactly({ document: Type.String(), clause: Type.String(), link: Type.String() })),
  unit: Type.String({ description: '负责单位' }),
  categories: Strings,
  areas: Strings,
  validFrom: Type.String(),
  validTo: nullable(Type.String()),
  publishedAt: Type.String(),
});
const NotModified = { description: '未变化（If-None-Match）', type: 'null' } as const;

const shown = (entry: PublicEntry) => ({
  ...entry,
  otherWays: [...entry.otherWays],
  // Whoever shows it elsewhere makes a link of it: only of what leads to a page.
  basis: entry.basis.map((one) => ({ ...one, link: isWebAddress(one.link) ? one.link : '' })),
  categories: [...entry.categories],
  areas: [...entry.areas],
});

/** 公开知识库 (J9, L8): the same entries by their public fields, without an account. */
export function publicKnowledgeRoutes(app: Api, services: ApiServices): void {
  const limiter = new AttemptLimiter(A_MINUTE, services.now);
  const today = async (): Promise<{ readonly day: string; readonly maxAgeS: number }> => {
    const { zone } = (await services.calendar.load()).calendar;
    const now = services.now();
    const leftS = Math.floor(msToMidnight(now, zone) / 1000);
    return { day: localDateOf(now, zone), maxAgeS: Math.min(MAX_AGE_S, leftS) };
  };
  const find = findAnswers({ ...services, searchIndex: services.publicSearch });
  /** As an agent would find them. What is not the public's is neither looked at nor shown. */
  const answersTo = async (words: string, category: string | undefined, limit: number, day: string) => {
    const { hits } = await find({
      ...{ words, typing: false, kind: 'entry', publicOnly: true, limit },
      ...(category === undefined ? {} : { category }),
    });
    return services.publicKnowledge.byIds(
      hits.map(({ document }) => document.ref),
      day,
    );
  };
  const admit = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const waitMs = limiter.take(request.ip);
    if (waitMs !== null) throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
  };

  app.get(
    '/public/knowledge',
    {
      onRequest: admit,
      schema: {
        operationId: 'listPublicKnowledge',
        tags: ['public'],
        summary: '公开知识库：今天有效的公开条目，按编号，或用市民的话查；可缓存，无需登录',
        security: [],
        querystring: exactly({
          ...PageQuery,
          category: Type.Optional(PathCode),
          words: Type.Optional(
            Type.String({
              ...Words,
              description: '市民的话：同义词、拼音、错别字都认，最贴切的在前，不分页；此时不看 after',
            }),
          ),
          text: Type.Optional(Type.String({ ...Words, description: '同 words；两者都有时以 words 为准' })),
        }),
        response: answers({
          200: exactly({ entries: Type.Array(PublicEntryShape), next: nullable(Type.String()) }),
          304: NotModified,
        }),
      },
    },
    async (request, reply) => {
      const { limit, after, text, words = text, ...filter } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { day, maxAgeS } = await today();
      if (words !== undefined) {
        const found = await answersTo(words, filter.category, limit, day);
        return cached(request, reply, { entries: found.map(shown), next: null }, maxAgeS) ?? reply;
      }
      const { entries, next } = await services.publicKnowledge.list(filter, day, page);
      return cached(request, reply, { entries: entries.map(shown), next }, maxAgeS) ?? reply;
    },
  );

  app.get(
    '/public/knowledge/:number',
    {
      onRequest: admit,
      schema: {
        operationId: 'readPublicKnowledge',
        tags: ['public'],
        summary: '一个公开条目；过期或撤回的不再提供',
        security: [],
        params: exactly({ number: Type.String({ maxLength: 40 }) }),
        response: answers({ 200: PublicEntryShape, 304: NotModified }),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const { day, maxAgeS } = await today();
      const found = await services.publicKnowledge.find(number, day);
      if (found === 'unknown') throw new Refusal('knowledge.unknown', { number });
      if (found === 'gone') throw new Refusal('knowledge.gone', { number });
      return cached(request, reply, shown(found), maxAgeS) ?? reply;
    },
  );
}
