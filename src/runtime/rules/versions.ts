import {
  type Compared,
  diffText,
  historyText,
  type Shown,
  type Version,
  versionLine,
} from '../rules-text.ts';
import { type Command, pathOf, reasonOf, word } from './command.ts';

/** One step of a version's life by its own address, with the reason. */
const judgement = (name: string, zh: string, en: string): Command => ({
  name,
  words: 'V',
  does: { zh, en },
  options: ['reason'],
  example: `${name} 7 --reason 已与部门核实`,
  async run(job) {
    const version = pathOf(word(job, 0, 'the version'));
    const moved = await job.counter.post<Version>(`${version}/${name}`, { reason: reasonOf(job) });
    job.print(versionLine(moved));
    return 0;
  },
});

/** The life of a version: begun, looked at, published, undone. */
export const VERSION_COMMANDS: readonly Command[] = [
  {
    name: 'list',
    words: '',
    does: { zh: '规则版本，新的在前', en: 'versions, newest first' },
    options: [],
    example: 'list',
    async run({ counter, print }) {
      const { versions } = await counter.get<{ versions: readonly Version[] }>('/versions?limit=50');
      print(versions.map(versionLine).join('\n'));
      return 0;
    },
  },
  {
    name: 'show',
    words: 'V',
    does: { zh: '一个版本及其经过', en: 'one version and its history' },
    options: [],
    example: 'show published',
    async run(job) {
      job.print(historyText(await job.counter.get<Shown>(pathOf(word(job, 0, 'the version')))));
      return 0;
    },
  },
  {
    name: 'draft',
    words: 'TITLE',
    does: { zh: '自现行规则起草', en: 'begin a version with the rules in force' },
    options: [],
    example: 'draft 归并12320',
    async run(job) {
      const title = word(job, 0, 'the title');
      job.print(versionLine(await job.counter.post<Version>('/versions', { title })));
      return 0;
    },
  },
  {
    name: 'diff',
    words: 'V [V2]',
    does: { zh: '改了什么，或两版之差', en: 'what V changed, or what leads from V to V2' },
    options: [],
    example: 'diff 7 9',
    async run(job) {
      const [first, second] = [word(job, 0, 'the version'), job.rest[1]];
      const [from, to] = [first, second].map((one) => encodeURIComponent(one ?? ''));
      const query = second === undefined ? `to=${from}` : `from=${from}&to=${to}`;
      job.print(diffText(await job.counter.get<Compared>(`/diff?${query}`)));
      return 0;
    },
  },
  {
    name: 'publish',
    words: 'V',
    does: { zh: '发布：立即，或定时、到期自动恢复', en: 'now, at a time, undone by itself at another' },
    options: ['reason', 'at', 'until'],
    example: 'publish 7 --reason 来函归并 --at 2026-12-01T00:00:00+08:00',
    async run(job) {
      const version = pathOf(word(job, 0, 'the version'));
      const { at, until } = job.options;
      const body = {
        reason: reasonOf(job),
        ...(at === undefined ? {} : { effectiveAt: at }),
        ...(until === undefined ? {} : { revertAt: until }),
      };
      job.print(versionLine(await job.counter.post<Version>(`${version}/publish`, body)));
      return 0;
    },
  },
  judgement('approve', '复核同意', 'as a second person: yes'),
  judgement('reject', '复核驳回', 'as a second person: no'),
  judgement('withdraw', '撤销尚未发布的版本', 'give a version up before it is published'),
  {
    name: 'rebase',
    words: 'V',
    does: { zh: '合并到期间发布的版本', en: 'onto what was published meanwhile' },
    options: [],
    example: 'rebase 7',
    async run(job) {
      const version = pathOf(word(job, 0, 'the version'));
      job.print(versionLine(await job.counter.post<Version>(`${version}/rebase`, {})));
      return 0;
    },
  },
  {
    name: 'rollback',
    words: '[V]',
    does: { zh: '一步恢复到较早版本', en: 'back to V, or to what was before' },
    options: ['reason'],
    example: 'rollback --reason 部门要求暂缓',
    async run(job) {
      const [to] = job.rest;
      const body = { reason: reasonOf(job), ...(to === undefined ? {} : { to }) };
      job.print(versionLine(await job.counter.post<Version>('/roll-back', body)));
      return 0;
    },
  },
];
