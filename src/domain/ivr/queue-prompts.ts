// data table: what waiting citizens hear of their place. Whole sentences: pieced together they sound like a machine that
// counts, and a language that says it in another order cannot be spoken.

export const PLACE_PROMPTS = {
  'queue-ahead-0': '您是下一位，请稍候。',
  'queue-ahead-1': '您前面还有一位来电人。',
  'queue-ahead-2': '您前面还有两位来电人。',
  'queue-ahead-3': '您前面还有三位来电人。',
  'queue-ahead-4': '您前面还有四位来电人。',
  'queue-ahead-5': '您前面还有五位来电人。',
  'queue-ahead-6': '您前面还有六位来电人。',
  'queue-ahead-7': '您前面还有七位来电人。',
  'queue-ahead-8': '您前面还有八位来电人。',
  'queue-ahead-9': '您前面还有九位来电人。',
  'queue-ahead-10': '您前面还有十位来电人。',
  /** More than ten, twenty, fifty, a hundred. */
  'queue-ahead-11': '您前面还有十多位来电人。',
  'queue-ahead-21': '您前面还有二十多位来电人。',
  'queue-ahead-51': '您前面还有五十多位来电人。',
  'queue-ahead-101': '您前面还有一百多位来电人。',
  'queue-wait-1': '预计等待约一分钟。',
  'queue-wait-2': '预计等待约两分钟。',
  'queue-wait-3': '预计等待约三分钟。',
  'queue-wait-5': '预计等待约五分钟。',
  'queue-wait-10': '预计等待约十分钟。',
  'queue-wait-15': '预计等待约十五分钟。',
  'queue-wait-20': '预计等待约二十分钟。',
  'queue-wait-30': '预计等待约三十分钟。',
  'queue-wait-more': '预计等待超过三十分钟。',
} as const;
export type PlacePrompt = keyof typeof PLACE_PROMPTS;

/** For who is known to speak English; each beside its Chinese, under that name with `-en`. */
export const PLACE_PROMPTS_EN = {
  'queue-ahead-0-en': 'You are next in line. Please hold on.',
  'queue-ahead-1-en': 'There is one caller ahead of you.',
  'queue-ahead-2-en': 'There are two callers ahead of you.',
  'queue-ahead-3-en': 'There are three callers ahead of you.',
  'queue-ahead-4-en': 'There are four callers ahead of you.',
  'queue-ahead-5-en': 'There are five callers ahead of you.',
  'queue-ahead-6-en': 'There are six callers ahead of you.',
  'queue-ahead-7-en': 'There are seven callers ahead of you.',
  'queue-ahead-8-en': 'There are eight callers ahead of you.',
  'queue-ahead-9-en': 'There are nine callers ahead of you.',
  'queue-ahead-10-en': 'There are ten callers ahead of you.',
  'queue-ahead-11-en': 'There are more than ten callers ahead of you.',
  'queue-ahead-21-en': 'There are more than twenty callers ahead of you.',
  'queue-ahead-51-en': 'There are more than fifty callers ahead of you.',
  'queue-ahead-101-en': 'There are more than a hundred callers ahead of you.',
  'queue-wait-1-en': 'Your wait is about one minute.',
  'queue-wait-2-en': 'Your wait is about two minutes.',
  'queue-wait-3-en': 'Your wait is about three minutes.',
  'queue-wait-5-en': 'Your wait is about five minutes.',
  'queue-wait-10-en': 'Your wait is about ten minutes.',
  'queue-wait-15-en': 'Your wait is about fifteen minutes.',
  'queue-wait-20-en': 'Your wait is about twenty minutes.',
  'queue-wait-30-en': 'Your wait is about thirty minutes.',
  'queue-wait-more-en': 'Your wait is more than thirty minutes.',
} as const satisfies Record<`${PlacePrompt}-en`, string>;

/** The compiler sees to it that every number that is said has its sentence. */
