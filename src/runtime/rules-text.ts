/** What the API answers, as far as a terminal shows it. */
export interface Version {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly stateName: string;
  readonly revision: number;
  readonly author: { readonly name: string };
  readonly lines: number;
  readonly effectiveAt: string | null;
  readonly revertAt: string | null;
  readonly publishedAt: string | null;
  readonly heldBecause: string | null;
  readonly retryAt: string | null;
}
export interface Shown {
  readonly version: Version;
  readonly history: readonly {
    readonly at: string;
    readonly by: { readonly name: string };
    readonly move: string;
    readonly to: string;
    readonly reason: string;
  }[];
}
/** A terminal prints the Chinese. */
interface Chinese {
  readonly zh: string;
}
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly place: { readonly thing: string; readonly key: string; readonly field: string | null };
  readonly message: { readonly zh: string };
  readonly cure: { readonly zh: string };
}
export interface Tried {
  readonly at: string;
  readonly end: string;
  readonly steps: readonly { readonly step: string; readonly what: Chinese; readonly reason: Chinese }[];
}
export interface Compared {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly { readonly words: Chinese }[];
  readonly rewritten: readonly string[];
}
export interface Report {
  readonly rows: number;
  readonly taken: number;
  readonly verdicts: readonly { readonly verdict: 'added' | 'changed' | 'same' }[];
  readonly dropped: readonly { readonly number: string; readonly validFrom: string }[];
  readonly refused: readonly { readonly line: number }[];
  readonly remarks: readonly {
    readonly line: number;
    readonly field: string | null;
    readonly severity: 'refused' | 'note';
    readonly wrong: string;
    readonly right: string;
  }[];
}
export interface Totals {
  readonly day: string;
  readonly headline: string;
  readonly lines: number;
  readonly units: number;
  readonly byMode: Readonly<Record<string, number>>;
  readonly ended: number;
  readonly ahead: number;
}
export interface Task {
  readonly kind: string;
  readonly number: string;
  readonly daysBefore: number;
  readonly day: string;
  readonly lastDay: string;
  readonly followUp: string | null;
}
interface Load {
  readonly calls: number;
  readonly seatsNeeded: number;
}
export interface Replayed {
  readonly ends: readonly { readonly kind: string; readonly before: number; readonly after: number }[];
  readonly calls: number;
  readonly movedCalls: number;
  readonly movements: readonly { readonly from: string; readonly to: string; readonly calls: number }[];
  readonly desks: readonly { readonly queue: string; readonly before: Load; readonly after: Load }[];
}

/** `第 7 版  已发布 published  3 lines  陈晓  归并 12320` */
export function versionLine(version: Version): string {
  const times = [
    version.effectiveAt === null || version.publishedAt !== null ? '' : `自 ${version.effectiveAt}`,
    version.revertAt === null ? '' : `至 ${version.revertAt}`,
    version.heldBecause === null ? '' : `未能执行：${version.heldBecause}`,
    version.retryAt === null ? '' : `${version.retryAt} 再试`,
  ];
  return [
    `第 ${version.number} 版`,
    `${version.stateName} ${version.state}`,
    `修订 ${version.revision}`,
    `${version.lines} 个号码`,
    version.author.name === '' ? '系统' : version.author.name,
    version.title,
    ...times,
  ]
    .filter((part) => part !== '')
    .join('  ');
}

export function historyText({ version, history }: Shown): string {
  const rows = history.map(
    ({ at, by, move, to, reason }) =>
      `${at}  ${move} -> ${to}  ${by.name === '' ? '系统' : by.name}  ${reason}`,
  );
  return [versionLine(version), ...rows].join('\n');
}

const SEVERITY = { error: '错误', warning: '警告', notice: '提示' } as const;

export function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return '没有问题 no findings';
  return findings
    .map(({ severity, code, place, message, cure }) =>
      [
        `${SEVERITY[severity]} ${code}  ${place.thing} ${place.key}${place.field === null ? '' : ` ${place.field}`}`,
        `    ${message.zh}`,
        `    改法：${cure.zh}`,
      ].join('\n'),
    )
    .join('\n');
}

export function tryText({ at, end, steps }: Tried): string {
  const rows = steps.map(({ what, reason }, index) => `${index + 1}. ${what.zh}\n   ${reason.zh}`);
  return [`${at}`, ...rows, `=> ${end}`].join('\n');
}

export interface NumberHistory {
  readonly history: readonly {
    readonly version: number;
    readonly title: string;
    readonly publishedAt: string;
    readonly author: { readonly id: string; readonly name: string };
    readonly approvers: readonly { readonly name: string; readonly at: string }[];
    readonly reason: string;
    readonly changes: readonly Chinese[];
  }[];
}

export function numberHistoryText({ history }: NumberHistory): string {
  return history
    .flatMap(({ version, title, publishedAt, author, approvers, reason, changes }) => [
      `${publishedAt}  第 ${version} 版  ${title}`,
      `  ${author.name || author.id}${reason === '' ? '' : `：${reason}`}`,
      ...approvers.map(({ name, at }) => `  复核 ${name}  ${at}`),
      ...changes.map(({ zh }) => `  - ${zh}`),
    ])
    .join('\n');
}

export function diffText({ from, to, changes, rewritten }: Compared): string {
  const rows =
    changes.length === 0 ? ['没有不同 no difference'] : changes.map(({ words }) => `- ${words.zh}`);
  const past =
    rewritten.length === 0
      ? []
      : [`! 改写以往登记，以往日期的统计随之改变 totals of earlier days change: ${rewritten.join('、')}`];
  return [`第 ${from} 版 -> 第 ${to} 版`, ...rows, ...past].join('\n');
}

export function reportText({ rows, taken, verdicts, dropped, refused, remarks }: Report): string {
  const many = (wanted: string): number => verdicts.filter(({ verdict }) => verdict === wanted).length;
  return [
    `${rows} 行，接收 ${taken}（新增 ${many('added')}，修改 ${many('changed')}，相同 ${many('same')}），拒收 ${refused.length}`,
    ...dropped.map(({ number, validFrom }) => `${number} 自 ${validFrom} 的期间不在文件中，今日起不再登记`),
    ...remarks.map(
      ({ line, field, severity, wrong, right }) =>
        `第 ${line} 行 ${severity === 'refused' ? '拒收' : '注意'}${field === null ? '' : ` ${field}`}：${wrong}；改法：${right}`,
    ),
  ].join('\n');
}

const END_NAMES: Readonly<Record<string, string>> = {
  queue: '队列',
  unit: '承办单位',
  centre: '分中心',
  message: '留言',
  goodbye: '播报后结束',
};

export function replayText({ calls, movedCalls, movements, ends, desks }: Replayed): string {
  return [
    `${calls} 个来电，${movedCalls} 个去向改变`,
    ...ends
      .filter(({ before, after }) => before + after > 0)
      .map(({ kind, before, after }) => `  ${END_NAMES[kind] ?? kind}: ${before} -> ${after}`),
    ...movements.map(({ from, to, calls: some }) => `  ${from} -> ${to}: ${some}`),
    ...desks.map(
      ({ queue, before, after }) =>
        `  ${queue}: ${before.calls} -> ${after.calls} 个来电，席位 ${before.seatsNeeded} -> ${after.seatsNeeded}`,
    ),
  ].join('\n');
}

export function totalsText({ day, headline, lines, units, byMode, ended, ahead }: Totals): string {
  const modes = Object.entries(byMode).map(([mode, some]) => `${mode} ${some}`);
  return [
    `${day}  ${headline}  ${lines} 个号码  ${units} 个单位`,
    `  ${modes.join('  ')}`,
    `  已到期 ${ended}  未生效 ${ahead}`,
  ].join('\n');
}

export function tasksText(tasks: readonly Task[]): string {
  if (tasks.length === 0) return '没有过渡期号码 no transitions';
  return tasks
    .map(({ kind, number, daysBefore, day, lastDay, followUp }) =>
      [
        day,
        number,
        kind === 'warn' ? `距到期 ${daysBefore} 天（${lastDay}）` : `停用（最后一日 ${lastDay}）`,
        followUp === null ? '后续未定' : `后续 ${followUp}`,
      ].join('  '),
    )
    .join('\n');
}
