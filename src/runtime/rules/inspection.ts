import { type Finding, findingsText, type Replayed, replayText, type Tried, tryText } from '../rules-text.ts';
import { type Command, pathOf, whole, word } from './command.ts';
import { daysOf } from './options.ts';

/** Looking before leaping: nothing here changes anything. */
export const INSPECTION_COMMANDS: readonly Command[] = [
  {
    name: 'lint',
    words: '[V]',
    does: { zh: '规则检查；有错误则返回 1', en: 'findings; ends with 1 when there is an error' },
    options: [],
    example: 'lint 7',
    async run({ counter, rest, print }) {
      const version = pathOf(rest[0] ?? 'published');
      const { findings } = await counter.get<{ findings: readonly Finding[] }>(`${version}/findings`);
      print(findingsText(findings));
      return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
    },
  },
  {
    name: 'try',
    words: 'NUMBER',
    does: { zh: '试拨：全程路径和每一步的理由', en: 'the whole path of a call, with reasons' },
    options: ['version', 'at', 'caller', 'reached', 'keys', 'ticket', 'diversion', 'history', 'to'],
    example: 'try 12345 --keys 0 --at 2026-12-01T08:00:00+08:00',
    async run(job) {
      const { at, to, diversion, history, version = 'published', keys, ticket, caller } = job.options;
      const body = {
        dialled: word(job, 0, 'the number'),
        ...(at === undefined ? {} : { at }),
        ...(caller === undefined ? {} : { callerNumber: caller }),
        ...(job.options.reached === undefined ? {} : { reachedInHour: whole(job, 'reached') }),
        ...(keys === undefined ? {} : { keys }),
        ...(ticket === undefined ? {} : { ticket }),
        headers: {
          ...(to === undefined ? {} : { to }),
          ...(diversion === undefined ? {} : { diversion }),
          ...(history === undefined ? {} : { historyInfo: history }),
        },
      };
      job.print(tryText(await job.counter.post<Tried>(`${pathOf(version)}/try`, body)));
      return 0;
    },
  },
  {
    name: 'replay',
    words: 'V',
    does: { zh: '以最近若干日的来电试算', en: 'the last days’ calls through V' },
    options: ['days'],
    example: 'replay 7 --days 30',
    async run(job) {
      const days = daysOf(job.options);
      const version = pathOf(word(job, 0, 'the version'));
      job.print(replayText(await job.counter.post<Replayed>(`${version}/replay`, { days })));
      return 0;
    },
  },
];
