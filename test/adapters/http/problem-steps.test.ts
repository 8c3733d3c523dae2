import { expect, test } from 'vitest';
import { PROBLEMS } from '../../../src/adapters/http/problems/index.ts';

/**
 * A title that says what to do asks for it, or names what must be. As words and not as signs: 申请, 请求, 无须, 优先 and 先行 ask
 * for nothing.
 */
const STEP = /(?<!申)请(?!求)|(?<!无)须|稍后|(?<!优)先(?!行)/;

// data table: what an English title asks of whoever reads it.
const ASKED = [
  'accept act add answer approach ask attach begin bring call cancel change check choose claim close confirm correct',
  'deal decide dial dispatch divide empty end enter fill find finish give go hand have install invite join keep leave',
  'let listen load look make mark mend merge name note open pick press propose publish put rate read recall record',
  'refuse register reject release reload remove reopen save say search see send set shorten show sign speak start stay',
  'take tell transfer try use wait withdraw work write',
].flatMap((words) => words.split(' '));
/** English says a step by a clause that begins with the deed: "choose another", and not "the choice". */
const STEP_EN = new RegExp(
  `(?:^|[:;,.(] )(?:just |only |please |otherwise |(?:then|or|and|but) )?(?:${ASKED.join('|')})(?![\\w-])`,
  'i',
);

const silentIn = (says: RegExp, language: 'zh' | 'en'): readonly string[] =>
  Object.entries(PROBLEMS).flatMap(([code, problem]) => (says.test(problem[language]) ? [] : [code]));

test('a word that only holds the sign of a step says no step', () => {
  const says = (title: string) => STEP.test(title);
  const none = ['该申请已有结果', '请求正文过大', '没有受限，无须申诉', '按优先级排列', '该工单没有先行处置'];
  expect(none.filter(says)).toEqual([]);
  expect(['请重新申请', '须由另一人同意', '请稍后再试', '先除险情，再除根源'].filter(says)).toHaveLength(4);

  const asks = (title: string) => STEP_EN.test(title);
  const mute = [
    'There is no such choice',
    'The call is over',
    'It was read, and the answer: none',
    'The write-up is empty',
  ];
  expect(mute.filter(asks)).toEqual([]);
  expect(
    [
      'The list is old: load it anew',
      'Give a reason',
      'It is taken; choose another',
      'Be quick, or call 12345',
    ].filter(asks),
  ).toHaveLength(4);
});

test('a problem says what to do next', () => {
  expect(silentIn(STEP, 'zh')).toEqual([]);
});

test('a problem says what to do next in English too', () => {
  expect(silentIn(STEP_EN, 'en')).toEqual([]);
});
