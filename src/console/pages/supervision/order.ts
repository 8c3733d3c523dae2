import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Order = AnswerOf<paths['/v1/supervision']['get']>['orders'][number];
export type OrderMove = BodyOf<paths['/v1/supervision/{id}/moves']['post']>['move'];
export type Instrument = Order['instrument'];

export const INSTRUMENTS = [
  'written',
  'onSite',
  'meeting',
  'media',
  'notice',
] as const satisfies readonly Instrument[];

/** What the paper of each instrument says beside its demand, and what comes out of it. */
export const PAPERS: Readonly<
  Record<Instrument, { readonly document: readonly string[]; readonly outcome: readonly string[] }>
> = {
  onSite: { document: ['place', 'at', 'participants'], outcome: ['findings'] },
  written: { document: [], outcome: [] },
  meeting: { document: ['topic', 'at', 'chair', 'participants'], outcome: ['decision'] },
  media: { document: ['medium', 'question'], outcome: ['published'] },
  notice: { document: ['facts'], outcome: [] },
};

export const textsOf = (
  fields: readonly string[],
  form: Readonly<Record<string, string>>,
): Record<string, string> => Object.fromEntries(fields.map((field) => [field, (form[field] ?? '').trim()]));
