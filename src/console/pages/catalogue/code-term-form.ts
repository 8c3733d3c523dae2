import type { CodeTerm, Draft, DraftEdit, ListId } from './code-desk.ts';

/** What is written of one code, and what it was written on. */
export interface TermForm {
  code: string;
  name: string;
  parentCode: string;
  words: string;
  unitKind: string;
  /** Out of use from the next edition on, and what takes its place. */
  gone: boolean;
  successor: string;
  /** The draft's when this was begun, and the line that stood in it; null: none did. */
  revision: number;
  seen: CodeTerm | null;
}

export const termFormOf = (term: CodeTerm | null, revision: number): TermForm => ({
  ...{ code: term?.code ?? '', name: term?.name ?? '', parentCode: term?.parentCode ?? '' },
  ...{ words: (term?.words ?? []).join('、'), unitKind: term?.unitKind ?? '' },
  ...{ gone: false, successor: '', revision, seen: term },
});

const said = (text: string): readonly string[] =>
  text
    .split(/[;；、，,]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Members one by one: a term that was kept on this machine has them in an order of its own. */
const spelt = (term: CodeTerm | null): string =>
  term === null ? '' : JSON.stringify([term.code, term.parentCode, term.name, term.words, term.unitKind]);
export const isSameTerm = (one: CodeTerm | null, other: CodeTerm | null): boolean =>
  spelt(one) === spelt(other);

/** The line as it is meant; null: it is taken out. */
export function meantBy(
  { code, name, parentCode, words, unitKind, gone }: TermForm,
  list: ListId,
): CodeTerm | null {
  if (gone) return null;
  return {
    ...{ code: code.trim(), name: name.trim(), words: [...said(words)] },
    parentCode: list === 'unit' || parentCode === '' ? null : parentCode,
    unitKind: list === 'unit' ? unitKind : null,
  };
}

/** `inForce`: what the draft follows. A code in it that is called otherwise goes on as itself, or it would be taken for another. */
export function editOf(
  form: TermForm,
  list: ListId,
  { mapping, inForce }: Pick<Draft, 'mapping'> & { readonly inForce: readonly CodeTerm[] },
): DraftEdit {
  const meant = meantBy(form, list);
  if (meant !== null) {
    const { code, name } = meant;
    const isRenamed = inForce.some((one) => one.code === code && one.name !== name);
    const isNew = isRenamed && mapping.every(({ from }) => from !== code);
    return { set: [meant], ...(isNew ? { mapping: [{ from: code, to: code, main: true }] } : {}) };
  }
  const { code: from, successor } = form;
  return { remove: [from], ...(successor === '' ? {} : { mapping: [{ from, to: successor, main: true }] }) };
}

/** What of a list is another by now: lines that came, that changed, and that are gone. */
export function changedTerms(
  before: readonly CodeTerm[],
  after: readonly CodeTerm[],
): readonly { readonly term: CodeTerm; readonly mark: 'new' | 'changed' | 'gone' }[] {
  const [was, is] = [before, after].map((terms) => new Map(terms.map((term) => [term.code, term])));
  return [
    ...after.flatMap((term) => {
      const then = was?.get(term.code) ?? null;
      if (isSameTerm(then, term)) return [];
      return [{ term, mark: then === null ? ('new' as const) : ('changed' as const) }];
    }),
    ...before.flatMap((term) => (is?.has(term.code) === true ? [] : [{ term, mark: 'gone' as const }])),
  ];
}
