import { maskedName, maskedNumber, maskedWords } from '../privacy/masked.ts';
import type { Actor, Role } from '../tickets/ticket.ts';

/** Who may carry a confidential ticket out of the house on paper; its own unit must, to work on it. */
const EXPORTS_CONFIDENTIAL: readonly Role[] = ['lead', 'supervisor', 'adjudicator', 'dispatcher'];
const EXPORTS_LISTED: readonly Role[] = ['lead'];

export interface ExportedTicket {
  readonly confidential: boolean;
  readonly listedOnly: boolean;
  readonly unit: { readonly code: string } | null;
}

/** H20: what may be seen may not always be exported. */
export function exportRefusal(ticket: ExportedTicket, actor: Actor): 'document.noExport' | null {
  if (!ticket.confidential && !ticket.listedOnly) return null;
  const may = ticket.listedOnly ? EXPORTS_LISTED : EXPORTS_CONFIDENTIAL;
  if (actor.unitCode !== null) {
    return !ticket.listedOnly && actor.unitCode === ticket.unit?.code ? null : 'document.noExport';
  }
  return actor.roles.some((role) => may.includes(role)) ? null : 'document.noExport';
}

export interface CitizenOnPaper {
  readonly citizenName: string;
  readonly citizenNumber: string;
  readonly anonymous: boolean;
}

/** What a reason opens that was given and is on record: to a unit who he is, and no number of his (D14). */
export type Opened = 'nothing' | 'name' | 'all';

export function openedTo({ unitCode }: Pick<Actor, 'unitCode'>, leased: boolean): Opened {
  if (!leased) return 'nothing';
  return unitCode === null ? 'all' : 'name';
}

/** Who it is, as this reader may see it. */
export function citizenOnPaper(citizen: CitizenOnPaper, opened: Opened): { name: string; number: string } {
  const { citizenName, citizenNumber, anonymous } = citizen;
  if (opened !== 'nothing') {
    const number = opened === 'all' ? citizenNumber : maskedNumber(citizenNumber);
    return { name: citizenName || '未留姓名', number: number || '未留电话' };
  }
  if (anonymous) return { name: '匿名', number: '不公开' };
  return {
    name: citizenName === '' ? '未留姓名' : maskedName(citizenName),
    number: citizenNumber === '' ? '未留电话' : maskedNumber(citizenNumber),
  };
}

export const wordsOnPaper = (words: string, opened: Opened): string =>
  opened === 'all' ? words : maskedWords(words);
