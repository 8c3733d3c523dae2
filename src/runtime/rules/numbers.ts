import { type NumberHistory, numberHistoryText, type Version, versionLine } from '../rules-text.ts';
import { Misuse } from '../setback.ts';
import { type Command, reasonOf, word } from './command.ts';

const pathOfNumber = (number: string): string => `/numbers/${encodeURIComponent(number)}`;

/** One number through the versions. */
export const NUMBER_COMMANDS: readonly Command[] = [
  {
    name: 'extend',
    words: 'NUMBER',
    does: { zh: '延长过渡期，提交他人复核', en: 'extend a running transition; a second person approves' },
    options: ['months', 'basis', 'reason'],
    example: 'extend 12316 --months 3 --basis 如政办〔2026〕12号 --reason 来电仍多',
    async run(job) {
      const { months: told, basis } = job.options;
      const months = Number(told);
      if (!Number.isInteger(months) || months < 1) {
        throw new Misuse(
          'rules.months',
          `"${told ?? ''}" is no number of months.`,
          'For example --months 3.',
        );
      }
      if (basis === undefined) {
        throw new Misuse('rules.noBasis', '--basis is missing.', 'Name the decision or letter it rests on.');
      }
      const path = `${pathOfNumber(word(job, 0, 'the number'))}/extensions`;
      const version = await job.counter.post<Version>(path, { months, basis, reason: reasonOf(job) });
      job.print(versionLine(version));
      return 0;
    },
  },
  {
    name: 'history',
    words: 'NUMBER',
    does: { zh: '一个号码的经过：谁、何时、为何', en: 'what became of a number: who, when, why' },
    options: [],
    example: 'history 12316',
    async run(job) {
      const path = `${pathOfNumber(word(job, 0, 'the number'))}/history`;
      job.print(numberHistoryText(await job.counter.get<NumberHistory>(path)));
      return 0;
    },
  },
];
