import { expect, test } from 'vitest';
import { detailFault } from '../../../src/domain/tickets/move-details.ts';
import {
  OUTCOME_NAMES,
  outcomeFault,
  replyWith,
  TICKET_OUTCOMES,
} from '../../../src/domain/tickets/outcome.ts';

const reported = (more: object) => detailFault('reportDone', { reply: '已到现场调查。', ...more });

test('HM-12: a case that was filed is reported with its number; every other outcome has none, and no other move an outcome', () => {
  expect(reported({})).toBeNull();
  expect(reported({ outcome: 'handled' })).toBeNull();
  expect(reported({ outcome: 'caseFiled' })).toEqual({ code: 'ticket.detailMissing', field: 'caseNumber' });
  expect(reported({ outcome: 'caseFiled', caseNumber: ' ' })).toEqual({
    code: 'ticket.detailMissing',
    field: 'caseNumber',
  });
  expect(reported({ outcome: 'caseFiled', caseNumber: '东城管立〔2026〕12号' })).toBeNull();
  expect(reported({ outcome: 'caseFiled', caseNumber: '12号', caseFiledBy: '县城管局' })).toBeNull();
  // Typed before another outcome was chosen: it would stand in the books as a case.
  expect(reported({ caseNumber: '12号' })).toEqual({ code: 'ticket.detailOutOfPlace', field: 'caseNumber' });
  expect(reported({ outcome: 'handled', caseFiledBy: '县城管局' })).toEqual({
    code: 'ticket.detailOutOfPlace',
    field: 'caseFiledBy',
  });
  expect(detailFault('handle', { outcome: 'handled' })).toEqual({
    code: 'ticket.detailOutOfPlace',
    field: 'outcome',
  });
  expect(Object.keys(OUTCOME_NAMES)).toEqual([...TICKET_OUTCOMES]);
  for (const outcome of TICKET_OUTCOMES.filter((one) => one !== 'caseFiled')) {
    expect(outcomeFault({ outcome })).toBeNull();
  }
});

test('the citizen is told of the case by its number and its authority, once', () => {
  const filed = { outcome: 'caseFiled', caseNumber: ' 东城管立〔2026〕12号 ' } as const;
  expect(replyWith('已到现场调查。\n', filed)).toBe(
    '已到现场调查。\n该事项已立案查处，案号：东城管立〔2026〕12号。',
  );
  expect(replyWith('已到现场调查。', { ...filed, caseFiledBy: '县城管局' })).toBe(
    '已到现场调查。\n该事项已由县城管局立案查处，案号：东城管立〔2026〕12号。',
  );
  const himself = '已立案查处（东城管立〔2026〕12号），将依法处罚。';
  expect(replyWith(himself, filed)).toBe(himself);
  const behindWords = '已立案查处，案号为东城管立〔2026〕12号。';
  expect(replyWith(behindWords, filed)).toBe(behindWords);
  // Another number, or a day, in which it stands by chance.
  for (const reply of ['可拨12345咨询。', '11月12日已查处。', '东城管立12号已结。']) {
    expect(replyWith(reply, { ...filed, caseNumber: '12' })).toMatch(/案号：12。$/);
  }
  expect(replyWith('案号：12。', { ...filed, caseNumber: '12' })).toBe('案号：12。');
  expect(replyWith('已修复。', {})).toBe('已修复。');
  expect(replyWith('已修复。', { outcome: 'handled' })).toBe('已修复。');
});
