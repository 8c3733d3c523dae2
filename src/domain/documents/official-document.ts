/** The papers of the house in the form of GB/T 9704-2012. */
export const DOCUMENT_KINDS = [
  'taskSheet',
  'supervisionOrder',
  'circular',
  'minutes',
  'specialReport',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const DOCUMENT_NAMES: Readonly<Record<DocumentKind, string>> = {
  taskSheet: '任务单',
  supervisionOrder: '督办单',
  circular: '通报',
  minutes: '会议纪要',
  specialReport: '舆情专报',
};
/** What stands for the kind in a number: 如东热线督〔2026〕12号. */
const MARKS: Readonly<Record<DocumentKind, string>> = {
  taskSheet: '任',
  supervisionOrder: '督',
  circular: '通',
  minutes: '纪',
  specialReport: '专',
};

/** 发文字号: issuer, year in hexagonal brackets, number without leading noughts and without 第 (GB/T 9704 7.2.5). */
export function documentNumber(
  kind: DocumentKind,
  municipality: string,
  year: number,
  sequence: number,
): string {
  return `${municipality.replace(/(?<=..)[省市县区]$/, '')}热线${MARKS[kind]}〔${year}〕${sequence}号`;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** 一、 in bold. */
  | { readonly kind: 'heading'; readonly text: string }
  /** Rows of a name and what stands for it, ruled. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly [name: string, value: string])[] };

export interface OfficialDocument {
  /** 发文机关标志, in red above all. */
  readonly issuer: string;
  readonly number: string;
  readonly title: string;
  /** 密级 or 紧急程度, top left; empty: none. */
  readonly marks: readonly string[];
  /** 主送机关. */
  readonly addressee: string;
  readonly blocks: readonly Block[];
  /** 发文机关署名, over the date. */
  readonly signature: string;
  /** 2026年11月25日 */
  readonly date: string;
  /** 抄送; empty: none. */
  readonly copies: readonly string[];
  /** Who holds this copy and since when, across every page; null: it is no secret. */
  readonly watermark: string | null;
}

/** 2026年11月25日, without leading noughts (GB/T 9704 7.3.5.4). */
export function dateWords(localDate: string): string {
  const [year = '', month = '', day = ''] = localDate.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}
