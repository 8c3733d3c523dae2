import type { MatterPrompt } from '../../ivr/survey-prompts.ts';
import type { UrgentPrompt } from '../../ivr/urgent-prompts.ts';

const TYPES = {
  ENQUIRY: 'urgent-type-enquiry',
  HELP: 'urgent-type-help',
  COMPLAINT: 'urgent-type-complaint',
  REPORT: 'urgent-type-report',
  SUGGESTION: 'urgent-type-suggestion',
  PRAISE: 'urgent-type-praise',
  OTHER: 'urgent-type-other',
} as const satisfies Record<string, UrgentPrompt>;

const DIGIT = /^[0-9]$/;

/** 有一件急办工单，投诉类，工单尾号000012: the serial number of its day. */
export function receiptWords({
  type,
  number,
}: {
  readonly type: keyof typeof TYPES;
  readonly number: string;
}): readonly (UrgentPrompt | MatterPrompt)[] {
  const digits = [...number.slice(number.lastIndexOf('-') + 1)].filter((one) => DIGIT.test(one));
  return ['urgent-hello', TYPES[type], ...digits.map((one) => `digit-${one}` as MatterPrompt)];
}
