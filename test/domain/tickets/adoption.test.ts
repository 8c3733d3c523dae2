import { expect, test } from 'vitest';
import { adoptionRate } from '../../../src/domain/reporting/adoption-report.ts';
import { decideAdoption } from '../../../src/domain/tickets/adoption.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';

const ticket = {
  type: 'SUGGESTION',
  state: 'handling',
  unitCode: 'lighting',
  secret: false,
  citizen: { name: '张三丰', number: '13912345678' },
} as const;
const person = (role: Actor['roles'][number], unitCode: string | null = null): Actor => ({
  accountId: 'a',
  roles: [role],
  unitCode,
});
const say = (over: Partial<Parameters<typeof decideAdoption>[0]> = {}) =>
  decideAdoption({
    ticket,
    actor: person('unit', 'lighting'),
    words: '已列入改造计划',
    publication: '',
    summary: '',
    outcome: 'adopted',
    ...over,
  });

test('a suggestion is taken up by the unit that has it, or by the hotline; nobody else says so, and never without words', () => {
  expect(say()).toEqual({ side: 'unit' });
  expect(say({ actor: person('supervisor') })).toEqual({ side: 'hotline' });
  expect(say({ actor: person('unit', 'water') })).toEqual({ refusal: 'ticket.otherUnit' });
  expect(say({ actor: person('agent') })).toEqual({ refusal: 'ticket.moveForbidden' });
  expect(say({ actor: person('supervisor', 'lighting') })).toEqual({ refusal: 'ticket.moveForbidden' });
  expect(say({ words: ' ' })).toEqual({ refusal: 'adoption.wordsMissing' });
});

test('only a suggestion, and not before a unit had it; what is public tells of nobody who he is', () => {
  expect(say({ ticket: { ...ticket, type: 'COMPLAINT' } })).toEqual({ refusal: 'adoption.notSuggestion' });
  for (const state of ['registered', 'underReview', 'outOfScope', 'withdrawn'] as const) {
    expect(say({ ticket: { ...ticket, state } })).toEqual({ refusal: 'adoption.tooEarly' });
  }
  for (const state of ['dispatched', 'reportedDone', 'closed', 'archived'] as const) {
    expect(say({ ticket: { ...ticket, state } })).toEqual({ side: 'unit' });
  }
  expect(say({ publication: '县政府网站，联系人13912345678' })).toEqual({ refusal: 'adoption.personal' });
});

test('on the public list stands what was taken up, in words that tell of nobody: not even the measure names the citizen', () => {
  const listed = { summary: '建议更换老旧路灯' };
  expect(say(listed)).toEqual({ side: 'unit' });
  expect(say({ ...listed, outcome: 'partly' })).toEqual({ side: 'unit' });
  expect(say({ ...listed, outcome: 'notAdopted' })).toEqual({ refusal: 'adoption.notTakenUp' });
  expect(say({ ...listed, ticket: { ...ticket, secret: true } })).toEqual({ refusal: 'adoption.secret' });
  const told = '已列入计划，并向张三丰说明';
  for (const over of [
    { summary: '张三丰建议更换路灯' },
    { summary: '如有意见请电13812345678' },
    { ...listed, words: told },
    { ...listed, publication: '联系张三丰' },
  ]) {
    expect(say(over)).toEqual({ refusal: 'adoption.personal' });
  }
  // Kept in the house his name may stand in the measure; nothing of a confidential matter is told by it.
  expect(say({ words: told, ticket: { ...ticket, secret: true } })).toEqual({ side: 'unit' });
  expect(say({ summary: '  ', outcome: 'notAdopted' })).toEqual({ side: 'unit' });
});

test('F-4: 963 of 3,853 suggestions are 24.99 %; of none there is no rate', () => {
  expect(adoptionRate({ suggestions: 3853, adopted: 900, partly: 63 })).toBe(24.99);
  expect(adoptionRate({ suggestions: 0, adopted: 0, partly: 0 })).toBeNull();
});
