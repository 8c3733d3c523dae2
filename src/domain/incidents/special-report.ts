import { findPersonalData } from '../privacy/personal-data.ts';
import { edgeFor, type RoleEdge } from '../tickets/role-edges.ts';
import type { Actor } from '../tickets/ticket.ts';

/**
 * 舆情专报 (HM-13): what those above are told of an incident while it is dealt with. Modes:
 *
 *   draft      草稿: written from the books of its incident, worked on by people
 *   issued     已印发: numbered; its words stay as they are
 *   discarded  已作废: never issued
 */
export const SPECIAL_REPORT_STATES = ['draft', 'issued', 'discarded'] as const;
export type SpecialReportState = (typeof SPECIAL_REPORT_STATES)[number];
export const SPECIAL_REPORT_STATE_NAMES: Readonly<Record<SpecialReportState, string>> = {
  draft: '草稿',
  issued: '已印发',
  discarded: '已作废',
};

const WRITERS = ['lead', 'operator', 'dispatcher', 'supervisor'] as const;
/** Who answers for what leaves the house. */
const ISSUERS = ['lead', 'supervisor'] as const;

/** By whatever door: in the list, alone, or as the paper. */
export const SPECIAL_REPORT_READERS = [...WRITERS, 'leader'] as const;
/** Nobody of a unit: it is told to those above of what units are to put right. */
export const readsSpecialReports = ({ roles, unitCode }: Actor): boolean =>
  unitCode === null && roles.some((role) => SPECIAL_REPORT_READERS.some((reader) => reader === role));

/** A pair (move, from) occurs once. */
export const SPECIAL_REPORT_MOVES = [
  { move: 'write', from: null, to: 'draft', by: WRITERS },
  { move: 'edit', from: 'draft', to: 'draft', by: WRITERS },
  { move: 'issue', from: 'draft', to: 'issued', by: ISSUERS },
  { move: 'discard', from: 'draft', to: 'discarded', by: WRITERS },
] as const satisfies readonly RoleEdge<SpecialReportState>[];
export type SpecialReportMove = (typeof SPECIAL_REPORT_MOVES)[number]['move'];

/** What a person works on; a paragraph that begins with 一、 is a heading. */
export interface SpecialReportText {
  readonly title: string;
  readonly addressee: string;
  readonly paragraphs: readonly string[];
}

/** Stands in a draft where only a person knows what to say; none of it leaves the house. */
export const TO_BE_WRITTEN = '（请补充';
export const unwrittenParagraphs = ({ paragraphs }: SpecialReportText): readonly number[] =>
  paragraphs.flatMap((text, nth) => (text.includes(TO_BE_WRITTEN) ? [nth] : []));

/** Paragraphs in which somebody's number or door stands: it leaves the house, and nobody above needs either. -1: the title. */
export const tellingParagraphs = ({ title, paragraphs }: SpecialReportText): readonly number[] =>
  [title, ...paragraphs].flatMap((text, at) => (findPersonalData(text).length === 0 ? [] : [at - 1]));

export type SpecialReportRefusal =
  | 'specialReport.moveImpossible'
  | 'specialReport.moveForbidden'
  /** A unit writes no report on what it is to put right. */
  | 'specialReport.ownUnit';

export function decideSpecialReport(input: {
  readonly move: SpecialReportMove;
  readonly from: SpecialReportState | null;
  readonly actor: Actor;
}): { readonly to: SpecialReportState } | { readonly refusal: SpecialReportRefusal } {
  const edge = edgeFor<RoleEdge<SpecialReportState>>(SPECIAL_REPORT_MOVES, input);
  if (typeof edge === 'string') return { refusal: `specialReport.${edge}` };
  if (input.actor.unitCode !== null) return { refusal: 'specialReport.ownUnit' };
  return { to: edge.to };
}

export function specialReportDiagram(): string {
  const lines = SPECIAL_REPORT_MOVES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  return ['stateDiagram-v2', ...lines, '  issued --> [*]', '  discarded --> [*]', ''].join('\n');
}
