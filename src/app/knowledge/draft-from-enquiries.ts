import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { CONTENT_LENGTHS } from '../../domain/knowledge/entry.ts';
import { maskedWords } from '../../domain/privacy/masked.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { AnsweredEnquiry, KnowledgeCare } from '../ports/knowledge-care.ts';
import type { Log } from '../ports/log.ts';
import { DatabaseAway } from '../ports/transaction.ts';
import { type WritingDeps, writeEntry } from './write-entry.ts';

const BATCH = 50;
const CLOSED_WITHIN_MS = 30 * 86_400_000;

/**
 * J12: the reply of a closed enquiry becomes the draft of an entry of the unit that gave it. Numbers that may be somebody's
 * are hidden, and the rest is for the unit to make fit: a draft is told to nobody. One of which none can be made stops no
 * other; its unit hears why. Returns how many were drafted.
 */
export function draftFromEnquiries(
  deps: WritingDeps & {
    readonly care: Pick<KnowledgeCare, 'answeredEnquiries' | 'noteUndrafted'>;
    readonly log: Pick<Log, 'warn'>;
    readonly calendar: CalendarSource;
    readonly newId: () => string;
  },
) {
  const write = writeEntry(deps).alone;
  const clipped = (text: string, most: number): string => [...maskedWords(text)].slice(0, most).join('');
  const draftOf = async (one: AnsweredEnquiry, today: string): Promise<boolean> => {
    const { outcome } = await write({
      id: deps.newId(),
      ownerUnit: one.unitCode,
      origin: 'enquiry',
      originRef: one.ticketNumber,
      actor: SYSTEM,
      content: {
        question: clipped(one.title || one.content, CONTENT_LENGTHS.question),
        otherWays: [],
        answer: clipped(one.reply, CONTENT_LENGTHS.answer),
        message: '',
        publicText: '',
        internalText: `由已结案咨询 ${one.ticketNumber} 的答复生成，请改写、补充依据后送审。`,
        isPublic: false,
        basis: [],
        categories: [one.categoryCode],
        areas: [],
        lines: [],
        validFrom: today,
        validTo: null,
        attachments: [],
      },
    });
    return outcome === 'added';
  };
  return async (): Promise<number> => {
    const { calendar } = await deps.calendar.load();
    const now = deps.now();
    let drafted = 0;
    for (const one of await deps.care.answeredEnquiries(now - CLOSED_WITHIN_MS, BATCH)) {
      try {
        if (await draftOf(one, localDateOf(now, calendar.zone))) drafted += 1;
      } catch (err) {
        // With the database away nothing is wrong with the enquiry, and it comes round again.
        if (err instanceof DatabaseAway) throw err;
        const why = err instanceof Error ? err.message : String(err);
        deps.log.warn({ err, ticket: one.ticketNumber }, 'no draft could be made of a closed enquiry');
        const { ticketNumber, unitCode } = one;
        await deps.care.noteUndrafted({ ticketNumber, unitCode, why, at: now });
      }
    }
    return drafted;
  };
}
