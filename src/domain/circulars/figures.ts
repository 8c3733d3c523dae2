/**
 * What a circular counts, each from the books of supervision: a figure is the number of its rows, of one unit or of all, and
 * whoever reads it can look at them.
 */
export const FACT_KINDS = [
  'overdue',
  'supervised',
  'unanswered',
  'reworked',
  'refusedReturns',
  'falseResults',
  'lateTasks',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

interface FactDefinition {
  readonly zh: string;
  /** Its measure word. */
  readonly of: string;
  readonly formula: string;
  readonly formulaEn: string;
  readonly source: string;
}

export const FACTS: Readonly<Record<FactKind, FactDefinition>> = {
  overdue: {
    zh: '超期工单',
    of: '件',
    formula: '期间内承办时限届满仍未办结的工单数，按届满时的承办单位',
    formulaEn:
      'tickets whose unit time ended in the period and that were not done, by the unit that had them then',
    source: 'ticket_events（deadlineOverdue，clock=unit）',
  },
  supervised: {
    zh: '督办',
    of: '件',
    formula: '期间内下发的督办单数，撤销的不计',
    formulaEn: 'supervision orders issued in the period, without those cancelled',
    source: 'supervision_orders.issued_at',
  },
  unanswered: {
    zh: '督办逾期未反馈',
    of: '件',
    formula: '反馈期限在期间内，到期未反馈的督办单数，撤销的不计',
    formulaEn: 'orders due in the period and not answered by then, without those cancelled',
    source: 'supervision_orders.due_at、answered_at',
  },
  reworked: {
    zh: '退回重办',
    of: '件次',
    formula: '期间内因回访未解决或不满意而退回重办、重新办理的次数',
    formulaEn: 'times that a ticket was sent back to work or reopened in the period after a visit',
    source: 'ticket_events（rework、reopen）',
  },
  refusedReturns: {
    zh: '退单未成立',
    of: '次',
    formula: '期间内裁定退单不成立的次数',
    formulaEn: 'returns that were ruled to be none in the period',
    source: 'ticket_events（refuseReturn）',
  },
  falseResults: {
    zh: '办结不实',
    of: '件',
    formula: '期间内独立复核推翻“已解决且满意”的件数',
    formulaEn: 'results of “resolved and satisfied” that an independent check overturned in the period',
    source: 'visit_samples.false_content',
  },
  lateTasks: {
    zh: '会议任务逾期',
    of: '项',
    formula: '协调会议交办、时限在期间内、到期未报结而被督办的任务数，撤销的不计',
    formulaEn:
      'tasks given by a meeting, due in the period, not reported and therefore supervised, without those cancelled',
    source: 'meeting_tasks.due_at、order_id',
  },
};

/** One thing that was counted. */
export interface FactRow {
  readonly kind: FactKind;
  readonly unitCode: string;
  readonly ticketId: string;
  /** The order, the task or the line that it stands in; with the kind it is named once. */
  readonly subjectId: string;
  readonly subjectNumber: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** `unitCode` null: of all units that are counted. */
export interface CircularFigure {
  readonly id: string;
  readonly kind: FactKind;
  readonly unitCode: string | null;
  readonly count: number;
}

const ALL = 'all';
export const figureId = (kind: FactKind, unitCode: string | null): string => `${kind}.${unitCode ?? ALL}`;

/** Figures of all units together first, in the order of the kinds, then of each unit that has any. */
export function figuresOf(
  rows: readonly FactRow[],
  kinds: readonly FactKind[],
  units: readonly string[],
): readonly CircularFigure[] {
  const counts = new Map<string, number>();
  for (const { kind, unitCode } of rows) {
    for (const id of [figureId(kind, null), figureId(kind, unitCode)]) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return [null, ...units].flatMap((unitCode) =>
    kinds.map((kind) => {
      const id = figureId(kind, unitCode);
      return { id, kind, unitCode, count: counts.get(id) ?? 0 };
    }),
  );
}

/** Figures that another count found otherwise, one that is gone or new among them. */
export function changedFigures(
  before: readonly CircularFigure[],
  after: readonly CircularFigure[],
): readonly { readonly id: string; readonly before: number | null; readonly after: number | null }[] {
  const counts = (figures: readonly CircularFigure[]) => new Map(figures.map(({ id, count }) => [id, count]));
  const [old, now] = [counts(before), counts(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((id) => ({ id, before: old.get(id) ?? null, after: now.get(id) ?? null }))
    .filter((one) => one.before !== one.after);
}
