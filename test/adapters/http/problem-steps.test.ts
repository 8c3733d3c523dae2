import { expect, test } from 'vitest';
import { PROBLEMS } from '../../../src/adapters/http/problems/index.ts';

/**
 * A title that says what to do asks for it, or names what must be. As words and not as signs: 申请, 请求, 无须, 优先 and 先行 ask
 * for nothing.
 */
const STEP = /(?<!申)请(?!求)|(?<!无)须|稍后|(?<!优)先(?!行)/;

// data table: problems whose title says what is wrong and not what to do, by their topic. Whoever adds a problem says
// the step; whoever mends one takes it off here. Nothing is ever added.
const WITHOUT: Readonly<Record<string, string>> = {
  adjudication: 'isRule scopeUnknown',
  announcement: 'moveForbidden',
  appeal: 'forbidden',
  calendar: 'unitTakesWhole',
  circular: 'figureUnknown moveForbidden periodOpen',
  codes: 'nothingBefore',
  dispatch: 'nothingToUndo',
  exclusion: 'moveForbidden',
  form: 'noneInUse',
  import: 'tableTwice',
  incident: 'moveForbidden',
  instruction: 'moveForbidden',
  knowledge: 'moveForbidden',
  limits: 'presetUnknown',
  meeting: 'moveForbidden',
  meetingTask: 'moveForbidden',
  part: 'moveForbidden',
  period: 'incomplete',
  presenceRules: 'invalid',
  prompt: 'languageInvalid',
  recording: 'nameInvalid',
  report: 'empty',
  request: 'webSocketOnly',
  restriction: 'moveForbidden',
  rules:
    'centreAddressInvalid hoursUnreadable none presetUnknown skillsUnreadable surgeInvalid surgeUnknown trunkUnknown',
  score: 'otherUnit',
  supervision: 'moveForbidden',
  ticket: 'detailOutOfPlace disputedBefore',
  transition: 'notRunning',
  trunk: 'unknown',
  version: 'conflict forbiddenChange moveForbidden neverPublished revisionUnknown tooEarly',
};

test('a word that only holds the sign of a step says no step', () => {
  const says = (title: string) => STEP.test(title);
  const none = ['该申请已有结果', '请求正文过大', '没有受限，无须申诉', '按优先级排列', '该工单没有先行处置'];
  expect(none.filter(says)).toEqual([]);
  expect(['请重新申请', '须由另一人同意', '请稍后再试', '先除险情，再除根源'].filter(says)).toHaveLength(4);
});

test('a problem says what to do; those that do not yet are listed by name, and the list only shrinks', () => {
  const silent = Object.entries(PROBLEMS).flatMap(([code, { zh }]) => (STEP.test(zh) ? [] : [code]));
  const listed = Object.entries(WITHOUT).flatMap(([topic, words]) =>
    words.split(' ').map((word) => `${topic}.${word}`),
  );
  expect(silent.toSorted()).toEqual(listed.toSorted());
  expect(listed.length).toBeLessThanOrEqual(47);
});
