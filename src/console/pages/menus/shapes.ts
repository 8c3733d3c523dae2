import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

type MenuPath = '/v1/rules/versions/{version}/menus/{menu}';
type Read = AnswerOf<paths[MenuPath]['get']>;
type Checked = AnswerOf<paths[`${MenuPath}/check`]['post']>;

export type Graph = Read['graph'];
export type Vertex = Graph['vertices'][number];
export type Edge = Graph['edges'][number];
export type TextFault = Checked['faults'][number];
export type MenuFinding = Read['findings'][number];
/** A menu with its text, its drawing and what the check says. */
export type SeenMenu = NonNullable<Checked['seen']>;

// A menu as data. The contract says no more of it than that it is an object: it is read field by field where it is taken in.

/** Written in the text; here it is only carried along. */
type Condition = Readonly<Record<string, unknown>>;
export interface PromptRef {
  readonly name: string;
  readonly variants: Readonly<Record<string, string>>;
  readonly when: Condition | null;
  readonly announces: readonly string[];
}
export type Exit =
  | { readonly kind: 'queue'; readonly queue: string; readonly skills?: string }
  | { readonly kind: 'line'; readonly number: string }
  | { readonly kind: 'number'; readonly number: string; readonly trunk: string; readonly returnQueue: string }
  | {
      readonly kind: 'message';
      readonly prompts: readonly PromptRef[];
      readonly queue: string;
      readonly maxMs: number;
    }
  | { readonly kind: 'goodbye'; readonly prompts: readonly PromptRef[] };
export interface TicketStatus {
  readonly kind: 'ticketStatus';
  readonly ask: readonly PromptRef[];
  readonly notFound: readonly PromptRef[];
  readonly timeoutMs: number;
  readonly retries: number;
  readonly afterwards: Exit;
  readonly exit: Exit | null;
}
export type Target = Exit | TicketStatus | { readonly kind: 'node'; readonly node: string };
export interface Choice {
  readonly digits: string;
  readonly label: string;
  readonly target: Target;
  readonly when: Condition | null;
  readonly counter: string | null;
}
interface Fallback {
  readonly prompts: readonly PromptRef[];
  readonly to: Target | null;
}
export interface MenuNode {
  readonly id: string;
  readonly name: string;
  readonly redirects: readonly { readonly when: Condition; readonly to: Target; readonly reason: string }[];
  readonly prompts: readonly PromptRef[];
  readonly choices: readonly Choice[];
  readonly timeoutMs: number;
  readonly digitTimeoutMs: number;
  readonly retries: number;
  readonly onWrong: Fallback;
  readonly onNothing: Fallback;
  readonly exit: Exit | null;
}
export interface Menu {
  readonly code: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly start: string;
  readonly nodes: readonly MenuNode[];
  readonly texts: Readonly<Record<string, string>>;
}
export const menuOf = (seen: Pick<SeenMenu, 'menu'>): Menu => seen.menu as unknown as Menu;

/** A way out of a node, as the drawing shows it in a row. */
export type Way =
  | { readonly by: 'keys' | 'condition'; readonly nth: number }
  | { readonly by: 'wrong' | 'nothing' | 'default' };
