import type { Role } from '../tickets/ticket.ts';

/**
 * The life of an incident with many appeals (群体事件，RD-24). What is said of it on the telephone is an announcement, which it
 * may name. Modes:
 *
 *   suspected  疑似: a burst of appeals from one place about one matter; the program thinks so, nobody has looked
 *   open       处置中: a person says so; it is dispatched once, and its citizens are told together
 *   recovered  已恢复: the cause is gone and the citizens were told; each of them is still asked, one by one
 *   closed     已结束: every appeal of it has come to its own end
 *   dissolved  已解散: was none; every appeal went on by itself
 */
export const INCIDENT_STATES = ['suspected', 'open', 'recovered', 'closed', 'dissolved'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

export const INCIDENT_STATE_NAMES: Readonly<Record<IncidentState, string>> = {
  suspected: '疑似',
  open: '处置中',
  recovered: '已恢复',
  closed: '已结束',
  dissolved: '已解散',
};

const DESK = ['operator', 'lead', 'dispatcher'] as const;
const REPORTERS = ['agent', ...DESK] as const;
const SYSTEM = ['system'] as const;

/** The only table of moves. A pair (move, from) occurs once. Columns: move, from, to, by, whether a reason is needed. */
const ROWS = [
  ['suspect', null, 'suspected', SYSTEM, 'optional'],
  ['report', null, 'open', REPORTERS, 'optional'],
  ['confirm', 'suspected', 'open', DESK, 'optional'],
  ['dissolve', 'suspected', 'dissolved', DESK, 'required'],
  ['dissolve', 'open', 'dissolved', DESK, 'required'],
  ['recover', 'open', 'recovered', DESK, 'required'],
  ['relapse', 'recovered', 'open', DESK, 'required'],
  ['close', 'recovered', 'closed', DESK, 'optional'],
] as const satisfies readonly (readonly [
  string,
  IncidentState | null,
  IncidentState,
  readonly Role[],
  'required' | 'optional',
])[];

export type IncidentMove = (typeof ROWS)[number][0];
export const INCIDENT_MOVES: readonly IncidentMove[] = [...new Set(ROWS.map(([move]) => move))];

export interface IncidentEdge {
  readonly move: IncidentMove;
  readonly from: IncidentState | null;
  readonly to: IncidentState;
  readonly by: readonly Role[];
  readonly reason: 'required' | 'optional';
}
export const INCIDENT_TRANSITIONS: readonly IncidentEdge[] = ROWS.map(([move, from, to, by, reason]) => ({
  move,
  from,
  to,
  by,
  reason,
}));

/** In these it takes appeals in, and lets them go. */
export const isUnderWay = (state: IncidentState): boolean =>
  state === 'suspected' || state === 'open' || state === 'recovered';

/** Mermaid source of the table, for the docs: the drawing cannot differ from what runs. */
export function incidentDiagram(): string {
  return [
    'stateDiagram-v2',
    ...INCIDENT_TRANSITIONS.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`),
    '  closed --> [*]',
    '  dissolved --> [*]',
    '',
  ].join('\n');
}
