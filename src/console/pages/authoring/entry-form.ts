import { dayOf } from '../../elements/moments.ts';
import type { Content } from './shapes.ts';
import type { Words } from './version-words.ts';

export interface Basis {
  document: string;
  clause: string;
  link: string;
}

/** What an author has before him; several things of one kind stand as he types them. */
export interface EntryForm {
  unit: string;
  question: string;
  /** One a line. */
  otherWays: string;
  answer: string;
  message: string;
  publicText: string;
  internalText: string;
  isPublic: boolean;
  basis: Basis[];
  categories: string[];
  areas: string[];
  lines: string[];
  validFrom: string;
  /** Empty: without an end. */
  validTo: string;
  attachments: { id: string; name: string }[];
  /** Of the entry as it was when this was begun; 0: nothing has been read yet, or it is a new one. */
  revision: number;
  /** What it said then (`contentOf`, as JSON): what differs from it was typed here. */
  base: string;
}

export const emptyForm = (): EntryForm => ({
  ...{ unit: '', question: '', otherWays: '', answer: '', message: '', publicText: '', internalText: '' },
  ...{
    isPublic: true,
    basis: [{ document: '', clause: '', link: '' }],
    categories: [],
    areas: [],
    lines: [],
  },
  ...{ validFrom: dayOf(Date.now()), validTo: '', attachments: [], revision: 0, base: '' },
});

export const formOf = (words: Words, unit: string, revision: number): EntryForm =>
  based({
    base: '',
    ...{
      unit,
      revision,
      question: words.question,
      otherWays: words.otherWays.join('\n'),
      answer: words.answer,
    },
    ...{ message: words.message, publicText: words.publicText, internalText: words.internalText },
    ...{ isPublic: words.isPublic, validFrom: words.validFrom, validTo: words.validTo ?? '' },
    basis: words.basis.length === 0 ? emptyForm().basis : words.basis.map((one) => ({ ...one })),
    categories: [...words.categories],
    areas: [...words.areas],
    lines: [...words.lines],
    attachments: words.attachments.map((one) => ({ ...one })),
  });

/** Nothing of it is typed yet, as it stands. */
export const based = (form: EntryForm): EntryForm => ({ ...form, base: JSON.stringify(contentOf(form)) });

const filled = ({ document, clause, link }: Basis): boolean => `${document}${clause}${link}`.trim() !== '';

export const contentOf = (form: EntryForm): Content => ({
  ...{ question: form.question, answer: form.answer, message: form.message, publicText: form.publicText },
  ...{ internalText: form.internalText, isPublic: form.isPublic, validFrom: form.validFrom },
  otherWays: form.otherWays.split('\n').filter((way) => way.trim() !== ''),
  basis: form.basis.filter(filled).map((one) => ({ ...one })),
  categories: form.categories,
  areas: form.areas,
  lines: form.lines,
  validTo: form.validTo === '' ? null : form.validTo,
  attachments: form.attachments,
});

/** As a version has them, to be held against another. */
export const wordsOf = (form: EntryForm): Words => ({
  ...contentOf(form),
  ...{
    message: form.message,
    publicText: form.publicText,
    internalText: form.internalText,
    isPublic: form.isPublic,
  },
  otherWays: form.otherWays.split('\n').filter((way) => way.trim() !== ''),
  basis: form.basis.filter(filled),
  areas: form.areas,
  lines: form.lines,
  validTo: form.validTo === '' ? null : form.validTo,
  attachments: form.attachments,
});

/** Somebody has typed into it what is nowhere else. */
export const isTyped = (form: EntryForm): boolean =>
  isBegun(form) && JSON.stringify(contentOf(form)) !== form.base;

export const isBegun = (form: EntryForm): boolean =>
  `${form.question}${form.otherWays}${form.answer}${form.message}${form.publicText}${form.internalText}`.trim() !==
  '';
