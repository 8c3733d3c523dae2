import { Misuse } from '../setback.ts';
import { type Command, type Job, reasonOf, whole, word } from './command.ts';
import type { Options } from './options.ts';

/** What the API answers of announcements, as far as a terminal shows it. */
interface Incident {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly stateName: string;
  readonly lines: readonly string[] | null;
  readonly area: {
    readonly areaCodes: readonly string[];
    readonly prefixes: readonly string[];
    readonly numbers: readonly string[];
    readonly unknownHear: boolean;
  } | null;
  readonly from: string;
  readonly until: string;
  readonly spokenAt: string | null;
  readonly spokenFailure: string | null;
  readonly subscribers: number;
  readonly waiting: number;
  readonly byPhone: number;
}
interface Changed {
  readonly announcement: Incident;
  readonly findings: readonly {
    readonly code: string;
    readonly message: { readonly zh: string };
    readonly cure: { readonly zh: string };
  }[];
}

function incidentText(one: Incident): string {
  const { area, lines } = one;
  const where =
    area === null
      ? '任何来电'
      : [...area.areaCodes, ...area.prefixes.map((prefix) => `${prefix}…`), ...area.numbers]
          .concat(area.unknownHear ? ['区域不明的也播放'] : [])
          .join('、');
  const sound = one.spokenFailure ?? (one.spokenAt === null ? '语音生成中' : '语音已生成');
  return [
    `${one.id}  ${one.stateName}  ${one.title}`,
    `  ${one.text}`,
    `  ${one.from} 至 ${one.until}  被叫 ${lines?.join('、') ?? '全部'}  来电 ${where}  ${sound}`,
    `  登记 ${one.subscribers}  待告知 ${one.waiting}  须电话告知 ${one.byPhone}`,
  ].join('\n');
}

function changedText({ announcement, findings }: Changed): string {
  const rows = findings.map(({ code, message, cure }) => `  ${code}  ${message.zh}；改法：${cure.zh}`);
  return [incidentText(announcement), ...rows].join('\n');
}

const listed = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/[,，\s]+/).filter((one) => one !== '');

/** Until a moment, or for so many hours. */
function untilOf(job: Job): string {
  const { until, hours } = job.options;
  if ((until === undefined) === (hours === undefined)) {
    throw new Misuse(
      'rules.until',
      'It needs an end.',
      'Give either --hours 4 or --until 2026-12-01T20:00:00+08:00.',
    );
  }
  return until ?? new Date(Date.now() + whole(job, 'hours') * 3_600_000).toISOString();
}

function aimOf({ lines, areas, prefixes, callers, unknown }: Options): object {
  const area = {
    areaCodes: listed(areas),
    prefixes: listed(prefixes),
    numbers: listed(callers),
    unknownHear: unknown,
  };
  const isAimed = [areas, prefixes, callers].some((one) => one !== undefined);
  if (unknown && !isAimed) {
    throw new Misuse(
      'rules.unknown',
      '--unknown means nothing without an area.',
      'Add --areas, --prefixes or --callers.',
    );
  }
  return { ...(lines === undefined ? {} : { lines: listed(lines) }), ...(isAimed ? { area } : {}) };
}

/** `--key none`: no list is offered. */
const offerOf = (key: string | undefined): object =>
  key === undefined ? {} : { offerKey: key === 'none' ? null : key };

const ending = (name: string, move: 'close' | 'withdraw', zh: string, en: string): Command => ({
  name,
  words: 'ID',
  does: { zh, en },
  options: ['reason', 'text'],
  example: `${name} ID --reason 供水已恢复 --text 余荡村已恢复供水`,
  async run(job) {
    const { text } = job.options;
    const id = encodeURIComponent(word(job, 0, 'the announcement'));
    const body = { reason: reasonOf(job), ...(text === undefined ? {} : { ending: text }) };
    job.print(changedText(await job.counter.send<Changed>(`/announcements/${id}/${move}`, body)));
    return 0;
  },
});

/** Announcements of incidents: they act at once, beside the versions of the rules. */
export const ANNOUNCEMENT_COMMANDS: readonly Command[] = [
  {
    name: 'announce',
    words: 'TITLE',
    does: { zh: '播放突发事件通知，自下一个来电起', en: 'an incident’s announcement, from the next call on' },
    options: ['text', 'hours', 'until', 'lines', 'areas', 'prefixes', 'callers', 'unknown', 'key', 'reason'],
    example:
      'announce 余荡村停水 --text 余荡村今晚停水，预计十点恢复。 --hours 4 --prefixes 8411 --reason 供水公司来电',
    async run(job) {
      const { options, counter, print } = job;
      if (options.text === undefined) {
        throw new Misuse('rules.text', '--text is missing.', 'Say what callers shall hear.');
      }
      const body = {
        title: word(job, 0, 'the title'),
        text: options.text,
        until: untilOf(job),
        reason: reasonOf(job),
        ...aimOf(options),
        ...offerOf(options.key),
      };
      print(changedText(await counter.send<Changed>('/announcements', body)));
      return 0;
    },
  },
  {
    name: 'announcements',
    words: '',
    does: { zh: '通知一览，新的在前', en: 'announcements, newest first' },
    options: [],
    example: 'announcements',
    async run({ counter, print }) {
      const { announcements } = await counter.read<{ announcements: readonly Incident[] }>('/announcements');
      print(announcements.length === 0 ? '没有通知 none' : announcements.map(incidentText).join('\n'));
      return 0;
    },
  },
  {
    name: 'prolong-announcement',
    words: 'ID',
    does: { zh: '改变通知的截止时间', en: 'another end for an announcement' },
    options: ['hours', 'until', 'reason'],
    example: 'prolong-announcement ID --hours 2 --reason 抢修尚未完成',
    async run(job) {
      const id = encodeURIComponent(word(job, 0, 'the announcement'));
      const body = { until: untilOf(job), reason: reasonOf(job) };
      job.print(changedText(await job.counter.send<Changed>(`/announcements/${id}/prolong`, body)));
      return 0;
    },
  },
  ending(
    'close-announcement',
    'close',
    '事件已恢复：停播并告知登记的人',
    'the incident is over; who asked is told',
  ),
  ending(
    'withdraw-announcement',
    'withdraw',
    '撤回通知',
    'it should not have been announced; who asked is told',
  ),
];
