import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { documentNumber } from '../../domain/documents/official-document.ts';
import {
  decideSpecialReport,
  type SpecialReportMove,
  type SpecialReportText,
  tellingParagraphs,
  unwrittenParagraphs,
} from '../../domain/incidents/special-report.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { DocumentBook } from '../ports/documents.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { SpecialReport, SpecialReportBook } from '../ports/special-reports.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface SpecialReportDeps {
  readonly database: Database;
  readonly specialReports: SpecialReportBook;
  readonly documents: Pick<DocumentBook, 'issue'>;
  readonly messages: Pick<MessageBook, 'settings'>;
  readonly now: () => number;
  readonly newId: () => string;
}
type Writer = Actor & { readonly accountId: string };

/** Other words for a draft. Refuses with `specialReport.unknown`, `specialReport.changedMeanwhile`, what `decideSpecialReport` refuses. */
export function editSpecialReport(deps: SpecialReportDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly text: SpecialReportText;
    readonly actor: Writer;
  }): Promise<SpecialReport> =>
    deps.database.transact(async (tx) => {
      const { id, revision, text, actor } = asked;
      await held(deps, { id, revision, move: 'edit', actor }, tx);
      const tidy = {
        title: text.title.trim(),
        addressee: text.addressee.trim(),
        paragraphs: text.paragraphs.map((one) => one.trim()).filter((one) => one !== ''),
      };
      await deps.specialReports.rewrite(id, tidy, { by: actor.accountId, at: deps.now() }, tx);
      return seen(deps, id, tx);
    });
}

/**
 * Issued: numbered as a paper of the house, its words as they are for good; or thrown away. Refuses as well with
 * `specialReport.unwritten` and `specialReport.personal`.
 */
export function endSpecialReport(deps: SpecialReportDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly move: 'issue' | 'discard';
    readonly actor: Writer;
  }): Promise<SpecialReport> =>
    deps.database.transact(async (tx) => {
      const { id, move, actor } = asked;
      const report = await held(deps, asked, tx);
      const touch = { by: actor.accountId, at: deps.now() };
      if (move === 'discard') {
        await deps.specialReports.end(id, { state: 'discarded', documentId: null }, touch, tx);
        return seen(deps, id, tx);
      }
      const unwritten = unwrittenParagraphs(report);
      if (unwritten.length > 0) throw new AppError('specialReport.unwritten', { paragraphs: unwritten });
      const personal = tellingParagraphs(report);
      if (personal.length > 0) throw new AppError('specialReport.personal', { paragraphs: personal });
      const { municipality, zone } = await deps.messages.settings(tx);
      const year = Number(localDateOf(touch.at, zone).slice(0, 4));
      const { id: documentId } = await deps.documents.issue(
        {
          ...{
            id: deps.newId(),
            kind: 'specialReport',
            subject: id,
            ticketId: null,
            orderId: null,
            unitCode: null,
          },
          ...{ circular: null, meetingId: null, reportId: id, issuedAt: touch.at, issuedBy: touch.by },
        },
        year,
        (sequence) => documentNumber('specialReport', municipality, year, sequence),
        tx,
      );
      await deps.specialReports.end(id, { state: 'issued', documentId }, touch, tx);
      return seen(deps, id, tx);
    });
}

async function held(
  { specialReports }: SpecialReportDeps,
  asked: {
    readonly id: string;
    readonly revision: number;
    readonly move: SpecialReportMove;
    readonly actor: Actor;
  },
  tx: Transaction,
): Promise<SpecialReport> {
  const { id, revision, move, actor } = asked;
  const report = await specialReports.lock(id, tx);
  if (report === null) throw new AppError('specialReport.unknown', { id });
  const decided = decideSpecialReport({ move, from: report.state, actor });
  if ('refusal' in decided) throw new AppError(decided.refusal, { move, state: report.state });
  if (report.revision !== revision) {
    throw new AppError('specialReport.changedMeanwhile', { seen: revision, revision: report.revision });
  }
  return report;
}

async function seen(
  { specialReports }: SpecialReportDeps,
  id: string,
  tx: Transaction,
): Promise<SpecialReport> {
  const report = await specialReports.find(id, tx);
  if (report === null) throw new Error('a report that was locked is there');
  return report;
}
