import { describe, expect, test } from 'vitest';
import { isOnTheLine, matterTold, sameTelephone } from '../../../src/domain/knowledge/consultation.ts';
import { type AppealWords, NO_WORDS } from '../../../src/domain/tickets/appeal-words.ts';

const NUMBER = '051384990201';
const party = (state: string, number: string | null = NUMBER, kind = 'number') => ({ kind, number, state });

test.each([
  ['051384990201', '84990201', true],
  ['013912340001', '13912340001', true],
  ['051384990201', '051384990202', false],
  // An extension ends many numbers.
  ['051384990201', '0201', false],
  ['0201', '0201', true],
])('%s and %s are one telephone: %s', (one, other, same) => {
  expect(sameTelephone(one, other)).toBe(same);
  expect(sameTelephone(other, one)).toBe(same);
});

describe('on the line is', () => {
  test.each(['in', 'aside', 'held'])('who has taken it and is %s', (state) => {
    expect(isOnTheLine(NUMBER, [party('in', null, 'agent'), party(state)])).toBe(true);
  });
  test.each(['awaited', 'ringing', 'confirming', 'joining'])('not who is %s', (state) => {
    expect(isOnTheLine(NUMBER, [party(state)])).toBe(false);
  });
  test('not another, nor a unit or an agent with that number, nor anybody in a call of nobody', () => {
    expect(isOnTheLine(NUMBER, [party('in', '051384990202')])).toBe(false);
    expect(isOnTheLine(NUMBER, [party('in', NUMBER, 'unit')])).toBe(false);
    expect(isOnTheLine(NUMBER, [party('in', null)])).toBe(false);
    expect(isOnTheLine(NUMBER, [])).toBe(false);
  });
});

describe('what an expert is told of the matter', () => {
  const words: AppealWords = {
    ...NO_WORDS,
    ...{ type: 'ENQUIRY', categoryCode: 'health', title: '张三丰的备案', citizenName: '张三丰' },
    content: '市民张三丰（13912345678）住幸福小区3幢502室，出院前没有备案，能不能补？',
  };
  test('is the matter without the person', () => {
    const told = matterTold(words, '13812340001');
    expect(told).toMatchObject({ told: 'words', type: 'ENQUIRY', categoryCode: 'health' });
    const said = JSON.stringify(told);
    expect(said).toContain('出院前没有备案，能不能补？');
    for (const hidden of ['张三丰', '13912345678', '502']) expect(said).not.toContain(hidden);
  });
  test('hides the number that he calls from where the agent wrote no other', () => {
    const told = matterTold({ ...words, content: '回电 84990311 即可' }, '84990311');
    expect(JSON.stringify(told)).not.toContain('84990311');
  });
  test('is nothing of a confidential appeal, and nothing where nothing is written', () => {
    expect(matterTold({ ...words, confidential: true }, '')).toEqual({ told: 'confidential' });
    expect(matterTold(NO_WORDS, '')).toEqual({ told: 'nothing' });
    expect(matterTold(null, '')).toEqual({ told: 'nothing' });
  });
});
