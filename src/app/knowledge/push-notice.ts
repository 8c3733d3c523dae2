import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { standingOf } from '../../domain/knowledge/standing.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { KnowledgeBook } from '../ports/knowledge.ts';
import type { NewNotice, NoticeBook } from '../ports/knowledge-notices.ts';
import type { Database } from '../ports/transaction.ts';
import type { AfterVersionMove } from './move-version.ts';

const HOUR_MS = 3_600_000;
const TEXT_MOST = 4000;

export interface NoticeDeps {
  readonly database: Database;
  readonly knowledgeNotices: NoticeBook;
  readonly knowledge: Pick<KnowledgeBook, 'version'>;
  readonly configuration: ConfigurationPublisher;
  readonly now: () => number;
}

/**
 * 第一时间发布给每一位受理员 (HM-05, J5). A critical one is published with the configuration, so that call control holds back
 * by it also while the database is away.
 *
 * Refuses with `knowledge.textMissing`, `knowledge.versionUnknown` and `knowledge.expired`.
 */
export function pushNotice(deps: NoticeDeps & { readonly calendar: CalendarSource }) {
  return async (asked: {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly critical: boolean;
    readonly entry: { readonly id: string; readonly version: number } | null;
    readonly hours: number;
    readonly by: string;
  }): Promise<void> => {
    const { id, critical, entry, hours, by } = asked;
    const [title, text] = [asked.title.trim(), asked.text.trim()];
    if (title === '' || text === '')
      throw new AppError('knowledge.textMissing', { field: title === '' ? 'title' : 'text' });
    const at = deps.now();
    if (entry !== null) {
      const version = await deps.knowledge.version(entry.id, entry.version);
      if (version === null) throw new AppError('knowledge.versionUnknown', { ...entry });
      const { calendar } = await deps.calendar.load();
      // Nobody is made to read what he must not tell.
      if (standingOf(version, localDateOf(at, calendar.zone)) === 'expired') {
        throw new AppError('knowledge.expired', { version: version.number, validTo: version.validTo });
      }
    }
    const about = { entryId: entry?.id ?? null, version: entry?.version ?? null };
    await deps.database.transact(async (tx) => {
      const notice = { id, title, text, critical, ...about, at, by, until: at + hours * HOUR_MS };
      const added = await deps.knowledgeNotices.add(notice, tx);
      if (added === 'added' && critical) await deps.configuration.publish(tx);
    });
  };
}

export const PUSHES = ['none', 'normal', 'critical'] as const;
export type Push = (typeof PUSHES)[number];

const TITLE_QUESTION = 40;
const PUSHED_HOURS = 24;

/** What is published is told to every agent with it, in the same transaction; how, its publisher says. */
export function pushPublished(
  deps: Pick<NoticeDeps, 'knowledgeNotices' | 'configuration' | 'now'> & { readonly newId: () => string },
  push: Push,
): AfterVersionMove {
  return async ({ entry, version, content, move, actor }, tx) => {
    const by = actor.accountId;
    if (push === 'none' || by === null || (move !== 'publish' && move !== 'publishAtOnce')) return;
    const at = deps.now();
    const critical = push === 'critical';
    const notice: NewNotice = {
      ...{ id: deps.newId(), critical, entryId: entry.id, version: version.number, at, by },
      title: `知识更新：${[...content.question].slice(0, TITLE_QUESTION).join('')}`,
      text: `${entry.number} 第 ${version.number} 版\n口播答复：${content.answer}`.slice(0, TEXT_MOST),
      until: at + PUSHED_HOURS * HOUR_MS,
    };
    await deps.knowledgeNotices.add(notice, tx);
    if (critical) await deps.configuration.publish(tx);
  };
}

/** It holds back nobody any more. False: it was withdrawn before. Refuses with `knowledge.noticeUnknown`. */
export function withdrawNotice(deps: NoticeDeps) {
  return async (id: string, by: string): Promise<boolean> => {
    const notice = await deps.knowledgeNotices.find(id, by);
    if (notice === null) throw new AppError('knowledge.noticeUnknown', { notice: id });
    return deps.database.transact(async (tx) => {
      const withdrawn = await deps.knowledgeNotices.withdraw(id, deps.now(), tx);
      if (withdrawn && notice.critical) await deps.configuration.publish(tx);
      return withdrawn;
    });
  };
}
