import { maskedWords, wordsOfNobody } from '../privacy/masked.ts';
import { areaOf } from './place.ts';
import type { SpecialReportText } from './special-report.ts';
import { SURGE_WITHIN_MS } from './surge.ts';

/** An appeal of the incident, as far as its report counts and quotes it. */
export interface BriefedAppeal {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who appeals; '' when he withheld his number. */
  readonly citizen: string;
  /** His name, which his own words may tell; '' when it is not known. */
  readonly name: string;
  readonly place: string;
  readonly content: string;
  readonly over: boolean;
  /** Confidential, anonymous, a report of a violation, or kept to a list: counted, and never quoted. */
  readonly discreet: boolean;
}

export interface IncidentBrief {
  readonly number: string;
  readonly title: string;
  readonly category: string;
  readonly area: string;
  /** The oldest first. */
  readonly appeals: readonly BriefedAppeal[];
  /** What happened to it so far, in words, the oldest first. */
  readonly steps: readonly { readonly at: number; readonly words: string }[];
}

/** To whom it was given with the same act, and what was asked. */
export interface UrgentDispatch {
  readonly unit: string;
  readonly assists: readonly string[];
  readonly demand: string;
  readonly given: number;
  readonly at: number;
}

const EXAMPLES = 3;
/** A report has a hundred paragraphs at most, and nobody reads on further. */
const STEPS_MOST = 40;
const EXAMPLE_CHARS = 80;

/** The most that came within ten minutes: how fast it grew. */
export function mostWithin(appeals: readonly Pick<BriefedAppeal, 'at'>[], spanMs = SURGE_WITHIN_MS): number {
  const times = appeals.map(({ at }) => at).sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [nth, at] of times.entries()) {
    while (at - (times[first] ?? at) > spanMs) first += 1;
    most = Math.max(most, nth - first + 1);
  }
  return most;
}

/** As many citizens as can be told apart; who withheld his number is one. */
export const citizensOf = (appeals: readonly Pick<BriefedAppeal, 'citizen'>[]): number =>
  new Set(appeals.map(({ citizen }) => citizen).filter((one) => one !== '')).size +
  appeals.filter(({ citizen }) => citizen === '').length;

const chars = (text: string): readonly string[] => [...text.replace(/\s+/g, ' ').trim()];
const clipped = (text: string): string =>
  chars(text).length <= EXAMPLE_CHARS
    ? chars(text).join('')
    : `${chars(text)
        .slice(0, EXAMPLE_CHARS - 1)
        .join('')}…`;
const stop = (text: string): string => (/[。！？…]$/.test(text) ? text : `${text}。`);

/** Quoted so that nobody knows him by it: numbers and his name hidden, and of any place the village or the road and no door. */
const example = ({ place, content, name, citizen }: BriefedAppeal, nth: number): string => {
  const area = areaOf(place);
  const words = wordsOfNobody(content, { name, number: citizen });
  return `（${nth + 1}）${area === '' ? '' : `${area}：`}${stop(clipped(words))}`;
};

/** The newest, and how many are left to the books. */
function course(steps: IncidentBrief['steps'], moment: (at: number) => string): readonly string[] {
  const left = Math.max(0, steps.length - STEPS_MOST);
  return [
    ...(left === 0 ? [] : [`此前另有${left}项经过，见事件记录。`]),
    ...steps.slice(left).map(({ at, words }) => `${moment(at)}，${stop(maskedWords(words))}`),
  ];
}

/**
 * The draft of the special report: figures, time line, examples and what was ordered, all from the books; what it means and what
 * is proposed a person writes. `moment` writes an instant in words of the county's own clock.
 */
export function draftSpecialReport(
  brief: IncidentBrief,
  dispatch: UrgentDispatch,
  municipality: string,
  moment: (at: number) => string,
): SpecialReportText {
  const { appeals, area, category, steps } = brief;
  const [first, last] = [appeals[0], appeals.at(-1)];
  const where = area === '' ? '' : `${area}`;
  const span = first === undefined || last === undefined ? '' : `自${moment(first.at)}至${moment(last.at)}，`;
  const over = appeals.filter((one) => one.over).length;
  const quoted = appeals.filter(({ discreet }) => !discreet).slice(0, EXAMPLES);
  const assists = dispatch.assists.length === 0 ? '' : `，${dispatch.assists.join('、')}协办`;
  return {
    title: `关于${where}${category}类诉求集中反映的舆情专报`,
    addressee: `中共${municipality}委员会、${municipality}人民政府`,
    paragraphs: [
      `近期${where}集中反映“${maskedWords(brief.title)}”（事件编号${brief.number}），现将有关情况专报如下。`,
      '一、基本情况',
      `${span}12345热线共受理该类诉求${appeals.length}件，涉及诉求人${citizensOf(appeals)}人，最多时十分钟内${mostWithin(appeals)}件。目前已结${over}件，在办${appeals.length - over}件。`,
      '二、事件经过',
      ...course(steps, moment),
      '三、诉求摘录',
      ...(quoted.length === 0 ? ['诉求涉密或不宜摘录。'] : quoted.map(example)),
      '四、应急处置',
      `${moment(dispatch.at)}，已将其中${dispatch.given}件作为急件交${dispatch.unit}主办${assists}，要求：${stop(maskedWords(dispatch.demand.trim()))}`,
      '五、研判和建议',
      '（请补充原因研判、发展趋势和处置建议）',
    ],
  };
}
