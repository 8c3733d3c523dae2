import type { AnswerOf, BodyOf } from '../api/answer-of.ts';
import type { paths } from '../api/contract.ts';

type Rule = '/v1/rules/versions/{version}';

export type Version = AnswerOf<paths['/v1/rules/versions']['get']>['versions'][number];
export type VersionEvent = AnswerOf<paths[Rule]['get']>['history'][number];
export type Rules = AnswerOf<paths[`${Rule}/rules`]['get']>['rules'];
export type Line = Rules['lines'][number];
export type Mode = Line['mode'];
type Change = AnswerOf<paths['/v1/rules/diff']['get']>['changes'][number];
export type Finding = AnswerOf<paths[`${Rule}/findings`]['get']>['findings'][number];
export type Impact = AnswerOf<paths[`${Rule}/impact`]['get']>;
export type Trial = BodyOf<paths[`${Rule}/try`]['post']>;
export type Tried = AnswerOf<paths[`${Rule}/try`]['post']>;
export type Edit = BodyOf<paths[`${Rule}/edits`]['post']>['edit'];
export type LinePatch = NonNullable<Edit['lines']>[number];
export type Queue = Rules['queues'][number];
export type QueuePatch = NonNullable<Edit['queues']>[number];
/** What a finding or a change speaks of. */
export type Thing = 'municipality' | 'trunk' | 'queue' | 'menu' | 'line';

export const MODES = [
  'MAIN',
  'FORWARD',
  'TRANSITION',
  'DEDICATED',
  'PARALLEL',
  'MERGED',
  'SUBCENTER',
] as const satisfies readonly Mode[];

/** A version with everything that this page shows of it. */
export interface Opened {
  readonly version: Version;
  readonly history: readonly VersionEvent[];
  readonly rules: Rules;
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

type State = Version['state'];
const OPEN: readonly State[] = ['draft', 'validated', 'awaitingSecond', 'scheduled', 'rejected'];
const EDITABLE: readonly State[] = ['draft', 'validated', 'rejected'];
/** It may still go out. */
export const isOpen = ({ state }: Version): boolean => OPEN.includes(state);
export const isEditable = ({ state }: Version): boolean => EDITABLE.includes(state);

/** Things are done to a version, or to the rules as a whole, in a dialog each. */
export type Deed = 'begin' | 'publish' | 'approve' | 'reject' | 'withdraw' | 'rebase' | 'rollBack';

/** The number that a place of a line names: its key is `number@firstDay`. */
export const numberOf = (key: string): string => key.split('@')[0] ?? key;
