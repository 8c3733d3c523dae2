import type { LintContext } from '../../../src/domain/hotlines/lint/finding.ts';
import { DEFAULT_TRUNK, type TrunkProfile } from '../../../src/domain/hotlines/trunk.ts';
import type { RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { RULES } from './rule-sets.ts';

const trunk = (code: string, more: Partial<TrunkProfile> = {}): TrunkProfile => ({
  ...DEFAULT_TRUNK,
  code,
  ...more,
});
const trunks = (...some: TrunkProfile[]): RuleSet => ({ ...RULES, trunks: some });
/** Without the parallel number, whose trunk would be missed. */
const others = (...some: TrunkProfile[]): RuleSet => ({
  ...trunks(...some),
  lines: RULES.lines.filter(({ mode }) => mode !== 'PARALLEL'),
});

/** What the linter says of trunks: rules, what is known beside them, findings. */
export const TRUNK_CASES: readonly [string, RuleSet, Partial<LintContext>, readonly string[]][] = [
  ['no trunk at all', others(), {}, ['warning trunk.none: municipality']],
  [
    'a trunk that only a line names',
    trunks(trunk('mobile')),
    { trunks: ['mobile'] },
    ['error trunk.unknown: line 12348@2020-04-28 trunk'],
  ],
  [
    'a trunk that the switch does not have',
    trunks(trunk('carrier'), trunk('telecom')),
    {},
    ['warning trunk.notAtSwitch: trunk telecom code'],
  ],
  [
    'a trunk entered twice',
    trunks(trunk('carrier'), trunk('carrier', { name: 'other' })),
    {},
    ['error trunk.duplicate: trunk carrier'],
  ],
  [
    'a DID that stands for two numbers, spelt differently, on two trunks',
    trunks(
      trunk('carrier', { dids: [{ did: '80001234', line: '12319' }] }),
      trunk('mobile', { dids: [{ did: '051380001234', line: '12369' }] }),
    ),
    { trunks: ['carrier', 'mobile'] },
    ['error trunk.didTwice: trunk mobile dids'],
  ],
  [
    'a DID that stands twice on one trunk',
    trunks(
      trunk('carrier', {
        dids: [
          { did: '80001234', line: '12319' },
          { did: '80001234', line: '12319' },
        ],
      }),
    ),
    {},
    ['error trunk.didTwice: trunk carrier dids'],
  ],
  [
    'a DID of one number on two trunks is in order',
    trunks(
      trunk('carrier', { dids: [{ did: '80001234', line: '12319' }] }),
      trunk('mobile', { dids: [{ did: '+8651380001234', line: '051312319' }] }),
    ),
    { trunks: ['carrier', 'mobile'] },
    [],
  ],
  [
    'a trunk and a DID of numbers that nobody registered',
    trunks(trunk('carrier', { dids: [{ did: '80001234', line: '96000' }] }), trunk('own', { line: '96001' })),
    { trunks: ['carrier', 'own'] },
    ['error trunk.lineUnknown: trunk carrier dids', 'error trunk.lineUnknown: trunk own line'],
  ],
  [
    'an order that ends without To',
    trunks(trunk('carrier', { methods: ['requestUri', 'diversion'] })),
    {},
    ['warning trunk.noLastResort: trunk carrier methods'],
  ],
  [
    'forwarded numbers behind a carrier that is not believed',
    trunks(trunk('carrier', { trusts: ['pAssertedIdentity'] })),
    {},
    ['warning trunk.untrustedForward: trunk carrier trusts'],
  ],
  [
    'the same numbers with a DID of their own are in order',
    trunks(trunk('carrier', { trusts: [], dids: [{ did: '80001234', line: '12319' }] })),
    {},
    [],
  ],
  [
    'numbers that no call is ever taken for: the only trunk belongs to another',
    others(trunk('own', { line: '12345' })),
    { trunks: ['own'] },
    [
      'error line.unreachable: line 12319@2020-04-28 number',
      'error line.unreachable: line 12316@2026-10-28 number',
      'error line.unreachable: line 12369@2020-04-28 number',
    ],
  ],
];
