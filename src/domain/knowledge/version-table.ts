import type { Role } from '../tickets/ticket.ts';

/**
 * The life of one version of an entry. Its words are never changed: what is mended is a new version. Modes:
 *
 *   draft      草稿: its author works on it
 *   inCheck    待审核: another person reads it
 *   returned   已退回: the checker says what is wrong; the author writes a new version
 *   approved   已通过: right, and not yet to be used
 *   published  已发布: may be quoted from its first day to its last
 *   emergency  应急发布: may be quoted, and another person has yet to look at it by a time (补审)
 *   expired    已过期: its last day is over; nobody may quote it
 *   withdrawn  已撤回: not to be used any more; nobody may quote it
 *   replaced   已被取代: a later version took its place
 */
export const VERSION_STATES = [
  'draft',
  'inCheck',
  'returned',
  'approved',
  'published',
  'emergency',
  'expired',
  'withdrawn',
  'replaced',
] as const;
export type VersionState = (typeof VERSION_STATES)[number];

export const VERSION_STATE_NAMES: Readonly<Record<VersionState, string>> = {
  draft: '草稿',
  inCheck: '待审核',
  returned: '已退回',
  approved: '已通过',
  published: '已发布',
  emergency: '应急发布（待补审）',
  expired: '已过期',
  withdrawn: '已撤回',
  replaced: '已被取代',
};

/** `another`: nobody who had a part in the version, be it its words, its submission or its publication. */
type Who = 'anybody' | 'another';

export interface VersionEdge {
  readonly move: VersionMove;
  /** null: the version does not exist yet. */
  readonly from: VersionState | null;
  readonly to: VersionState;
  readonly by: readonly Role[];
  readonly reason: 'required' | 'optional';
  readonly who: Who;
}

/** A unit's editors for their own entries; the centre's editors for anybody's. `system`: what is drafted by itself. */
const AUTHORS = ['unit', 'operator'] as const;
const CHECKERS = ['reviewer', 'operator', 'lead'] as const;
/** Nights have a lead and nobody else. */
const AT_ONCE = ['operator', 'lead'] as const;
const SYSTEM = ['system'] as const;

/** The only table of moves. A pair (move, from) occurs once. Columns as in `VersionEdge`. */
const ROWS = [
  ['write', null, 'draft', [...AUTHORS, 'system'], 'optional', 'anybody'],
  ['submit', 'draft', 'inCheck', AUTHORS, 'optional', 'anybody'],
  ['recall', 'inCheck', 'draft', AUTHORS, 'optional', 'anybody'],
  ['recall', 'approved', 'draft', AUTHORS, 'required', 'anybody'],
  ['approve', 'inCheck', 'approved', CHECKERS, 'optional', 'another'],
  ['giveBack', 'inCheck', 'returned', CHECKERS, 'required', 'anybody'],
  ['giveBack', 'approved', 'returned', CHECKERS, 'required', 'anybody'],
  ['publish', 'approved', 'published', CHECKERS, 'optional', 'anybody'],
  ['publishAtOnce', 'draft', 'emergency', AT_ONCE, 'required', 'anybody'],
  ['publishAtOnce', 'inCheck', 'emergency', AT_ONCE, 'required', 'anybody'],
  ['confirm', 'emergency', 'published', [...CHECKERS, 'unit'], 'optional', 'another'],
  // Told for long, and right still: whoever knows the matter says so, be it in his own words.
  ['recheck', 'published', 'published', [...CHECKERS, 'unit'], 'optional', 'anybody'],
  ['withdraw', 'draft', 'withdrawn', AUTHORS, 'required', 'anybody'],
  // `system`: what was told for the time of a surge key alone.
  ['withdraw', 'published', 'withdrawn', [...CHECKERS, 'unit', 'system'], 'required', 'anybody'],
  ['withdraw', 'emergency', 'withdrawn', [...CHECKERS, 'unit', 'system'], 'required', 'anybody'],
  ['expire', 'published', 'expired', SYSTEM, 'optional', 'anybody'],
  ['expire', 'emergency', 'expired', SYSTEM, 'optional', 'anybody'],
  // What a new version, written or published, leaves behind.
  ['replace', 'draft', 'replaced', SYSTEM, 'optional', 'anybody'],
  ['replace', 'returned', 'replaced', SYSTEM, 'optional', 'anybody'],
  ['replace', 'published', 'replaced', SYSTEM, 'optional', 'anybody'],
  ['replace', 'emergency', 'replaced', SYSTEM, 'optional', 'anybody'],
  ['replace', 'expired', 'replaced', SYSTEM, 'optional', 'anybody'],
] as const satisfies readonly (readonly [
  string,
  VersionState | null,
  VersionState,
  readonly Role[],
  'required' | 'optional',
  Who,
])[];

export type VersionMove = (typeof ROWS)[number][0];

export const VERSION_TRANSITIONS: readonly VersionEdge[] = ROWS.map(([move, from, to, by, reason, who]) => ({
  move,
  from,
  to,
  by,
  reason,
  who,
}));

/** What a person asks for by name; writing has its own way, and the rest the program does. */
export const ASKED_MOVES = [
  'submit',
  'recall',
  'approve',
  'giveBack',
  'publish',
  'publishAtOnce',
  'confirm',
  'recheck',
  'withdraw',
] as const satisfies readonly VersionMove[];
export type AskedMove = (typeof ASKED_MOVES)[number];

export function versionEdgeOf(move: VersionMove, from: VersionState | null): VersionEdge | null {
  return VERSION_TRANSITIONS.find((edge) => edge.move === move && edge.from === from) ?? null;
}

/** Mermaid source of the table, for the docs: the drawing cannot differ from what runs. */
export function knowledgeDiagram(): string {
  return [
    'stateDiagram-v2',
    ...VERSION_TRANSITIONS.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`),
    '  withdrawn --> [*]',
    '  replaced --> [*]',
    '',
  ].join('\n');
}
