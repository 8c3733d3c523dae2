import { percentOf } from './figures.ts';

export const ADOPTION_FORMULA = '（采纳 + 部分采纳）÷ 期内受理的建议（不含撤回）× 100 %';

/** 建议采纳率 (F-4): null when nobody suggested anything. */
export const adoptionRate = ({
  adopted,
  partly,
  suggestions,
}: {
  readonly adopted: number;
  readonly partly: number;
  readonly suggestions: number;
}): number | null => percentOf(adopted + partly, suggestions);
