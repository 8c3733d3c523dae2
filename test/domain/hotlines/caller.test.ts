import { expect, test } from 'vitest';
import { believedCaller } from '../../../src/domain/hotlines/caller.ts';
import { DEFAULT_TRUNK } from '../../../src/domain/hotlines/trunk.ts';
import { configurationOf } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { RULES } from './rule-sets.ts';

const rules = configurationOf(
  { ...RULES, trunks: [DEFAULT_TRUNK, { ...DEFAULT_TRUNK, code: 'open', trusts: ['diversion'] }] },
  { version: 1, publishedAt: '' },
  [],
);
const asserted = '<sip:110@x>';
const from = '"Zhang" <sip:+8613800138000@x>';

test.each([
  ['a carrier that is believed', 'carrier', asserted, from, '110'],
  ['one that is not: the number in From', 'open', asserted, from, '+8613800138000'],
  ['one that nobody entered', 'stranger', asserted, from, '+8613800138000'],
  ['nothing asserted', 'open', '', from, '110'],
  ['withheld', 'open', asserted, '"Anonymous" <sip:anonymous@anonymous.invalid>', ''],
  ['words for a number', 'open', asserted, '<sip:alice@x>', ''],
  ['no From handed on by an older dialplan', 'open', asserted, '', '110'],
])('%s', (_what, trunk, pAssertedIdentity, sent, caller) => {
  expect(
    believedCaller(rules, { trunk, callerNumber: '110', headers: { pAssertedIdentity, from: sent } }),
  ).toBe(caller);
});
