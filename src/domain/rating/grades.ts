/**
 * 好差评 in five grades (国办发〔2019〕51号), by the key that says them. The first three are satisfied, as in the
 * authorities' own count.
 */
export const GRADES = {
  5: { zh: '非常满意', en: 'very satisfied', key: '1', satisfied: true },
  4: { zh: '满意', en: 'satisfied', key: '2', satisfied: true },
  3: { zh: '基本满意', en: 'fairly satisfied', key: '3', satisfied: true },
  2: { zh: '不满意', en: 'dissatisfied', key: '4', satisfied: false },
  1: { zh: '非常不满意', en: 'very dissatisfied', key: '5', satisfied: false },
} as const;
export type Grade = keyof typeof GRADES;
/** From the best down: the order in which they are said and shown. */
export const GRADE_ORDER = [5, 4, 3, 2, 1] as const satisfies readonly Grade[];
/** Grades from here up are satisfied. */
export const LEAST_SATISFIED: Grade = 3;

export const gradeOf = (key: string): Grade | null =>
  GRADE_ORDER.find((grade) => GRADES[grade].key === key) ?? null;

/**
 * Whether citizens are asked after a talk: `off`; `keys`, who is still there when the agent has left; `keysOrMessage`,
 * and who hung up first is written to.
 */
export const RATING_WAYS = ['off', 'keys', 'keysOrMessage'] as const;
export type RatingWay = (typeof RATING_WAYS)[number];

/** How the asking ended. `invalid`, `silent`: asked twice. `unasked`: what there was to say could not be played. */
export const RATING_ENDS = ['rated', 'invalid', 'silent', 'hungUp', 'unasked'] as const;
export type RatingEnd = (typeof RATING_ENDS)[number];
