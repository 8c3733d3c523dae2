import type { Configuration, Line } from './configuration.ts';
import { DEFAULT_TRUNK } from './trunk.ts';
import type { RuleSet } from './versions/rule-set.ts';

// What an earlier release wrote lacks what came later: versions of the rules are never rewritten, and call control may
// start with the file that its predecessor left. Here, and nowhere else, it gets what its absence meant.

const LINE_DEFAULTS = { menu: null } as const satisfies Partial<Line>;
const RULES_DEFAULTS = { menus: [] } as const satisfies Partial<RuleSet>;
const CONFIGURATION_DEFAULTS = {
  menus: [],
  trunks: [DEFAULT_TRUNK],
} as const satisfies Partial<Configuration>;

const lineOf = <T extends Line>(stored: T): T => ({ ...LINE_DEFAULTS, ...stored });

/** The rules of a version as they lie in the books. */
export const rulesFromStore = (stored: RuleSet): RuleSet => ({
  ...RULES_DEFAULTS,
  ...stored,
  lines: stored.lines.map(lineOf),
});

/** A configuration as it lies in a file. */
export const configurationFromStore = (stored: Configuration): Configuration => ({
  ...CONFIGURATION_DEFAULTS,
  ...stored,
  lines: stored.lines.map(lineOf),
});
