import { createHash } from 'node:crypto';
import { atLeast } from './run-program.ts';

/** A set of programs that is fetched into one folder when the host lacks any of them. */
export interface Recipe {
  readonly revision: number;
  /** Debian's suites: the first one whose version of `decidedBy` fits is taken. */
  readonly suites: readonly string[];
  readonly packages: readonly string[];
  readonly postgresMajor?: number;
  /** Room for the downloads and the unpacked tree together, in bytes. */
  readonly roomNeeded: number;
  readonly decidedBy: { readonly need: Need | 'font' | 'screenFont'; readonly package: string };
  /** Programs that we start, and that must therefore find the tree's own loader and libraries. */
  readonly executables: readonly string[];
}

export const NEEDS = ['asterisk', 'postgres', 'redis', 'sipp', 'espeak', 'sox', 'chromium'] as const;
export type Need = (typeof NEEDS)[number];

export const POSTGRES_MAJOR = 18;
const SUITES = ['forky', 'sid'];

/** What the product runs on. Debian 12 has no Asterisk: its later suites do. */
const TELEPHONY: Recipe = {
  revision: 2,
  suites: SUITES,
  packages: [
    'asterisk',
    'asterisk-modules',
    'asterisk-core-sounds-en-wav',
    'asterisk-moh-opsound-wav',
    'redis-server',
    'sip-tester',
    'espeak-ng',
    'sox',
    'postgresql-18',
    'patchelf',
  ],
  postgresMajor: POSTGRES_MAJOR,
  roomNeeded: 1_200_000_000,
  decidedBy: { need: 'asterisk', package: 'asterisk' },
  executables: [
    'usr/sbin/asterisk',
    'usr/bin/sipp',
    'usr/bin/redis-server',
    'usr/bin/redis-cli',
    'usr/bin/espeak-ng',
    'usr/bin/sox',
  ],
};

/** A browser without a screen: for the tests alone, so that nobody else fetches its 180 MB. */
const BROWSER: Recipe = {
  revision: 1,
  suites: SUITES,
  packages: ['chromium-headless-shell', 'patchelf'],
  roomNeeded: 1_000_000_000,
  decidedBy: { need: 'chromium', package: 'chromium-headless-shell' },
  executables: ['usr/lib/chromium/chromium-headless-shell'],
};

/**
 * The font of the documents. BabelStone Han (Arphic Public License, embedding allowed): a Song face as the standard's, 11 MB
 * to fetch, with every character of the basic block and most of those in rare names; the 57 MB of Noto would have a second
 * weight, and the light fonts lack the names. A recipe of its own: the switch of those who have it is not fetched anew.
 */
export const FONT: Recipe = {
  revision: 1,
  suites: SUITES,
  packages: ['fonts-babelstone-han'],
  roomNeeded: 250_000_000,
  decidedBy: { need: 'font', package: 'fonts-babelstone-han' },
  executables: [],
};

/**
 * A face for the pages in the tests' browser (5 MB), which has none of its own: without it a picture of the console shows
 * empty boxes for Chinese. People's own browsers have theirs.
 */
export const SCREEN_FONT: Recipe = {
  revision: 1,
  suites: SUITES,
  packages: ['fonts-wqy-microhei'],
  roomNeeded: 100_000_000,
  decidedBy: { need: 'screenFont', package: 'fonts-wqy-microhei' },
  executables: [],
};

export function recipeOf(need: Need): Recipe {
  return need === 'chromium' ? BROWSER : TELEPHONY;
}

export interface VersionRule {
  readonly label: string;
  readonly range: string;
  fits(version: readonly number[]): boolean;
}

export const VERSION_RULES: Readonly<Record<Need | 'font' | 'screenFont', VersionRule>> = {
  asterisk: {
    label: 'Asterisk',
    range: '>= 22.10.1, < 23',
    fits: (v) => atLeast(v, [22, 10, 1]) && v[0] === 22,
  },
  postgres: { label: 'PostgreSQL', range: '>= 15', fits: (v) => atLeast(v, [15]) },
  redis: { label: 'Redis', range: '>= 7', fits: (v) => atLeast(v, [7]) },
  sipp: { label: 'SIPp', range: '>= 3.6', fits: (v) => atLeast(v, [3, 6]) },
  espeak: { label: 'espeak-ng', range: '>= 1.50', fits: (v) => atLeast(v, [1, 50]) },
  sox: { label: 'SoX', range: '>= 14.4', fits: (v) => atLeast(v, [14, 4]) },
  font: { label: 'BabelStone Han', range: '>= 13', fits: (v) => atLeast(v, [13]) },
  screenFont: { label: 'WenQuanYi Micro Hei', range: '>= 0.2', fits: (v) => atLeast(v, [0, 2]) },
  chromium: { label: 'Chromium', range: '>= 120', fits: (v) => atLeast(v, [120]) },
};

/** Names the folder: another set of packages, another folder. A change of anything else wants a new revision. */
export function recipeKey(recipe: Recipe, architecture: string): string {
  const { revision, suites, packages, postgresMajor, roomNeeded } = recipe;
  return createHash('sha256')
    .update(JSON.stringify([{ revision, suites, packages, postgresMajor, roomNeeded }, architecture]))
    .digest('hex')
    .slice(0, 16);
}
