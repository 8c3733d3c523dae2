import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Citizen = AnswerOf<paths['/v1/visits']['get']>['citizens'][number];
export type VisitBody = BodyOf<paths['/v1/visits']['post']>;
export type Outcome = VisitBody['outcome'];
type Grade = NonNullable<VisitBody['tickets'][number]['answers']>['result'];

/** What a person can say of a call that he made. */
export const OUTCOMES = [
  'answered',
  'noAnswer',
  'busy',
  'switchedOff',
  'wrongNumber',
  'wrongPerson',
  'machine',
  'callLater',
  'brokenOff',
  'refused',
  'givenUp',
] as const satisfies readonly Outcome[];
/** From the best down, as they are said. */
export const GRADES = [5, 4, 3, 2, 1] as const satisfies readonly Grade[];

/** Of one ticket; what was not asked yet is empty. */
export interface Answers {
  resolved: boolean | null;
  result: Grade | null;
  process: Grade | null;
  words: string;
}
export interface VisitForm {
  outcome: Outcome | '';
  callAgainAt: string;
  answers: Record<string, Answers>;
}
export const noAnswers = (): Answers => ({ resolved: null, result: null, process: null, words: '' });
export const emptyVisit = (): VisitForm => ({ outcome: '', callAgainAt: '', answers: {} });

/** Null: something is missing still. */
export function visitBody(citizen: Citizen, form: VisitForm): VisitBody | null {
  const { outcome } = form;
  if (outcome === '' || (outcome === 'callLater' && form.callAgainAt === '')) return null;
  const tickets: VisitBody['tickets'] = [];
  for (const { id, version } of citizen.tickets) {
    const { resolved, result, process, words } = form.answers[id] ?? noAnswers();
    if (outcome === 'answered') {
      if (resolved === null || result === null || process === null) return null;
      const said = words.trim();
      tickets.push({
        id,
        version,
        answers: { resolved, result, process, ...(said === '' ? {} : { words: said }) },
      });
    } else if (outcome === 'brokenOff') {
      const given = {
        ...(resolved === null ? {} : { resolved }),
        ...(result === null ? {} : { result }),
        ...(process === null ? {} : { process }),
      };
      tickets.push({ id, version, ...(Object.keys(given).length === 0 ? {} : { given }) });
    } else tickets.push({ id, version });
  }
  return { outcome, tickets, ...(outcome === 'callLater' ? { callAgainAt: form.callAgainAt } : {}) };
}
