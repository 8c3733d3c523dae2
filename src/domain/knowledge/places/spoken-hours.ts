const WORDS: readonly [RegExp, string][] = [
  [/24h/g, '全天'],
  [/daily/g, '每天'],
  [/workdays/g, '工作日'],
  [/restdays/g, '休息日'],
  [/holidays/g, '节假日'],
  [/closed/g, '休息'],
  ...(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const).map((day, at): [RegExp, string] => [
    new RegExp(day, 'g'),
    `周${'日一二三四五六'.charAt(at)}`,
  ]),
];

/** Hours as a citizen reads them and an agent reads them out. */
export const spokenHours = (hours: string): string =>
  WORDS.reduce((so, [pattern, word]) => so.replace(pattern, word), hours).replace(/;\s*/g, '；');
