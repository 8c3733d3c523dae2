import { type Configuration, type Line, NOTHING_ENTERED } from './configuration.ts';
import { type LaterQueueField, QUEUE_BEFORE, type Queue } from './queue.ts';
import { DEFAULT_TRUNK } from './trunk.ts';
import type { RuleLine, RuleSet } from './versions/rule-set.ts';

// What an earlier release wrote lacks what came later: versions of the rules are never rewritten, and call control may
// start with the file that its predecessor left. Here, and nowhere else, it gets what its absence meant.

const LINE_DEFAULTS = {
  menu: null,
  afterEnd: 'connect',
  hours: null,
  centreAddress: null,
  skills: null,
} as const satisfies Partial<Line & RuleLine>;
const RULES_DEFAULTS = { menus: [], trunks: [DEFAULT_TRUNK] } as const satisfies Partial<RuleSet>;
const CONFIGURATION_DEFAULTS = {
  menus: [],
  trunks: [DEFAULT_TRUNK],
  calendar: NOTHING_ENTERED,
} as const satisfies Partial<Configuration>;

/** Rules as this or an earlier release wrote them, into the books or into a file. */
export interface StoredRules extends Omit<RuleSet, 'lines' | 'queues' | 'trunks'> {
  readonly lines: readonly Stored<RuleLine>[];
  readonly queues: readonly StoredQueue[];
  readonly trunks?: RuleSet['trunks'];
}
export type StoredQueue = Omit<Queue, LaterQueueField> & Partial<Pick<Queue, LaterQueueField>>;
type Later = keyof typeof LINE_DEFAULTS;
type Stored<T extends Line | RuleLine> = Omit<T, Later> & { readonly [K in Later]?: T[K] };

const lineOf = <T extends Line | RuleLine>(stored: Stored<T>): T =>
  ({ ...LINE_DEFAULTS, ...stored }) as unknown as T;

/** A queue as a row of the tables or a file of whatever release has it. */
export const queueFromStore = (stored: StoredQueue): Queue => ({ ...QUEUE_BEFORE, ...stored });

/** Some of a version's lines, where only they were read. */
export const linesFromStore = (stored: StoredRules['lines']): readonly RuleLine[] =>
  stored.map(lineOf<RuleLine>);

/** The rules of a version as they lie in the books. */
export const rulesFromStore = (stored: StoredRules): RuleSet => ({
  ...RULES_DEFAULTS,
  ...stored,
  lines: linesFromStore(stored.lines),
  queues: stored.queues.map(queueFromStore),
});

/** A configuration as it lies in a file. */
export const configurationFromStore = (stored: Configuration): Configuration => ({
  ...CONFIGURATION_DEFAULTS,
  ...stored,
  lines: stored.lines.map(lineOf<Line>),
  queues: stored.queues.map(queueFromStore),
});
