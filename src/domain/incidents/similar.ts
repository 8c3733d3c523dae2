import type { TicketType } from '../tickets/ticket.ts';
import { areaOf, sameArea } from './place.ts';

/** An appeal as far as another may be like it. */
export interface Appealed {
  readonly type: TicketType;
  readonly categoryCode: string;
  /** The branch that the category hangs on; its own code at the top. */
  readonly branchCode: string;
  readonly place: string;
  readonly words: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export const LIKENESS_KINDS = ['category', 'branch', 'area', 'place', 'words', 'time'] as const;
/** Why one appeal is like another, and how much that weighs: what a clerk reads beside the suggestion. */
export interface LikenessReason {
  readonly kind: (typeof LIKENESS_KINDS)[number];
  readonly weight: number;
  /** What they have in common. */
  readonly common: string;
}
export interface Likeness {
  /** 0 to 1. */
  readonly score: number;
  readonly reasons: readonly LikenessReason[];
}

const WEIGHTS = { category: 0.3, branch: 0.15, area: 0.35, place: 0.2, words: 0.25, time: 0.1 } as const;
/** Below, a suggestion costs the clerk more than it gives him. */
export const SUGGESTED_FROM = 0.5;
export const SUGGESTIONS_MOST = 5;
const TIME_MS = 24 * 3_600_000;
/** So many shared pairs of characters are no accident. */
const WORDS_FROM = 0.2;

/** How like two appeals are; the same whichever is asked first. Thanks are like nothing: they are no grievance. */
export function likeness(one: Appealed, other: Appealed): Likeness {
  if (one.type === 'PRAISE' || other.type === 'PRAISE') return { score: 0, reasons: [] };
  const reasons: LikenessReason[] = [];
  const add = (kind: LikenessReason['kind'], share: number, common: string): void => {
    reasons.push({ kind, weight: Math.round(WEIGHTS[kind] * share * 1000) / 1000, common });
  };
  if (one.categoryCode === other.categoryCode) add('category', 1, one.categoryCode);
  else if (one.branchCode === other.branchCode) add('branch', 1, one.branchCode);
  const areas = [areaOf(one.place) || areaOf(one.words), areaOf(other.place) || areaOf(other.words)] as const;
  const places = overlap(pairs(one.place), pairs(other.place));
  if (sameArea(...areas)) add('area', 1, areas[0].length < areas[1].length ? areas[0] : areas[1]);
  else if (places.share >= 0.5) add('place', places.share, places.common.slice(0, 3).join('、'));
  const words = overlap(pairs(one.words), pairs(other.words));
  if (words.share >= WORDS_FROM) add('words', words.share, words.common.slice(0, 5).join('、'));
  const apart = Math.abs(one.at - other.at);
  if (apart < TIME_MS) add('time', 1 - apart / TIME_MS, `${Math.round(apart / 60_000)}`);
  const score = reasons.reduce((sum, { weight }) => sum + weight, 0);
  return { score: Math.min(1, Math.round(score * 1000) / 1000), reasons };
}

/** The likest of those that are like enough, the likest first; of two alike the newer. */
export function suggest<T extends Appealed>(
  appeal: Appealed,
  candidates: readonly T[],
): readonly (Likeness & { readonly of: T })[] {
  return candidates
    .map((of) => ({ of, ...likeness(appeal, of) }))
    .filter(({ score }) => score >= SUGGESTED_FROM)
    .sort((a, b) => b.score - a.score || b.of.at - a.of.at)
    .slice(0, SUGGESTIONS_MOST);
}

/** Two neighbouring characters each: Chinese has no spaces, and pairs say enough. Numbers, signs and courtesies say nothing. */
function pairs(text: string): ReadonlySet<string> {
  const plain = text.replace(/您好|你好|请|谢谢|市民|来电|反映|反应|希望|尽快|处理|解决/g, ' ');
  const runs = plain.match(/[\p{Script=Han}]+/gu) ?? [];
  return new Set(
    runs.flatMap((run) => {
      const characters = [...run];
      return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
    }),
  );
}

/** Of the shorter text how much the longer has as well: a long story of the same thing is still the same thing. */
function overlap(
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
): { readonly share: number; readonly common: readonly string[] } {
  const common = [...one].filter((pair) => other.has(pair)).sort();
  const least = Math.min(one.size, other.size);
  return { share: least < 2 ? 0 : common.length / least, common };
}
