import { expect, test } from 'vitest';
import { OVERFLOWS, overflowed, overflowInEnglish } from '../../../src/domain/hotlines/overflow-words.ts';
import { choiceInEnglish, choiceWords } from '../../../src/domain/routing/choice-words.ts';
import { CUT_OFF } from '../../../src/domain/routing/rank.ts';

// What the books say of a choice is read in either language.

const HAN = /\p{Script=Han}/u;
const choice = {
  ...{ queue: 'general', home: 'general', skilled: [], kept: false },
  ...{ idleSinceMs: 0, waitingSinceMs: 20_000, priority: 5 },
};

test('why this agent and why this caller, in English as in Chinese', () => {
  const en = { skill: 'en', least: 2 };
  const choices = [choice, { ...choice, home: 'desk' }].flatMap((one) =>
    [one, { ...one, skilled: [en] }].flatMap((two) =>
      [two, { ...two, kept: true }].flatMap((three) =>
        [5, 2, CUT_OFF].map((priority) => ({ ...three, priority })),
      ),
    ),
  );
  const told = choices.map((one) => choiceInEnglish(choiceWords(one, 65_000)));
  expect(told.filter((words) => words === null || HAN.test(words))).toEqual([]);
  expect(new Set(told).size).toBe(choices.length);
  expect(choiceInEnglish('desk 溢出至 general：具备 en≥2，最长空闲 65 秒；优先级 2，已等待 45 秒')).toBe(
    'desk, overflowed to general: able to en≥2, idle longest (65 s); priority 2, waited for 45 s',
  );
});

test('why it overflows', () => {
  const { after, waiting, longest, unstaffed, unable } = OVERFLOWS;
  for (const why of [after('20'), waiting('3'), longest('61'), unstaffed(), unable()])
    expect(overflowInEnglish(overflowed('desk', why))).toMatch(/^overflows from desk: [ -~]+$/);
  expect(overflowInEnglish('desk 20 秒内无人接听，溢出')).toBe(
    'overflows from desk: nobody answered within 20 s',
  );
});

test('other words are nobody’s', () => {
  for (const words of ['', '话务员按键接听，话机自动接起', 'general']) {
    expect(choiceInEnglish(words)).toBeNull();
    expect(overflowInEnglish(words)).toBeNull();
  }
});
