import type { TicketState } from './transitions.ts';

/**
 * What a supervision order brought about (I1, 成效): the same unit with the same kind of matter in a time before the order and in
 * one of the same length after it. Measured twice and kept as found, with the formulas that it was found by: when the order is
 * closed, and once more when there has been time to see whether it lasts.
 */
export const EFFECT_LAST_MS = 30 * 86_400_000;

export interface MatterCounts {
  readonly appeals: number;
  readonly overdue: number;
  readonly heard: number;
  readonly resolved: number;
  readonly satisfied: number;
}

export const EFFECT_FORMULAS = {
  appeals: '期内派给该单位的同类诉求件数（派单、协调办理、同意退单、改派；同一工单计一次）',
  overdue: '期内该单位办理的同类诉求中单位时限超期的件数',
  heard: '期内对该单位同类诉求的有效回访次数（市民作答）',
  resolved: '其中答“已解决”的次数；解决率 = 已解决 ÷ 有效回访',
  satisfied: '其中对结果评 3 分及以上的次数；满意率 = 满意 ÷ 有效回访',
} as const satisfies Record<keyof MatterCounts, string>;
/** Those of today, for who reads no Chinese. */
const EFFECT_FORMULAS_EN: Readonly<Record<keyof MatterCounts, string>> = {
  appeals: 'matters of the kind given to the unit in the period (each ticket once)',
  overdue: 'of them on its desk, those whose unit time was over in the period',
  heard: 'return visits to citizens of such matters that were answered in the period',
  resolved: 'of those heard, who said “resolved”; rate of resolution = resolved ÷ heard',
  satisfied: 'of those heard, who gave the result 3 points or more; satisfaction = satisfied ÷ heard',
};
/** What an effect was found by, in English; where that is another wording than today's, as it was kept. */
export const effectFormulasEn = (kept: OrderEffect['formulas']): OrderEffect['formulas'] => {
  const english = (figure: keyof MatterCounts): string =>
    kept[figure] === EFFECT_FORMULAS[figure] ? EFFECT_FORMULAS_EN[figure] : kept[figure];
  const [appeals, overdue, heard] = [english('appeals'), english('overdue'), english('heard')];
  return { appeals, overdue, heard, resolved: english('resolved'), satisfied: english('satisfied') };
};

/** Epoch milliseconds; `to` is not of it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface OrderEffect {
  readonly measuredAt: number;
  readonly unitCode: string;
  readonly categoryCode: string;
  readonly before: Period & MatterCounts;
  readonly after: Period & MatterCounts;
  /**
   * The ticket that the order was about: as it was when the order was closed, and later as it was when that was measured. Overdue:
   * the time of its unit, or that of its citizen, was over and it was not done. Null: closed by a release that did not keep it.
   */
  readonly ticket: { readonly state: TicketState; readonly overdue: boolean } | null;
  readonly formulas: Readonly<Record<keyof MatterCounts, string>>;
}

/** When the order is closed: what has gone by since it was issued, at most 30 days of it, and as long before. */
export function periodsAtClose(issuedAt: number, closedAt: number): { before: Period; after: Period } {
  const lengthMs = Math.min(closedAt - issuedAt, EFFECT_LAST_MS);
  return {
    before: { from: issuedAt - lengthMs, to: issuedAt },
    after: { from: closedAt - lengthMs, to: closedAt },
  };
}

/** Whether it lasts: the 30 days after the closing beside the 30 days before the order. */
export function periodsLater(issuedAt: number, closedAt: number): { before: Period; after: Period } {
  return {
    before: { from: issuedAt - EFFECT_LAST_MS, to: issuedAt },
    after: { from: closedAt, to: closedAt + EFFECT_LAST_MS },
  };
}
