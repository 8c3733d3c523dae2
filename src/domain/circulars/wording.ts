import { maskedWords } from '../privacy/masked.ts';
import { type CircularFigure, FACTS, type FactKind, figureId } from './figures.ts';

/** What a person works on. A figure stands in a text as `{overdue.water}`, so that no number is typed. */
export interface CircularText {
  readonly title: string;
  readonly addressee: string;
  /** One that begins with 一、 is a heading. */
  readonly paragraphs: readonly string[];
  readonly copies: readonly string[];
}

const TOKEN = /\{([A-Za-z]+\.[a-z0-9-]+)\}/g;

/** The text with its figures in it. A name that stands for no figure stays as it is. */
export function withFigures(text: string, figures: readonly CircularFigure[]): string {
  const counts = new Map(figures.map(({ id, count }) => [id, count]));
  return text.replace(TOKEN, (whole, id: string) => String(counts.get(id) ?? whole));
}

export function rendered(text: CircularText, figures: readonly CircularFigure[]): CircularText {
  return {
    ...text,
    title: withFigures(text.title, figures),
    paragraphs: text.paragraphs.map((one) => withFigures(one, figures)),
  };
}

/** Names in braces that stand for no figure of this circular: mistyped, or of a unit that it does not count. */
export function unknownFigures(text: CircularText, figures: readonly CircularFigure[]): readonly string[] {
  const known = new Set(figures.map(({ id }) => id));
  const named = [text.title, ...text.paragraphs].flatMap((one) => [...one.matchAll(TOKEN)]);
  return [...new Set(named.flatMap(([, id]) => (id === undefined || known.has(id) ? [] : [id])))];
}

/** A number with a measure word that somebody typed: nothing in the books stands behind it. 个工作日 is a time, no count. */
const TYPED =
  /[0-9０-９]+(?:[.．][0-9０-９]+)?\s*(?:件次|件|项|次|起|单|家|宗|例|人次|%|％|个(?!工作日|月|小时|自然日))/g;

export interface TypedNumber {
  /** Where it stands, counted from nought. */
  readonly paragraph: number;
  readonly words: string;
}

/** What the signatory is shown: each of these he believes on the writer's word alone. */
export function typedNumbers({ paragraphs }: CircularText): readonly TypedNumber[] {
  return paragraphs.flatMap((text, paragraph) =>
    [...text.replace(TOKEN, '').matchAll(TYPED)].map(([words]) => ({ paragraph, words })),
  );
}

/** Paragraphs in which somebody's number stands: a circular goes to many, and none of them needs it. -1: the title. */
export function personalParagraphs({ title, paragraphs }: CircularText): readonly number[] {
  return [title, ...paragraphs].flatMap((text, at) => (maskedWords(text) === text ? [] : [at - 1]));
}

export interface NamedUnit {
  readonly code: string;
  readonly name: string;
}

const token = (kind: FactKind, unitCode: string | null): string => `{${figureId(kind, unitCode)}}`;
const phrase = (kind: FactKind, unitCode: string | null): string =>
  `${FACTS[kind].zh}${token(kind, unitCode)}${FACTS[kind].of}`;

/** 2026年11月1日至30日 */
function periodWords(from: string, to: string): string {
  const [year = '', month = '', day = ''] = from.split('-');
  const [endYear = '', endMonth = '', endDay = ''] = to.split('-');
  const start = `${year}年${Number(month)}月${Number(day)}日`;
  if (from === to) return start;
  const end = `${Number(endDay)}日`;
  if (year !== endYear) return `${start}至${endYear}年${Number(endMonth)}月${end}`;
  return month === endMonth ? `${start}至${end}` : `${start}至${Number(endMonth)}月${end}`;
}

const DAYS_TO_ANSWER = 3;

/**
 * The draft: nothing in it that a figure does not say. Units stand in the order of their most grievous fault, those without any
 * are not named.
 */
export function draftText(input: {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly FactKind[];
  readonly units: readonly NamedUnit[];
  readonly figures: readonly CircularFigure[];
}): CircularText {
  const { from, to, kinds, units, figures } = input;
  const counts = new Map(figures.map(({ id, count }) => [id, count]));
  const count = (kind: FactKind, unitCode: string | null): number =>
    counts.get(figureId(kind, unitCode)) ?? 0;
  const found = (unitCode: string | null): readonly FactKind[] =>
    kinds.filter((kind) => count(kind, unitCode) > 0);
  const period = periodWords(from, to);
  const named = units
    .filter(({ code }) => found(code).length > 0)
    .sort((one, other) => {
      const first = kinds.find((kind) => count(kind, one.code) !== count(kind, other.code));
      if (first === undefined) return one.code < other.code ? -1 : 1;
      return count(first, other.code) - count(first, one.code);
    });
  const all = found(null);
  const body =
    all.length === 0
      ? ['期间未发现需要通报的情形。']
      : [
          `期间${all.map((kind) => phrase(kind, null)).join('，')}。`,
          '二、存在问题的单位',
          ...named.map(
            ({ code, name }) =>
              `${name}：${found(code)
                .map((kind) => phrase(kind, code))
                .join('，')}。`,
          ),
          '三、有关要求',
          `请上述单位查明原因，逐件整改，自收到本通报之日起${DAYS_TO_ANSWER}个工作日内书面反馈。`,
        ];
  return {
    title: `关于${period}诉求办理督办情况的通报`,
    addressee: '各承办单位',
    paragraphs: [`现将${period}热线诉求办理的督办情况通报如下。`, '一、总体情况', ...body],
    copies: [],
  };
}
