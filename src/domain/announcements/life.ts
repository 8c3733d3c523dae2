/**
 * The life of an incident's announcement. Modes:
 *
 *   draft      草稿: written, heard by nobody
 *   live       播放中: heard from its beginning up to its end by whom it is aimed at
 *   closed     已恢复: the incident is over; whoever asked is told
 *   withdrawn  已撤回: was a mistake or is no longer wanted; whoever asked is told that
 *   expired    已到期: its end has come and nobody said that the incident is over; who asked still waits
 */
export const ANNOUNCEMENT_STATES = ['draft', 'live', 'closed', 'withdrawn', 'expired'] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

export const ANNOUNCEMENT_STATE_NAMES: Readonly<Record<AnnouncementState, string>> = {
  draft: '草稿',
  live: '播放中',
  closed: '已恢复',
  withdrawn: '已撤回',
  expired: '已到期',
};

export type AnnouncementRole = 'operator' | 'lead' | 'system';

interface Edge {
  readonly move: string;
  /** null: the announcement does not exist yet. */
  readonly from: AnnouncementState | null;
  readonly to: AnnouncementState;
  readonly by: readonly AnnouncementRole[];
  readonly reason: 'required' | 'optional';
}

const DESK = ['operator', 'lead'] as const;
const SYSTEM = ['system'] as const;

/** The only table of moves. A pair (move, from) occurs once. */
export const ANNOUNCEMENT_TRANSITIONS = [
  { move: 'draft', from: null, to: 'draft', by: DESK, reason: 'optional' },
  { move: 'edit', from: 'draft', to: 'draft', by: DESK, reason: 'optional' },
  // Written and started in one go: an incident does not wait.
  { move: 'start', from: null, to: 'live', by: DESK, reason: 'required' },
  { move: 'start', from: 'draft', to: 'live', by: DESK, reason: 'required' },
  { move: 'prolong', from: 'live', to: 'live', by: DESK, reason: 'required' },
  { move: 'prolong', from: 'expired', to: 'live', by: DESK, reason: 'required' },
  { move: 'close', from: 'live', to: 'closed', by: DESK, reason: 'required' },
  { move: 'close', from: 'expired', to: 'closed', by: DESK, reason: 'required' },
  { move: 'withdraw', from: 'draft', to: 'withdrawn', by: DESK, reason: 'required' },
  { move: 'withdraw', from: 'live', to: 'withdrawn', by: DESK, reason: 'required' },
  { move: 'withdraw', from: 'expired', to: 'withdrawn', by: DESK, reason: 'required' },
  { move: 'expire', from: 'live', to: 'expired', by: SYSTEM, reason: 'optional' },
] as const satisfies readonly Edge[];

export type AnnouncementMove = (typeof ANNOUNCEMENT_TRANSITIONS)[number]['move'];

export function announcementEdge(move: AnnouncementMove, from: AnnouncementState | null): Edge | null {
  return ANNOUNCEMENT_TRANSITIONS.find((edge) => edge.move === move && edge.from === from) ?? null;
}

/** Mermaid source of the table, for the docs: the drawing cannot differ from what runs. */
export function announcementDiagram(): string {
  return [
    'stateDiagram-v2',
    ...ANNOUNCEMENT_TRANSITIONS.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`),
    '  closed --> [*]',
    '  withdrawn --> [*]',
    '',
  ].join('\n');
}
