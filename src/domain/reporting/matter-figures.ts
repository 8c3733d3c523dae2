import { percentOf } from './figures.ts';

/** Of tickets of a period, for what the founding papers complain of (RD-11). */
export interface MatterCounts {
  /** Complaints of citizens that were accepted. */
  readonly complaints: number;
  /** Of them those of somebody who had complained of the same matter before: of one thread and one person. */
  readonly repeats: number;
}
export interface DispatchCounts {
  /** Times that a ticket went to a unit. */
  readonly dispatches: number;
  /** Of them those that the unit gave back, whatever was decided of it. */
  readonly returns: number;
}

export const MATTER_FIGURES = {
  repeatComplaintRate: {
    zh: '重复投诉率',
    en: 'Share of repeat complaints',
    formula: {
      zh: '同一市民就同一事项再次提出的投诉件数 ÷ 受理的投诉件数（同一事项：归入同一诉求链）',
      en: 'complaints of a citizen who complained of the same matter before / complaints accepted (the same matter: of one thread)',
    },
    source: 'tickets.type, thread_members, ticket_persons',
  },
  returnRate: {
    zh: '退单率',
    en: 'Return rate',
    formula: {
      zh: '派出后被承办单位退回的次数 ÷ 派出的次数（不论裁定结果；每次派出至多计一次）',
      en: 'dispatches that the unit gave back / dispatches (whatever was adjudicated; each dispatch once)',
    },
    source: 'ticket_events（dispatch、coordinateAnyway、acceptReturn、handOver；returnTicket）',
  },
} as const;
export type MatterFigureName = keyof typeof MATTER_FIGURES;
export const MATTER_FIGURE_NAMES = Object.keys(MATTER_FIGURES) as readonly MatterFigureName[];

export interface MatterFigure {
  readonly name: MatterFigureName;
  readonly zh: string;
  readonly en: string;
  readonly numerator: number;
  readonly denominator: number;
  /** Percent with two places, rounded half up; null: nothing to divide by. */
  readonly value: number | null;
  readonly formula: { readonly zh: string; readonly en: string };
  readonly source: string;
}

const figure = (name: MatterFigureName, numerator: number, denominator: number): MatterFigure => ({
  name,
  ...MATTER_FIGURES[name],
  numerator,
  denominator,
  value: percentOf(numerator, denominator),
});

export const repeatComplaintRate = ({ complaints, repeats }: MatterCounts): MatterFigure =>
  figure('repeatComplaintRate', repeats, complaints);
export const returnRate = ({ dispatches, returns }: DispatchCounts): MatterFigure =>
  figure('returnRate', returns, dispatches);

/** Of all units together. */
export const sumOfDispatches = (rows: readonly DispatchCounts[]): DispatchCounts => ({
  dispatches: rows.reduce((all, one) => all + one.dispatches, 0),
  returns: rows.reduce((all, one) => all + one.returns, 0),
});
