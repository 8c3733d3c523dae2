import type { MatterPrompt } from '../../ivr/survey-prompts.ts';

const PLACES = [
  'survey-matter-1',
  'survey-matter-2',
  'survey-matter-3',
  'survey-matter-4',
] as const satisfies readonly MatterPrompt[];

const TYPES = {
  ENQUIRY: 'survey-type-enquiry',
  HELP: 'survey-type-help',
  COMPLAINT: 'survey-type-complaint',
  REPORT: 'survey-type-report',
  SUGGESTION: 'survey-type-suggestion',
  PRAISE: 'survey-type-praise',
  OTHER: 'survey-type-other',
} as const satisfies Record<string, MatterPrompt>;

const LAST_DIGITS = 4;
const DIGIT = /^[0-9]$/;

/** 第二件，您的投诉，工单尾号0012: which of his matters comes now; `place` from 1. One alone needs no name. */
export function matterWords(
  { type, number }: { readonly type: keyof typeof TYPES; readonly number: string },
  place: number,
  all: number,
): readonly MatterPrompt[] {
  const [first] = PLACES;
  if (all <= 1) return [];
  const digits = [...number].filter((one) => DIGIT.test(one)).slice(-LAST_DIGITS);
  return [PLACES[place - 1] ?? first, TYPES[type], ...digits.map((one) => `digit-${one}` as MatterPrompt)];
}
