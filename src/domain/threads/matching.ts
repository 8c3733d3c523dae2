import { type Appealed, likeness } from '../incidents/similar.ts';

/** One person's earlier appeal, as far as another may be about the same. */
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
  return matches.sort((a, b) => b.score - a.score || b.earlier.at - a.earlier.at)[0] ?? null;
}
