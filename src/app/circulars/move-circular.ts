import { changedFacts } from '../../domain/circulars/changed-facts.ts';
import {
  type CircularState,
  type CircularStep,
  decideCircular,
  signatoryFault,
} from '../../domain/circulars/circular-table.ts';
import { changedFigures } from '../../domain/circulars/figures.ts';
import { personalParagraphs, rendered } from '../../domain/circulars/wording.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { documentNumber } from '../../domain/documents/official-document.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { CircularStepTaken, LockedCircular } from '../ports/circulars.ts';
import type { DocumentBook } from '../ports/documents.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { TicketNoticeBook } from '../ports/ticket-notices.ts';
import type { Transaction } from '../ports/transaction.ts';
import { countFigures } from './count-figures.ts';
import { type CircularDeps, lockedCircular } from './draft-circular.ts';
import { refuseOtherRevision, refuseUnknownFigures } from './edit-circular.ts';
import { sendToUnits, takeBack } from './tell-units.ts';

export type MoveCircularDeps = CircularDeps & {
  readonly accounts: Pick<Accounts, 'byId'>;
  readonly documents: Pick<DocumentBook, 'issue'>;
  readonly messages: MessageBook;
  readonly ticketNotices: Pick<TicketNoticeBook, 'contacts'>;
  readonly calendar: CalendarSource;
  readonly newId: () => string;
};

export interface CircularMoved {
  readonly id: string;
  readonly state: CircularState;
  readonly number: string | null;
}

/** So many changed rows are told by name; there may be thousands. */
const CHANGES_TOLD = 50;

/**
 * One step of a circular, on the revision that was seen. Refuses with `circular.unknown`, `circular.changedMeanwhile`,
 * `circular.noUnits`, `circular.personal`, `circular.signatoryMissing`, `circular.signatoryUnfit`, `circular.periodOpen`, `circular.digestMissing`,
 * `circular.figuresChanged`, * `circular.notSent` and what `decideCircular` refuses.
 */
export function moveCircular(deps: MoveCircularDeps) {
  return (asked: {
    readonly id: string;
    readonly move: CircularStep;
    readonly revision: number;
    readonly words: string;
    /** Whose signature is asked for. */
    readonly signatory: string | null;
    /** Of what the signatory was shown, words, figures and rows; asked for by his signature alone. */
    readonly digest: string | null;
    readonly actor: Actor;
  }): Promise<CircularMoved> =>
    deps.database.transact(async (tx) => {
      const { id, move, actor } = asked;
      const words = asked.words.trim();
      const circular = await lockedCircular(deps, id, tx);
      const { state: from } = circular;
      const decided = decideCircular({ ...circular, move, from, actor, reason: words });
      if ('refusal' in decided) throw new AppError(decided.refusal, { move, state: from });
      refuseOtherRevision(circular, asked.revision);
      const at = deps.now();
      const step = { move, to: decided.to, by: actor.accountId, at, words };
      switch (move) {
        case 'submit': {
          const signatory = await namedSignatory(deps, circular, asked.signatory, tx);
          refuseUnknownFigures(circular.text, circular.figures);
          const personal = personalParagraphs(circular.text);
          if (personal.length > 0) throw new AppError('circular.personal', { paragraphs: personal });
          await deps.circulars.step(id, step, { signatory }, tx);
          break;
        }
        case 'sign':
          refuseOtherDigest(circular, asked.digest);
          return sign(deps, circular, { ...step, by: actor.accountId ?? '' }, actor, tx);
        case 'recall':
        case 'sendBack':
          await deps.circulars.step(id, step, { signatory: null }, tx);
          break;
        case 'withdraw':
          await deps.circulars.step(id, step, {}, tx);
          await takeBack(deps, circular, { kind: 'withdrawn' }, tx);
          break;
        case 'discard':
          await deps.circulars.step(id, step, {}, tx);
          break;
        default:
          move satisfies never;
      }
      return { id, state: decided.to, number: circular.number };
    });
}

async function namedSignatory(
  { accounts }: MoveCircularDeps,
  { writers, units }: LockedCircular,
  named: string | null,
  tx: Transaction,
): Promise<string> {
  if (units.length === 0) throw new AppError('circular.noUnits');
  if (named === null) throw new AppError('circular.signatoryMissing');
  const fault = signatoryFault(await accounts.byId(named, tx), writers);
  if (fault !== null) throw new AppError(fault, { signatory: named });
  return named;
}

/**
 * The signature: from here on words and figures are what they are. They must be what the books say at this moment, of days that
 * are over: what has moved since it was submitted goes back to its writer. Numbered, printed from what was frozen, sent.
 */
async function sign(
  deps: MoveCircularDeps,
  circular: LockedCircular,
  step: CircularStepTaken & { readonly by: string },
  actor: Actor,
  tx: Transaction,
): Promise<CircularMoved> {
  const { id, text, figures, corrects, to } = circular;
  const { at, by } = step;
  const { municipality, zone } = await deps.messages.settings(tx);
  if (to >= localDateOf(at, zone)) throw new AppError('circular.periodOpen', { to });
  await refuseChanged(deps, circular, actor, tx);
  const old = corrects === null ? null : await lockedCircular(deps, corrects, tx);
  if (old !== null && old.state !== 'sent') throw new AppError('circular.notSent', { state: old.state });
  const year = Number(localDateOf(at, zone).slice(0, 4));
  const document = await deps.documents.issue(
    {
      ...{ id: deps.newId(), kind: 'circular', subject: id, ticketId: null, orderId: null, unitCode: null },
      ...{ meetingId: null, reportId: null },
      ...{ circular: rendered(text, figures), issuedAt: at, issuedBy: by },
    },
    year,
    (sequence) => documentNumber('circular', municipality, year, sequence),
    tx,
  );
  const { number } = document;
  const { digest } = circular;
  await deps.circulars.step(id, step, { sentAt: at, documentId: document.id, digest }, tx);
  if (old !== null) {
    const replaced = decideCircular({
      ...old,
      move: 'correct',
      from: old.state,
      actor: SYSTEM,
      reason: number,
    });
    if ('refusal' in replaced) throw new AppError(replaced.refusal, { move: 'correct', state: old.state });
    await deps.circulars.step(
      old.id,
      { move: 'correct', to: replaced.to, by: null, at, words: `由${number}更正` },
      {},
      tx,
    );
  }
  await sendToUnits(deps, { ...circular, number }, old, tx);
  return { id, state: step.to, number };
}

/** Whoever signs says by its hash what he had before his eyes. */
function refuseOtherDigest({ digest, revision }: LockedCircular, seen: string | null): void {
  if (seen === null) throw new AppError('circular.digestMissing');
  if (seen !== digest) throw new AppError('circular.changedMeanwhile', { seen, digest, revision });
}

/** The books say now what stands behind the figures, thing by thing, or the signatory learns what does not; no number of a ticket that is not for him. */
async function refuseChanged(
  deps: MoveCircularDeps,
  circular: LockedCircular,
  actor: Actor,
  tx: Transaction,
): Promise<void> {
  const counted = await countFigures(deps, circular, tx);
  const facts = changedFacts(await deps.circulars.facts(circular.id, tx), counted.rows);
  if (facts.length === 0) return;
  const told = facts.slice(0, CHANGES_TOLD);
  const seen = await deps.circulars.seen(
    told.map(({ ticketId }) => ticketId),
    sightOf(actor),
    tx,
  );
  throw new AppError('circular.figuresChanged', {
    changed: changedFigures(circular.figures, counted.figures),
    rows: told.map(({ ticketId, subjectNumber, ...fact }) => ({
      ...fact,
      subjectNumber: seen.includes(ticketId) ? subjectNumber : null,
    })),
    rowsChanged: facts.length,
  });
}
