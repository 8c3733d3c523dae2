/** A line of the time line, as far as a report quotes it. */
export interface ReportedLine {
  readonly seq: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly type: string;
  readonly reason: string;
  readonly actor: string | null;
}

/** What was decided about such a matter before. */
export interface QuotedPrecedent {
  readonly number: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly leadUnit: string;
  readonly reason: string;
  /** Of this very matter, in one of its tickets. */
  readonly ofThread: boolean;
}

/** The matter over the years, as far as its reader may see it. */
export interface ReportedThread {
  readonly number: string;
  readonly transfers: number;
  readonly reasons: readonly ThreadGround[];
  readonly tickets: readonly {
    readonly number: string;
    readonly acceptedAt: string;
    readonly unit: string | null;
    readonly state: string;
  }[];
}

export interface CaseFacts {
  readonly number: string;
  readonly title: string;
  readonly content: string;
  readonly unit: string | null;
  readonly acceptedAt: string;
  readonly lines: readonly ReportedLine[];
  readonly orders: readonly {
    readonly number: string;
    readonly demand: string;
    readonly answer: string | null;
    readonly state: string;
  }[];
  /** null: it stands alone. */
  readonly thread: ReportedThread | null;
  readonly precedents: readonly QuotedPrecedent[];
}

/** 专报的三种情形 (HM-14): reported over and over, badly handled, nobody's. */
export const CASE_GROUNDS = ['repeated', 'poorEffect', 'unclearDuty'] as const;
export type CaseGround = (typeof CASE_GROUNDS)[number];
const GROUND_NAMES: Readonly<Record<CaseGround, string>> = {
  repeated: '长时间重复反映',
  poorEffect: '处置效果不佳',
  unclearDuty: '处置责任不明确',
};

export interface CaseReport {
  readonly grounds: readonly CaseGround[];
  /** 请示 when it must be said whose it is, else 专报. */
  readonly kind: 'report' | 'requestForInstruction';
  readonly markdown: string;
  /** Which line of the time line each statement rests on, in their order. */
  readonly sources: readonly { readonly statement: string; readonly seqs: readonly number[] }[];
}

const LONG_DAYS = 90;
/** By which a ticket goes to a unit. */
const GIVES: readonly string[] = ['dispatch', 'coordinateAnyway', 'acceptReturn', 'handOver'];
/** Why a thread is a complex case (HM-09), and which of the three that is. */
const THREAD_GROUNDS = {
  transfers: 'unclearDuty',
  repeats: 'repeated',
  poorEffect: 'poorEffect',
  unclear: 'unclearDuty',
} as const satisfies Record<string, CaseGround>;
export type ThreadGround = keyof typeof THREAD_GROUNDS;

/** The draft of a report to those above; nothing in it that the time line or an order does not say. */
export function draftCaseReport(facts: CaseFacts, nowMs: number): CaseReport {
  const of = (type: string) => facts.lines.filter((line) => line.type === type);
  const [returns, reworks, reopened] = [of('returnTicket'), of('rework'), of('reopen')];
  const transfers = facts.lines.filter(({ type }) => GIVES.includes(type));
  const days = Math.floor((nowMs - Date.parse(facts.acceptedAt)) / 86_400_000);
  const ofThread = new Set((facts.thread?.reasons ?? []).map((reason) => THREAD_GROUNDS[reason]));
  const grounds = CASE_GROUNDS.filter((ground) => {
    if (ofThread.has(ground)) return true;
    if (ground === 'repeated') return days >= LONG_DAYS || reopened.length > 0;
    return ground === 'poorEffect' ? reworks.length >= 2 : returns.length >= 2 || transfers.length >= 3;
  });
  const statement = (text: string, lines: readonly ReportedLine[]) => ({
    statement: text,
    seqs: lines.map(({ seq }) => seq),
  });
  const sources = [
    statement(`自受理起 ${days} 天`, facts.lines.slice(0, 1)),
    ...(transfers.length > 0 ? [statement(`派单、转办 ${transfers.length} 次`, transfers)] : []),
    ...(returns.length > 0 ? [statement(`退单 ${returns.length} 次`, returns)] : []),
    ...(reworks.length > 0 ? [statement(`重办 ${reworks.length} 次`, reworks)] : []),
    ...(reopened.length > 0 ? [statement(`重新办理 ${reopened.length} 次`, reopened)] : []),
  ];
  const kind = grounds.includes('unclearDuty') ? 'requestForInstruction' : 'report';
  const cited = (seqs: readonly number[]): string => seqs.map((seq) => `[${seq}]`).join('');
  const markdown = [
    `# ${kind === 'report' ? '复杂案件专报' : '关于复杂案件的请示'}`,
    '',
    `工单 ${facts.number}：${facts.title}`,
    '',
    '## 诉求',
    '',
    facts.content,
    '',
    '## 情形',
    '',
    ...(grounds.length === 0 ? ['未达到专报的三种情形。'] : grounds.map((one) => `- ${GROUND_NAMES[one]}`)),
    ...sources.map((one) => `- ${one.statement}${cited(one.seqs)}`),
    '',
    '## 经过',
    '',
    ...facts.lines
      .filter(({ reason }) => reason !== '')
      .map(({ seq, at, type, reason, actor }) => `- ${at} ${type}（${actor ?? '系统'}）：${reason} [${seq}]`),
    '',
    ...threadLines(facts.thread),
    '## 督办',
    '',
    ...(facts.orders.length === 0
      ? ['无。']
      : facts.orders.map(
          (one) => `- ${one.number}：${one.demand}；反馈：${one.answer ?? '未反馈'}（${one.state}）`,
        )),
    '',
    '## 先例',
    '',
    ...(facts.precedents.length === 0
      ? ['无。']
      : facts.precedents.map(
          (one) =>
            `- 裁定 ${one.number}（${one.at.slice(0, 10)}${one.ofThread ? '，本事项' : ''}）：由${one.leadUnit}承办。${one.reason}`,
        )),
    '',
    '## 处置意见',
    '',
    `现承办单位：${facts.unit ?? '未确定'}。（请补充调研结论与建议）`,
    '',
  ].join('\n');
  return { grounds, kind, markdown, sources };
}

function threadLines(thread: ReportedThread | null): readonly string[] {
  if (thread === null) return [];
  return [
    '## 历次反映',
    '',
    `线索 ${thread.number}，共转办 ${thread.transfers} 次。`,
    ...thread.tickets.map(
      (one) => `- ${one.acceptedAt.slice(0, 10)} 工单 ${one.number}：${one.unit ?? '未派单'}（${one.state}）`,
    ),
    '',
  ];
}
