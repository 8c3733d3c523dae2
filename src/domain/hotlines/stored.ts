import { type Configuration, type Line, NOTHING_ENTERED, type Queue } from './configuration.ts';
import { DEFAULT_TRUNK } from './trunk.ts';
import type { RuleLine, RuleSet } from './versions/rule-set.ts';

// What an earlier release wrote lacks what came later: versions of the rules are never rewritten, and call control may
// start with the file that its predecessor left. Here, and nowhere else, it gets what its absence meant.

const LINE_DEFAULTS = {
  menu: null,
  afterEnd: 'connect',
  hours: null,
  centreAddress: null,
} as const satisfies Partial<Line & RuleLine>;
const QUEUE_DEFAULTS = { rating: 'off' } as const satisfies Partial<Queue>;
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
type Later = keyof typeof LINE_DEFAULTS;
type Stored<T extends Line | RuleLine> = Omit<T, Later> & { readonly [K in Later]?: T[K] };

type LaterOfQueue = keyof typeof QUEUE_DEFAULTS;
type StoredQueue = Omit<Queue, LaterOfQueue> & { readonly [K in LaterOfQueue]?: Queue[K] | undefined };

const lineOf = <T extends Line | RuleLine>(stored: Stored<T>): T =>
  ({ ...LINE_DEFAULTS, ...stored }) as unknown as T;

const queueOf = (stored: StoredQueue): Queue => ({
  ...stored,
  rating: stored.rating ?? QUEUE_DEFAULTS.rating,
});

/** The rules of a version as they lie in the books. */
export const rulesFromStore = (stored: StoredRules): RuleSet => ({
  ...RULES_DEFAULTS,
  ...stored,
  lines: stored.lines.map(lineOf<RuleLine>),
  queues: stored.queues.map(queueOf),
});

/** A configuration as it lies in a file. */
export const configurationFromStore = (stored: Configuration): Configuration => ({
  ...CONFIGURATION_DEFAULTS,
  ...stored,
  lines: stored.lines.map(lineOf<Line>),
  queues: stored.queues.map(queueOf),
});
