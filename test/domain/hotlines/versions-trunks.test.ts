import { expect, test } from 'vitest';
import { editedRules } from '../../../src/app/rules/rule-edit.ts';
import { rulesFromStore } from '../../../src/domain/hotlines/stored.ts';
import { DEFAULT_TRUNK, type TrunkProfile } from '../../../src/domain/hotlines/trunk.ts';
import { applyChanges } from '../../../src/domain/hotlines/versions/apply-changes.ts';
import { describeInEnglish } from '../../../src/domain/hotlines/versions/change-english.ts';
import { diff } from '../../../src/domain/hotlines/versions/diff.ts';
import { rate } from '../../../src/domain/hotlines/versions/risk.ts';
import { ordered, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { RULES } from './rule-sets.ts';

// Trunks in the rules: what a change of one is called, how risky it is, and what the absence of them meant.

const withTrunk = (more: Partial<TrunkProfile>): RuleSet => ({
  ...RULES,
  trunks: [{ ...DEFAULT_TRUNK, ...more }],
});
const mobile: TrunkProfile = { ...DEFAULT_TRUNK, code: 'mobile', name: '移动中继', trusts: [] };

test.for<[string, RuleSet, string, readonly string[]]>([
  ['a name', withTrunk({ name: '电信' }), '中继 carrier 的名称由“运营商中继”改为“电信”', []],
  [
    'an order',
    withTrunk({ methods: ['historyInfo', 'diversion', 'to'] }),
    '中继 carrier 的识别顺序由“专属中继、直拨号码、被叫号码、Diversion、History-Info、RDNIS、To”改为“History-Info、Diversion、To”',
    ['trunk.recognition'],
  ],
  [
    'DIDs',
    withTrunk({ dids: [{ did: '051380001234', line: '12319' }] }),
    '中继 carrier 的直拨号码由（无）改为“051380001234→12319”',
    ['trunk.recognition'],
  ],
  [
    'trust',
    withTrunk({ trusts: ['pAssertedIdentity'] }),
    '中继 carrier 的采信的信息由“Diversion、History-Info、RDNIS、P-Asserted-Identity”改为“P-Asserted-Identity”',
    ['trunk.recognition'],
  ],
  [
    'the end of the chain',
    withTrunk({ dialledEntry: 'first' }),
    '中继 carrier 的原被叫所在的 Diversion由“最后一条”改为“第一条”',
    ['trunk.recognition'],
  ],
  [
    'a new trunk',
    { ...RULES, trunks: [DEFAULT_TRUNK, mobile] },
    '新增中继 mobile：移动中继',
    ['trunk.recognition'],
  ],
  ['no trunk any more', { ...RULES, trunks: [] }, '删除中继 carrier：运营商中继', ['trunk.recognition']],
])('%s: told in words, and who else must look', ([, next, words, risks]) => {
  const changes = diff(RULES, next);
  expect(changes.map((change) => change.words)).toEqual([words]);
  const [rated] = rate(RULES, changes, { listed: [], workingHours: false });
  expect(rated).toMatchObject({ risks, level: risks.length === 0 ? 'ordinary' : 'second' });
  expect(applyChanges(RULES, changes)).toEqual({ rules: ordered(next), conflicts: [] });
});

test('an English operator reads the same of a trunk', () => {
  const next = withTrunk({ methods: ['trunk', 'requestUri'], dialledEntry: 'first' });
  expect(diff(RULES, next).map(describeInEnglish)).toEqual([
    'Trunk carrier: order of recognition from “own trunk, DID, dialled number, Diversion, History-Info, RDNIS, To” to ' +
      '“own trunk, dialled number”',
    'Trunk carrier: Diversion entry with the dialled number from “the last one” to “the first one”',
  ]);
});

test('the order of methods is a difference, that of DIDs and of trusted headers is none', () => {
  const dids = [
    { did: '1', line: '12319' },
    { did: '2', line: '12369' },
  ];
  expect(
    diff(
      withTrunk({ dids }),
      withTrunk({ dids: dids.toReversed(), trusts: DEFAULT_TRUNK.trusts.toReversed() }),
    ),
  ).toEqual([]);
  expect(diff(RULES, withTrunk({ methods: DEFAULT_TRUNK.methods.toReversed() }))).toHaveLength(1);
});

test('rules of before there were trunks have the usual one, from the books and from a file', () => {
  const { trunks, ...old } = RULES;
  expect(rulesFromStore(old).trunks).toEqual([DEFAULT_TRUNK]);
  expect(editedRules(RULES, { rules: old }, { units: [], today: '2026-11-23' }).trunks).toEqual([
    DEFAULT_TRUNK,
  ]);
});

test('a trunk is edited by its code: what is not said stays, a new one is as usual', () => {
  const edit = (change: Parameters<typeof editedRules>[1]) =>
    editedRules(RULES, change, { units: [], today: '2026-11-23' }).trunks;
  expect(edit({ trunks: [{ code: 'carrier', trusts: [] }] })).toEqual([{ ...DEFAULT_TRUNK, trusts: [] }]);
  expect(edit({ trunks: [{ code: 'water', line: '12319' }] })).toEqual([
    DEFAULT_TRUNK,
    { ...DEFAULT_TRUNK, code: 'water', name: 'water', line: '12319' },
  ]);
  expect(edit({ removeTrunks: ['carrier'] })).toEqual([]);
  expect(() => edit({ removeTrunks: ['nowhere'] })).toThrow(
    expect.objectContaining({ code: 'rules.trunkUnknown' }),
  );
});
