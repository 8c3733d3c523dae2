import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIAL_OUTCOME_NAMES } from '../../../src/domain/callbacks/dial-outcome.ts';
import {
  answersSoFar,
  beginReceipt,
  beginSurvey,
  type GivenAnswers,
  mattersThrough,
  SURVEY_TABLE,
  type SurveyInput,
  type SurveyMatter,
  type SurveyMode,
  type SurveyStep,
  surveyStep,
} from '../../../src/domain/callbacks/survey/dialogue.ts';
import { matterWords } from '../../../src/domain/callbacks/survey/matter-words.ts';
import { answersOf, keptOf, visitOutcomeOf } from '../../../src/domain/callbacks/survey/outcome.ts';
import { receiptWords } from '../../../src/domain/callbacks/survey/receipt-words.ts';
import { VISIT_OUTCOME_NAMES } from '../../../src/domain/callbacks/visit-attempts.ts';
import { PROMPTS } from '../../../src/domain/ivr/prompts.ts';

const key = (digit: string): SurveyInput => ({ type: 'digit', digit });
const SAID: SurveyInput = { type: 'said' };
const TIME_UP: SurveyInput = { type: 'timeUp' };

/** What the inputs lead to; those that mean nothing leave it where it is. */
function led(
  inputs: readonly SurveyInput[],
  given: GivenAnswers = {},
  further: readonly SurveyMatter[] = [],
): SurveyStep {
  let step = beginSurvey([{ given, words: [] }, ...further]);
  for (const input of inputs) {
    if (step.act.kind === 'end') return step;
    step = surveyStep(step.state, input) ?? step;
  }
  return step;
}
const typed = (keys: string, given: GivenAnswers = {}, further: readonly SurveyMatter[] = []) =>
  led([...keys].map(key), given, further);
const endOf = ({ act }: SurveyStep) => (act.kind === 'end' ? act.how : null);
const modeOf = (step: SurveyStep): SurveyMode => endOf(step) ?? step.state.stage;

test('three questions, three answers, a message after the tone', () => {
  const asked = typed('1214');
  expect(asked.state).toMatchObject({ stage: 'message', given: { resolved: false, result: 5, process: 2 } });
  const recording = surveyStep(asked.state, SAID);
  expect(recording?.act).toEqual({ kind: 'record' });
  expect(surveyStep(recording?.state ?? asked.state, key('#'))?.act).toEqual({ kind: 'stopRecording' });
  expect(surveyStep(recording?.state ?? asked.state, { type: 'spoken' })?.act).toMatchObject({
    how: 'completed',
  });
  expect(answersOf(asked.state.given)).toEqual({ resolved: false, result: 5, process: 2, words: '' });
});

test('a call that broke off is gone on with at the first question without an answer', () => {
  const { state, act } = typed('15');
  expect(state.given).toEqual({});
  expect(act).toEqual({ kind: 'ask', prompts: ['survey-wrong', 'survey-resolved'] });
  const before = typed('11');
  expect(endOf(surveyStep(before.state, { type: 'hungUp' }) ?? before)).toBe('brokenOff');
  expect(before.state.given).toEqual({ resolved: true });
  expect(typed('1', before.state.given).state.stage).toBe('result');
  expect(typed('1', { resolved: true, result: 3, process: 3 }).state.stage).toBe('message');
});

test('several matters: each is named once and has its own answers; those that are through stand for themselves', () => {
  const tickets = [
    { type: 'COMPLAINT', number: 'YH20261123-000012' },
    { type: 'HELP', number: 'YH20261124-000345' },
  ] as const;
  const [first, second] = tickets.map((one, index) => ({ given: {}, words: matterWords(one, index + 1, 2) }));
  if (first === undefined || second === undefined) throw new Error('two');
  const both = (keys: string) => led([...keys].map(key), {}, [second]);
  const asked = led([key('1')], {}, [second]);
  expect(asked.act).toEqual({ kind: 'ask', prompts: ['survey-resolved'] });
  expect(both('1153').act).toEqual({
    kind: 'ask',
    prompts: [
      'survey-matter-2',
      'survey-type-help',
      'digit-0',
      'digit-3',
      'digit-4',
      'digit-5',
      'survey-resolved',
    ],
  });
  expect(both('11539').act).toEqual({ kind: 'ask', prompts: ['survey-wrong', 'survey-resolved'] });
  const middle = both('115322').state;
  expect(answersSoFar(middle)).toEqual([
    { resolved: true, result: 1, process: 3 },
    { resolved: false, result: 4 },
  ]);
  expect(mattersThrough(middle)).toBe(1);
  expect(endOf(surveyStep(middle, { type: 'hungUp' }) ?? asked)).toBe('brokenOff');
  expect(both('11532211').state.stage).toBe('message');
  // What was answered in a call before is not asked again, and who refuses has said nothing about either.
  expect(typed('1153', {}, [{ given: { resolved: true, result: 5 }, words: [] }]).state.stage).toBe(
    'process',
  );
  expect(answersSoFar(both('3').state)).toEqual([{}, {}]);
  expect(matterWords(tickets[0], 1, 1)).toEqual([]);
  expect(first.words.slice(0, 2)).toEqual(['survey-matter-1', 'survey-type-complaint']);
});

test.each([
  ['silence twice is a machine, no refusal', [SAID, TIME_UP, SAID, TIME_UP], 'machine'],
  ['silence in the middle breaks it off', [key('1'), SAID, TIME_UP, SAID, TIME_UP], 'brokenOff'],
  ['no key that fits: a person', [key('1'), key('7'), key('9')], 'person'],
  ['0 at any time', [key('1'), key('1'), key('0')], 'person'],
  ['somebody else', [key('2')], 'wrongPerson'],
  ['he does not want to', [key('3')], 'refused'],
  ['a question that cannot be played: a person', [key('1'), { type: 'unsaid' }], 'person'],
  [
    'the message cannot be asked for: he has answered all the same',
    [...'1111'].map(key).concat({ type: 'unsaid' }),
    'completed',
  ],
  ['he hangs up while he speaks', [...'1111'].map(key).concat(SAID, { type: 'hungUp' }), 'completed'],
] satisfies [string, SurveyInput[], string][])('%s', (_name, inputs, how) => {
  expect(endOf(led(inputs))).toBe(how);
});

const INPUTS: readonly SurveyInput[] = [
  ...[...'0123456789#*'].map(key),
  SAID,
  TIME_UP,
  { type: 'unsaid' },
  { type: 'spoken' },
  { type: 'hungUp' },
];

/** Each stage in each phase, put once and put for the last time, with and without answers of a call before. */
const BEFORE: readonly GivenAnswers[] = [
  {},
  { resolved: true },
  { result: 3 },
  { process: 3 },
  { resolved: true, result: 3 },
  { result: 3, process: 3 },
  { resolved: true, process: 3 },
  { resolved: true, result: 3, process: 3 },
];
const inEachPhase = (asked: SurveyStep): readonly SurveyStep[] => {
  const awaiting = surveyStep(asked.state, SAID) ?? asked;
  return [asked, awaiting, surveyStep(awaiting.state, TIME_UP) ?? awaiting];
};
const RECEIPT = receiptWords({ type: 'COMPLAINT', number: 'YH20261123-000012' });
const OF_VISITS: readonly SurveyStep[] = BEFORE.flatMap((given) =>
  [[], ...BEFORE.map((later) => [{ given: later, words: [] }])].flatMap((further) =>
    ['', '1', '11', '111', '1111'].flatMap((keys) => inEachPhase(typed(keys, given, further))),
  ),
);
const STEPS: readonly SurveyStep[] = [...OF_VISITS, ...inEachPhase(beginReceipt(RECEIPT))];

const receiptAfter = (...inputs: readonly SurveyInput[]): SurveyStep =>
  inputs.reduce((step, input) => surveyStep(step.state, input) ?? step, beginReceipt(RECEIPT));

test('a receipt says number and kind, each time it is asked for; 1 alone confirms', () => {
  expect(beginReceipt(RECEIPT).act).toEqual({ kind: 'ask', prompts: [...RECEIPT, 'urgent-confirm'] });
  expect(RECEIPT.slice(0, 2)).toEqual(['urgent-hello', 'urgent-type-complaint']);
  expect(RECEIPT.slice(2).join(' ')).toBe('digit-0 digit-0 digit-0 digit-0 digit-1 digit-2');
  expect(RECEIPT.filter((one) => !(one in PROMPTS))).toEqual([]);
  expect(receiptAfter(key('1')).act).toMatchObject({ kind: 'end', how: 'received' });
  expect(receiptAfter(SAID, TIME_UP).act).toEqual({
    kind: 'ask',
    prompts: ['survey-nothing', ...RECEIPT, 'urgent-confirm'],
  });
  expect(endOf(receiptAfter(SAID, TIME_UP, SAID, TIME_UP))).toBe('machine');
  // There is nobody to hand him to, whatever he presses.
  expect(endOf(receiptAfter(key('0'), key('0')))).toBe('brokenOff');
  expect(endOf(receiptAfter(key('7'), SAID, TIME_UP))).toBe('machine');
  expect(endOf(receiptAfter(key('9'), key('1')))).toBe('received');
  expect(endOf(receiptAfter({ type: 'unsaid' }))).toBe('brokenOff');
  expect(endOf(receiptAfter({ type: 'hungUp' }))).toBe('brokenOff');
  expect(visitOutcomeOf('received', null)).toBeNull();
});

test('nothing but the edges of the table is walked, and each of them is', () => {
  const walked = new Set<string>();
  for (const step of STEPS.filter(({ act }) => act.kind !== 'end')) {
    for (const input of INPUTS) {
      const next = surveyStep(step.state, input);
      if (next !== null) walked.add(`${modeOf(step)} ${modeOf(next)}`);
    }
  }
  const listed = Object.entries(SURVEY_TABLE).flatMap(([from, on]) =>
    Object.values(on as Record<string, readonly string[]>).flatMap((to) => to.map((one) => `${from} ${one}`)),
  );
  // A message that begins leaves its stage only by its end.
  expect([...walked].filter((edge) => edge !== 'message message').sort()).toEqual(
    [...new Set(listed)].sort(),
  );
});

test('whatever is pressed: left alone it comes to its end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...INPUTS), { maxLength: 14 }), (inputs) => {
      let step = led(inputs);
      for (let n = 0; n < 24 && step.act.kind !== 'end'; n += 1) {
        step = surveyStep(step.state, step.state.phase === 'asking' ? SAID : TIME_UP) ?? step;
      }
      expect(step.act.kind).toBe('end');
    }),
  );
});

test('every end has words that are there, and an outcome with a name; a fault of ours is no try', () => {
  const prompts = new Set(Object.keys(PROMPTS));
  for (const inputs of INPUTS.map((one) => [one])) {
    const { act } = led(inputs);
    if ('prompts' in act) expect(act.prompts.filter((one) => !prompts.has(one))).toEqual([]);
  }
  for (const dial of DIAL_OUTCOME_NAMES) {
    const outcome = visitOutcomeOf('notReached', dial);
    expect(outcome === null || outcome in VISIT_OUTCOME_NAMES).toBe(true);
    expect(outcome).not.toBe('answered');
    expect(outcome).not.toBe('refused');
  }
  expect(visitOutcomeOf('notReached', 'network')).toBeNull();
  expect(visitOutcomeOf('lost', null)).toBeNull();
  expect(answersOf({ resolved: true, result: 4 })).toBeNull();
  expect(keptOf('refused', { resolved: true })).toEqual({});
  expect(keptOf('brokenOff', { resolved: true })).toEqual({ resolved: true });
});
