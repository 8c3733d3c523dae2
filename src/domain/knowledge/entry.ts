import { tidyText } from '../tickets/storable.ts';

/** On what an answer rests: the paper, which part of it, and where it can be read (empty: on paper only). */
export interface Basis {
  readonly document: string;
  readonly clause: string;
  readonly link: string;
}

/** Whoever shows it makes a link of it only where it leads to a page; a browser would run others. The console has it so too. */
export const isWebAddress = (link: string): boolean => /^https?:\/\/\S+$/i.test(link);

/** A file that goes with an entry, by its id in the books. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
}

/**
 * 知识点: what a unit says about one question. Kept in versions that nobody rewrites, so that what a citizen was told can be
 * read as he was told it.
 */
export interface EntryContent {
  /** In a citizen's words. */
  readonly question: string;
  /** The same question as others ask it. */
  readonly otherWays: readonly string[];
  /** 口播答复: to be read aloud. */
  readonly answer: string;
  /** 短信答复: to be written; empty: this is not sent. */
  readonly message: string;
  /** What the public reads; empty: the answer. Shown only where `isPublic`. */
  readonly publicText: string;
  /** For colleagues; never leaves the house. */
  readonly internalText: string;
  readonly isPublic: boolean;
  readonly basis: readonly Basis[];
  /** Codes of the tickets' catalogue; the first is what a call is counted under that was answered with it. */
  readonly categories: readonly string[];
  /** Codes of areas of the dispatch catalogue; none: everywhere. */
  readonly areas: readonly string[];
  /** Numbers of lines whose pack it belongs to: found first by whoever answers one of them; none: no line's own. */
  readonly lines: readonly string[];
  /** Local days, both included; null: without an end. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly attachments: readonly Attachment[];
}

/** How an entry came to be: written, drafted from a closed enquiry (J12) or an expert's answer (J11), read from a file. */
export const ENTRY_ORIGINS = ['written', 'enquiry', 'expert', 'import', 'sample'] as const;
export type EntryOrigin = (typeof ENTRY_ORIGINS)[number];

/** In characters as people count them. A message leaves room for who sends it. */
export const CONTENT_LENGTHS = {
  question: 200,
  answer: 4000,
  message: 260,
  publicText: 8000,
  internalText: 8000,
} as const;
export const LISTS_MOST = {
  otherWays: 50,
  basis: 20,
  categories: 20,
  areas: 50,
  lines: 50,
  attachments: 20,
} as const;
const WAY_MOST = 200;

export type ContentFault =
  | { readonly code: 'knowledge.textMissing'; readonly data: { readonly field: string } }
  | {
      readonly code: 'knowledge.textTooLong';
      readonly data: { readonly field: string; readonly length: number; readonly max: number };
    }
  | { readonly code: 'knowledge.tooMany'; readonly data: { readonly field: string; readonly max: number } }
  | {
      readonly code: 'knowledge.datesReversed';
      readonly data: { readonly validFrom: string; readonly validTo: string };
    };

/** The content as it will be kept: trimmed, each thing once, without control characters; or why it cannot be. */
export function tidyContent(
  content: EntryContent,
): { readonly content: EntryContent } | { readonly fault: ContentFault } {
  const tidy: EntryContent = {
    ...content,
    question: tidyText(content.question).replaceAll('\n', ' '),
    otherWays: once(content.otherWays.map((way) => tidyText(way).replaceAll('\n', ' '))),
    answer: tidyText(content.answer),
    message: tidyText(content.message).replaceAll('\n', ' '),
    publicText: tidyText(content.publicText),
    internalText: tidyText(content.internalText),
    basis: content.basis.map(({ document, clause, link }) => ({
      document: tidyText(document),
      clause: tidyText(clause),
      link: link.trim(),
    })),
    categories: once(content.categories),
    areas: once(content.areas),
    lines: once(content.lines),
  };
  const fault = faultOf(tidy);
  return fault === null ? { content: tidy } : { fault };
}

function faultOf(tidy: EntryContent): ContentFault | null {
  for (const field of ['question', 'answer'] as const) {
    if (tidy[field] === '') return { code: 'knowledge.textMissing', data: { field } };
  }
  if (tidy.categories.length === 0) {
    return { code: 'knowledge.textMissing', data: { field: 'categories' } };
  }
  for (const field of Object.keys(CONTENT_LENGTHS) as (keyof typeof CONTENT_LENGTHS)[]) {
    const length = charactersIn(tidy[field]);
    const max = CONTENT_LENGTHS[field];
    if (length > max) return { code: 'knowledge.textTooLong', data: { field, length, max } };
  }
  for (const [index, way] of tidy.otherWays.entries()) {
    const length = charactersIn(way);
    if (length > WAY_MOST) {
      return { code: 'knowledge.textTooLong', data: { field: `otherWays.${index}`, length, max: WAY_MOST } };
    }
  }
  for (const field of Object.keys(LISTS_MOST) as (keyof typeof LISTS_MOST)[]) {
    const max = LISTS_MOST[field];
    if (tidy[field].length > max) return { code: 'knowledge.tooMany', data: { field, max } };
  }
  const { validFrom, validTo } = tidy;
  if (validTo !== null && validTo < validFrom) {
    return { code: 'knowledge.datesReversed', data: { validFrom, validTo } };
  }
  return null;
}

export const charactersIn = (text: string): number => [...text].length;

const once = (texts: readonly string[]): readonly string[] => [...new Set(texts)].filter((one) => one !== '');
