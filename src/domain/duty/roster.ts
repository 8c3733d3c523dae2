import type { CallingRule } from './ladder.ts';

/** Somebody who is on call, with the telephone on which he is then reached. */
export interface OnCall {
  readonly name: string;
  /** Digits, as they are dialled. */
  readonly number: string;
}

/** From one instant to another, across midnight as it comes; the first of the ladder is called first. */
export interface DutyShift {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly ladder: readonly OnCall[];
}

/** Who is on call for a unit, or for the hotline itself. */
export interface DutyList {
  readonly code: string;
  readonly name: string;
  readonly unitCode: string | null;
  readonly rule: CallingRule;
}

export const LADDER_AT_MOST = 8;
const SHIFT_AT_MOST_MS = 7 * 86_400_000;

/** The shift of this moment; at the instant of a handover the one that begins. Null: a gap. */
export const shiftAt = (shifts: readonly DutyShift[], atMs: number): DutyShift | null =>
  shifts.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs) ?? null;

export type ShiftFault =
  | {
      readonly fault:
        | 'duty.shiftEmpty'
        | 'duty.ladderEmpty'
        | 'duty.ladderLong'
        | 'duty.shiftLong'
        | 'duty.past';
    }
  | { readonly fault: 'duty.overlap'; readonly fromMs: number; readonly toMs: number }
  | { readonly fault: 'duty.numberInvalid' | 'duty.twice'; readonly name: string };

/** Why a shift cannot be entered beside those that stand; null: it can. `callable`: a number that may be dialled. */
export function shiftFault(
  shift: Omit<DutyShift, 'id'>,
  standing: readonly DutyShift[],
  { nowMs, callable }: { readonly nowMs: number; readonly callable: (number: string) => boolean },
): ShiftFault | null {
  const { fromMs, toMs, ladder } = shift;
  if (toMs <= fromMs) return { fault: 'duty.shiftEmpty' };
  if (toMs <= nowMs) return { fault: 'duty.past' };
  if (toMs - fromMs > SHIFT_AT_MOST_MS) return { fault: 'duty.shiftLong' };
  if (ladder.length === 0) return { fault: 'duty.ladderEmpty' };
  if (ladder.length > LADDER_AT_MOST) return { fault: 'duty.ladderLong' };
  const invalid = ladder.find(({ number }) => !callable(number));
  if (invalid !== undefined) return { fault: 'duty.numberInvalid', name: invalid.name };
  const twice = ladder.find(({ number }, nth) => ladder.findIndex((one) => one.number === number) < nth);
  if (twice !== undefined) return { fault: 'duty.twice', name: twice.name };
  const other = standing.find((one) => one.fromMs < toMs && fromMs < one.toMs);
  return other === undefined ? null : { fault: 'duty.overlap', fromMs: other.fromMs, toMs: other.toMs };
}

/** What is wrong with a list as it stands: nobody on call, or one person and nobody behind him. */
export type DutyFinding = {
  readonly kind: 'gap' | 'alone';
  readonly fromMs: number;
  readonly toMs: number;
};

export function lintDuty(
  shifts: readonly DutyShift[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly DutyFinding[] {
  const findings: DutyFinding[] = [];
  let coveredMs = fromMs;
  const within = shifts
    .filter((one) => one.toMs > fromMs && one.fromMs < toMs)
    .sort((one, other) => one.fromMs - other.fromMs);
  for (const shift of within) {
    if (shift.fromMs > coveredMs) findings.push({ kind: 'gap', fromMs: coveredMs, toMs: shift.fromMs });
    if (shift.ladder.length === 1) {
      const [from, to] = [Math.max(shift.fromMs, fromMs), Math.min(shift.toMs, toMs)];
      findings.push({ kind: 'alone', fromMs: from, toMs: to });
    }
    coveredMs = Math.max(coveredMs, shift.toMs);
  }
  if (coveredMs < toMs) findings.push({ kind: 'gap', fromMs: coveredMs, toMs });
  return findings;
}
