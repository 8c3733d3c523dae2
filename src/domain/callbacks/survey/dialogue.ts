import { type Grade, gradeOf } from '../../rating/grades.ts';

/**
 * 自动电话回访: what the citizen is asked, by keys. Modes:
 *
 *   consent    确认本人: who is there, and whether he will be asked
 *   resolved   是否解决 · result 结果满意度 · process 过程满意度: three questions, three answers (JS-30, JY-13)
 *              of several matters each is named, and has its own three
 *   message    补充留言: spoken after a tone, as long as he likes within a minute
 *   receipt    急件确认收到: no visit; who is on call for a unit presses 1 for an urgent ticket that it has been given (H12)
 *   received   已确认
 *   completed  三问已答 · refused 拒绝 · wrongPerson 非本人 · person 转人工
 *   machine    无按键: a voicemail, or nobody who listens; never a refusal
 *   brokenOff  中断: hung up, or fell silent; the answers that were given stand
 *
 * Each question is put once more after silence or a key that means nothing. Who is there and finds no key that fits,
 * or cannot be played the question, gets a person; 0 does that at any time. Of a receipt there is nobody to be handed to:
 * whoever presses no key that counts has not confirmed.
 */
export const SURVEY_TABLE = {
  consent: {
    yes: ['resolved', 'result', 'process', 'message'],
    notHe: ['wrongPerson'],
    no: ['refused'],
    person: ['person'],
    wrongKey: ['consent', 'person'],
    silence: ['consent', 'machine'],
    unsaid: ['person'],
    hungUp: ['brokenOff'],
  },
  resolved: {
    answer: ['resolved', 'result', 'process', 'message'],
    person: ['person'],
    wrongKey: ['resolved', 'person'],
    silence: ['resolved', 'brokenOff'],
    unsaid: ['person'],
    hungUp: ['brokenOff'],
  },
  result: {
    answer: ['resolved', 'result', 'process', 'message'],
    person: ['person'],
    wrongKey: ['result', 'person'],
    silence: ['result', 'brokenOff'],
    unsaid: ['person'],
    hungUp: ['brokenOff'],
  },
  process: {
    answer: ['resolved', 'result', 'process', 'message'],
    person: ['person'],
    wrongKey: ['process', 'person'],
    silence: ['process', 'brokenOff'],
    unsaid: ['person'],
    hungUp: ['brokenOff'],
  },
  message: {
    person: ['person'],
    skip: ['completed'],
    spoken: ['completed'],
    unsaid: ['completed'],
    hungUp: ['completed'],
  },
  receipt: {
    received: ['received'],
    wrongKey: ['receipt', 'brokenOff'],
    silence: ['receipt', 'machine'],
    unsaid: ['brokenOff'],
    hungUp: ['brokenOff'],
  },
  received: {},
  completed: {},
  refused: {},
  wrongPerson: {},
  person: {},
  machine: {},
  brokenOff: {},
} as const;

export type SurveyMode = keyof typeof SURVEY_TABLE;
export const SURVEY_QUESTIONS = ['resolved', 'result', 'process'] as const;
type Question = (typeof SURVEY_QUESTIONS)[number];
export const SURVEY_STAGES = ['consent', ...SURVEY_QUESTIONS, 'message', 'receipt'] as const;
export type SurveyStage = (typeof SURVEY_STAGES)[number];
export type SurveyEnd = Exclude<SurveyMode, SurveyStage>;

/** What was said so far; a call that broke off is gone on with where it stopped. */
export interface GivenAnswers {
  readonly resolved?: boolean;
  readonly result?: Grade;
  readonly process?: Grade;
}

/** A matter that he is asked about. */
export interface SurveyMatter {
  /** Of a call before that broke off. */
  readonly given: GivenAnswers;
  /** How it is named to him, where it is one of several; else nothing. */
  readonly words: readonly string[];
}

export interface SurveyState {
  readonly stage: SurveyStage;
  /** `asking`: the words play, and a key may come already. */
  readonly phase: 'asking' | 'awaiting' | 'recording';
  /** How often this question has been put. */
  readonly asked: number;
  /** A key was pressed: somebody is there. */
  readonly heard: boolean;
  /** About the matter that is asked about now. */
  readonly given: GivenAnswers;
  /** How that is named to him, until it has been; of a receipt, what is to be confirmed, said each time. Absent, as what follows, in calls of before: there was one matter. */
  readonly words?: readonly string[];
  /** About the matters before it, in their order. */
  readonly earlier?: readonly GivenAnswers[];
  readonly further?: readonly SurveyMatter[];
}

export type SurveyInput =
  | { readonly type: 'digit'; readonly digit: string }
  /** The words are over. */
  | { readonly type: 'said' }
  /** They could not be played. */
  | { readonly type: 'unsaid' }
  /** The time of this phase is up. */
  | { readonly type: 'timeUp' }
  /** The message is over, whatever became of it. */
  | { readonly type: 'spoken' }
  | { readonly type: 'hungUp' };

export type SurveyAct =
  | { readonly kind: 'ask'; readonly prompts: readonly string[] }
  | { readonly kind: 'listen' }
  | { readonly kind: 'record' }
  | { readonly kind: 'stopRecording' }
  | { readonly kind: 'end'; readonly how: SurveyEnd; readonly prompts: readonly string[] };

export interface SurveyStep {
  readonly state: SurveyState;
  readonly act: SurveyAct;
}

const ASKED_AT_MOST = 2;
const END_KEY = '#';
const PERSON_KEY = '0';
const RECEIVED_KEY = '1';

const WORDS: Readonly<Record<SurveyStage, string>> = {
  consent: 'survey-hello',
  resolved: 'survey-resolved',
  result: 'survey-result',
  process: 'survey-process',
  message: 'survey-message',
  receipt: 'urgent-confirm',
};

/** What he hears last; who is handed to a person hears the queue's music. */
const FAREWELLS: Readonly<Record<SurveyEnd, readonly string[]>> = {
  received: ['urgent-thanks'],
  completed: ['survey-thanks'],
  refused: ['survey-refused'],
  wrongPerson: ['survey-sorry'],
  person: [],
  machine: ['survey-later'],
  brokenOff: ['survey-later'],
};

export function beginSurvey([first = ONE_MATTER, ...further]: readonly SurveyMatter[]): SurveyStep {
  const { given, words } = first;
  const state = { stage: 'consent', phase: 'asking', asked: 0, heard: false } as const;
  return ask({ ...state, given, words, earlier: [], further }, []);
}

/** `words`: which ticket, of what kind. */
export const beginReceipt = (words: readonly string[]): SurveyStep =>
  ask({ stage: 'receipt', phase: 'asking', asked: 0, heard: false, given: {}, words }, []);

const ONE_MATTER: SurveyMatter = { given: {}, words: [] };

/** What was said about each matter, in their order. */
export const answersSoFar = ({ earlier = [], given, further = [] }: SurveyState): readonly GivenAnswers[] => [
  ...earlier,
  given,
  ...further.map((one) => one.given),
];
/** So many matters are behind him: all their questions were answered. */
export const mattersThrough = ({ earlier = [] }: SurveyState): number => earlier.length;

/** One input, one step; null: it means nothing now. */
export function surveyStep(state: SurveyState, input: SurveyInput): SurveyStep | null {
  switch (input.type) {
    case 'digit':
      return onKey({ ...state, heard: true }, input.digit);
    case 'said':
      if (state.phase !== 'asking') return null;
      return state.stage === 'message'
        ? { state: { ...state, phase: 'recording' }, act: { kind: 'record' } }
        : { state: { ...state, phase: 'awaiting' }, act: { kind: 'listen' } };
    case 'unsaid':
      if (state.stage === 'receipt') return end(state, 'brokenOff');
      return end(state, state.stage === 'message' ? 'completed' : 'person');
    case 'timeUp':
      if (state.stage === 'message') return end(state, 'completed');
      return again(state, 'survey-nothing', isFirst(state.stage) ? 'machine' : 'brokenOff');
    case 'spoken':
      return state.phase === 'recording' ? end(state, 'completed') : null;
    case 'hungUp':
      return end(state, state.stage === 'message' ? 'completed' : 'brokenOff');
    default:
      return input satisfies never;
  }
}

function onKey(state: SurveyState, digit: string): SurveyStep | null {
  const { stage } = state;
  if (state.phase === 'recording') {
    return digit === END_KEY ? { state, act: { kind: 'stopRecording' } } : null;
  }
  if (stage === 'receipt') return digit === RECEIVED_KEY ? end(state, 'received') : wrong(state);
  if (digit === PERSON_KEY) return end(state, 'person');
  switch (stage) {
    case 'consent':
      if (digit === '1') return next(state);
      if (digit === '2') return end(state, 'wrongPerson');
      return digit === '3' ? end(state, 'refused') : wrong(state);
    case 'resolved':
      if (digit !== '1' && digit !== '2') return wrong(state);
      return next({ ...state, given: { ...state.given, resolved: digit === '1' } });
    case 'result':
    case 'process': {
      const grade = gradeOf(digit);
      return grade === null ? wrong(state) : next({ ...state, given: { ...state.given, [stage]: grade } });
    }
    case 'message':
      return end(state, 'completed');
    default:
      return stage satisfies never;
  }
}

/** Nobody has pressed anything that tells him from a voicemail. */
const isFirst = (stage: SurveyStage): boolean => stage === 'consent' || stage === 'receipt';

const wrong = (state: SurveyState): SurveyStep =>
  again(state, 'survey-wrong', state.stage === 'receipt' ? 'brokenOff' : 'person');

/** To the first question without an answer: of this matter, else of the next, which is named first. */
function next(state: SurveyState): SurveyStep {
  const { given, words = [], earlier = [], further = [] } = state;
  const open: Question | undefined = SURVEY_QUESTIONS.find((one) => given[one] === undefined);
  if (open !== undefined) return ask({ ...state, stage: open, asked: 0, words: [] }, words);
  const [following, ...later] = further;
  if (following === undefined) return ask({ ...state, stage: 'message', asked: 0, words: [] }, []);
  return next({ ...state, ...following, earlier: [...earlier, given], further: later });
}

function again(state: SurveyState, first: string, otherwise: SurveyEnd): SurveyStep {
  return state.asked >= ASKED_AT_MOST ? end(state, otherwise) : ask(state, [first]);
}

function ask(state: SurveyState, first: readonly string[]): SurveyStep {
  return {
    state: { ...state, phase: 'asking', asked: state.asked + 1 },
    act: { kind: 'ask', prompts: [...first, ...wordsOf(state)] },
  };
}

/** The question as it is put at first, or once more. */
export const wordsOf = ({ stage, words = [] }: SurveyState): readonly string[] =>
  stage === 'receipt' ? [...words, WORDS.receipt] : [WORDS[stage]];

const end = (state: SurveyState, how: SurveyEnd): SurveyStep => ({
  state,
  act: { kind: 'end', how, prompts: FAREWELLS[how] },
});
