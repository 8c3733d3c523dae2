import type { FastifyRequest } from 'fastify';
import type { RuleVersionSummary } from '../../../app/ports/rules.ts';
import { VERSION_STATE_NAMES } from '../../../domain/hotlines/versions/life.ts';
import { versionWordsInEnglish } from '../../../domain/hotlines/versions/own-words.ts';
import type { RuleVersion } from '../../../domain/hotlines/versions/version.ts';
import { heldWords } from '../held-words.ts';
import { Refusal } from '../problem-replies.ts';
import type { ApiServices } from '../services.ts';

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export function versionSeen({ authorId, authorName, approvals, ...version }: RuleVersionSummary) {
  const held = version.heldBecause === null ? null : heldWords(version.heldBecause);
  return {
    ...version,
    titleEn: versionWordsInEnglish(version.title),
    heldBecause: held?.zh ?? null,
    heldBecauseEn: held?.en ?? null,
    stateName: VERSION_STATE_NAMES[version.state],
    author: { id: authorId, name: authorName },
    approvals: approvals.map(({ by, at }) => ({ by, at: iso(at) })),
    effectiveAt: isoOrNull(version.effectiveAt),
    revertAt: isoOrNull(version.revertAt),
    createdAt: iso(version.createdAt),
    publishedAt: isoOrNull(version.publishedAt),
    retryAt: isoOrNull(version.retryAt),
  };
}

/** A version as the API shows it, once it is written. */
export async function seenVersion(services: ApiServices, { id }: Pick<RuleVersion, 'id'>) {
  const summary = await services.rules.summary(id);
  if (summary === null) throw new Refusal('version.unknown');
  return versionSeen(summary);
}

/** Call control hears of it from the database as well; being asked, it answers when it has it. */
export async function toldVersion(services: ApiServices, request: FastifyRequest, version: RuleVersion) {
  if (version.state === 'published') {
    await services.commands
      .send({ kind: 'reloadConfiguration' })
      .catch((err: unknown) => request.log.warn({ err }, 'call control was not told of the published rules'));
  }
  return seenVersion(services, version);
}
