import { expect, test } from 'vitest';
import { Problem, Unreachable } from '../../../src/console/api/problem.ts';
import { TalkWishes } from '../../../src/console/pages/desk/talk-wishes.ts';

const problem = (status: number, code: string) =>
  new Problem({ status, code, title: '请稍后再试', titleEn: 'Later', instance: 'r1' }, null);
const AWAY = problem(503, 'callControl.away');

function wishes(stands: string | null = 'consulting') {
  const of = new TalkWishes();
  of.stands(stands);
  return {
    of,
    unanswered(wish: string, nowMs = 0): string {
      const key = of.keyOf(wish, nowMs);
      of.refused(wish, AWAY, nowMs);
      return key;
    },
  };
}

test('a wish that nobody answered keeps its key, however often it is tried; carried out or refused, the next is another', () => {
  const { of, unanswered } = wishes();
  const key = unanswered('swap');
  expect(unanswered('swap', 3_000)).toBe(key);
  expect(unanswered('swap', 12_000)).toBe(key);
  expect(of.keyOf('swap', 15_000)).toBe(key);
  of.done('swap');
  const second = of.keyOf('swap', 16_000);
  expect(second).not.toBe(key);
  of.refused('swap', problem(409, 'talk.notNow'), 16_000);
  expect(of.keyOf('swap', 17_000)).not.toBe(second);
  expect(of.keyOf('consult gu', 17_000)).not.toBe(of.keyOf('consult shen', 17_000));
});

test('the talk stands differently since: wished again, it is another wish, though nobody said what came of the first', () => {
  const { of, unanswered } = wishes('consulting');
  const key = unanswered('swap');
  of.stands('consulting');
  expect(unanswered('swap', 1_000)).toBe(key);
  of.stands('swapped');
  expect(of.keyOf('swap', 2_000)).not.toBe(key);

  // And back again: a colleague who was rung and did not answer.
  const { of: calling, unanswered: unheard } = wishes('together');
  const rung = unheard('consult gu');
  calling.stands('calling');
  calling.stands('together');
  expect(calling.keyOf('consult gu', 2_000)).not.toBe(rung);
});

test('the picture was quicker than the answer that did not come: wished again, it is another wish', () => {
  const { of } = wishes('consulting');
  const key = of.keyOf('swap', 0);
  of.stands('swapped');
  // It may still be answered, and is not asked twice meanwhile.
  expect(of.keyOf('swap', 500)).toBe(key);
  of.refused('swap', new Unreachable(new Error('no answer')), 2_000);
  expect(of.keyOf('swap', 2_500)).not.toBe(key);
});

test('a later wish was carried out: what was wished before it is settled, what was wished after it is not', () => {
  const { of, unanswered } = wishes();
  const before = unanswered('swap');
  of.keyOf('mute citizen', 1_000);
  const after = unanswered('cancel', 1_500);
  of.done('mute citizen');
  expect(of.keyOf('swap', 2_000)).not.toBe(before);
  expect(of.keyOf('cancel', 2_000)).toBe(after);
});

test('a later wish that was refused settles nothing: the refusal may be of a gate before call control', () => {
  const { of, unanswered } = wishes();
  const before = unanswered('swap');
  of.keyOf('mute citizen', 1_000);
  of.refused('mute citizen', problem(429, 'requests.tooMany'), 1_000);
  expect(of.keyOf('swap', 2_000)).toBe(before);
});

test('ten seconds later the picture shows what came of it; while there is no picture of now, it is the same wish', () => {
  const { of, unanswered } = wishes();
  const key = unanswered('swap', 0);
  expect(unanswered('swap', 10_000)).toBe(key);
  of.stands(null);
  expect(unanswered('swap', 60_000)).toBe(key);
  of.stands('consulting');
  expect(unanswered('swap', 70_000)).toBe(key);
  expect(of.keyOf('swap', 80_001)).not.toBe(key);
});
