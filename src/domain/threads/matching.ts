import { areaOf, doorOf, sameArea } from '../incidents/place.ts';
import { type Appealed, likeness } from '../incidents/similar.ts';

/** An appeal of before, as far as another may be about the same. */
export interface EarlierAppeal extends Appealed {
  readonly ticketId: string;
  readonly threadId: string | null;
}

/** How like an appeal of the same person must be to be about the same matter; time does not count: it may be years. */
const SAME_MATTER_FROM = 0.4;

export interface Match {
  readonly earlier: EarlierAppeal;
  readonly score: number;
  /** What they have in common, for who reads why they are one thread. */
  readonly reason: string;
}

const WORDS: Readonly<Record<string, string>> = {
  category: '同类',
  branch: '同一大类',
  area: '同一地点',
  place: '地点相近',
  words: '用词相近',
};

/** The same with the things that it names, by the catalogue: a lamp, a hydrant. */
export interface NamedAppeal extends EarlierAppeal {
  readonly assets: readonly string[];
}

/** Between appeals of different people about one thing; what one person brings forward again may be years old. */
export const NEAR_MS = 90 * 86_400_000;

/** Where it is: the smallest named area, in the place or else in the words; '' when none is named. */
export const placeOf = ({ place, words }: Pick<Appealed, 'place' | 'words'>): string =>
  areaOf(place) || areaOf(words);

/**
 * The appeal of whomever that this one is about as well (F-8): the same category, the same named place, the same thing, at
 * about the same time. A road has many doors, and two doors are two matters. Of things that nobody names the words must
 * agree. null: a matter that nobody else has brought forward.
 */
export function sameMatterOf(appeal: NamedAppeal, others: readonly NamedAppeal[]): Match | null {
  const matches = others.flatMap((one): Match[] => {
    if (one.categoryCode !== appeal.categoryCode || !sameArea(placeOf(appeal), placeOf(one))) return [];
    if (Math.abs(one.at - appeal.at) > NEAR_MS) return [];
    const [here, there] = [doorOf(appeal.place || appeal.words), doorOf(one.place || one.words)];
    if (here !== '' && there !== '' && here !== there) return [];
    const things = appeal.assets.filter((asset) => one.assets.includes(asset));
    if (things.length === 0 && appeal.assets.length > 0 && one.assets.length > 0) return [];
    const { score, reasons } = likeness(appeal, one);
    if (things.length === 0 && !reasons.some(({ kind }) => kind === 'words')) return [];
    const words = things.length > 0 ? '同一设施' : '用词相近';
    return [{ earlier: one, score, reason: `不同来电人，同类、同一地点、${words}、时间相近` }];
  });
  return best(matches);
}

const best = (matches: readonly Match[]): Match | null =>
  [...matches].sort((a, b) => b.score - a.score || b.earlier.at - a.earlier.at)[0] ?? null;

/** The earlier appeal of the same person that this one is about as well; null: another matter, a thread of its own. */
export function matterOf(appeal: Appealed, earlier: readonly EarlierAppeal[]): Match | null {
  const matches = earlier.flatMap((one): Match[] => {
    const reasons = likeness(appeal, one).reasons.filter(({ kind }) => kind !== 'time');
    const score = reasons.reduce((sum, { weight }) => sum + weight, 0);
    // Of one branch at the least: a person's lamp and his water are two matters, though both are at his house.
    const sameBranch = reasons.some(({ kind }) => kind === 'category' || kind === 'branch');
    if (!sameBranch || score < SAME_MATTER_FROM) return [];
    const reason = `同一来电人，${reasons.map(({ kind }) => WORDS[kind] ?? kind).join('、')}`;
    return [{ earlier: one, score, reason }];
  });
  return best(matches);
}
