import { createHash } from 'node:crypto';
import { atLeast } from './run-program.ts';

/** What is fetched when the host lacks it. Changing anything here makes a new folder beside the old one. */
export const RECIPE = {
  revision: 2,
  /** Debian 12 has no Asterisk: its later suites do. The first one whose Asterisk fits is taken. */
  suites: ['forky', 'sid'],
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
  postgresMajor: 18,
  /** Room for the downloads and the unpacked tree together, in bytes. */
  roomNeeded: 1_200_000_000,
} as const;

export const NEEDS = ['asterisk', 'postgres', 'redis', 'sipp', 'espeak', 'sox'] as const;
export type Need = (typeof NEEDS)[number];

export interface VersionRule {
  readonly label: string;
  readonly range: string;
  fits(version: readonly number[]): boolean;
}

export const VERSION_RULES: Readonly<Record<Need, VersionRule>> = {
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
};

export function recipeKey(architecture: string): string {
  return createHash('sha256')
    .update(JSON.stringify([RECIPE, architecture]))
    .digest('hex')
    .slice(0, 16);
}
