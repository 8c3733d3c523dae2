import { expect, test } from 'vitest';
import { PROBLEMS } from '../../../src/adapters/http/problems/index.ts';

/** A title that says what to do asks for it, or names what must be. */
const STEP = /请|须|稍后|先/;

// data table: problems whose title says what is wrong and not what to do, by their topic. Whoever adds a problem says
// the step; whoever mends one takes it off here. Nothing is ever added.
const WITHOUT: Readonly<Record<string, string>> = {
  account: 'employerUnknown roleUnknown unitUnknown unknown vendorAlone',
  adjudication: 'isRule nothingToDecide scopeUnknown unknown',
  adoption: 'notSuggestion tooEarly',
  agent: 'employerUnknown queueMissing queueUnknown unknown',
  announcement: 'faulty moveForbidden moveImpossible unknown',
  appeal: 'decided exists forbidden ownHand textMissing unknown',
  calendar: 'hoursChangedMeanwhile periodInvalid unitTakesWhole',
  call: 'notAnswered notOutbound unknown',
  callback: 'unknown',
  callerNote: 'unknown',
  circular:
    'figureUnknown moveForbidden moveImpossible noReceipt notSent notSignatory ownUnit ownWork periodOpen underCorrection unitUnknown unknown',
  citizen: 'anonymous',
  clip: 'anonymous noCall noRecording unknown',
  codes: 'editionUnknown faulty moveImpossible nothingBefore rowUnknown',
  dispatch: 'draftClosed draftUnknown entryInvalid entryUnknown nothingToUndo versionUnknown',
  document: 'notConfirmed unknown',
  duty: 'ladderLong listUnknown past shiftLong shiftUnknown taken twice unitUnknown',
  employer: 'ended taken unitUnknown unknown',
  employment: 'dayInvalid',
  exclusion: 'moveForbidden ownUnit',
  extension: 'tooLong tooOften urgent',
  filter: 'personal queryInvalid unknown',
  force: 'ownUnit sameState',
  form: 'draftMissing faulty invalid noneInUse',
  grant: 'notConfidential toOneself tooLong unknown',
  import: 'notWaiting tableTwice unknown',
  incident:
    'announcementTaken empty moveForbidden moveImpossible notMember notOpen over praise ticketOver unknown',
  instruction: 'moveForbidden moveImpossible ownUnit unknown',
  interim: 'actForbidden',
  jobs: 'noFailure',
  knowledge:
    'correctionUnknown datesReversed expertUnknown expired fileUnknown hoursUnreadable itemSettled itemUnknown messageMissing moveForbidden moveImpossible nameUnknown notYetValid noticeUnknown noticeUnread otherUnit packEntriesUnknown packInUse packUnknown quoteTooLate quoteUnknown synonymInvalid textMissing textTooLong tooMany unknown unpublished versionUnknown withdrawn',
  limits: 'moveImpossible presetUnknown unknown',
  line: 'unknown',
  meeting: 'decidedTwice heldLater moveForbidden ownUnit ownWork ticketNotOfIt unknown withoutResult',
  meetingTask: 'moveForbidden moveImpossible otherUnit ownUnit unknown',
  message: 'unknown',
  missedCall: 'unknown',
  page: 'invalid',
  part: 'beyondParent moveForbidden moveImpossible noUnit otherUnit ownUnit parentEnded returnTooLate returnedBefore sameUnit ticketAtRest tooDeep unitAlready unknown',
  period: 'incomplete invalid tooLong',
  place: 'closed codeTaken halfPosition invalid otherUnit targetTaken unknown',
  presenceRules: 'invalid',
  prompt: 'approvedAlready languageInvalid recordingUnfit retiredAlready textInvalid unknown',
  recording: 'failed nameInvalid none unreadable',
  reply: 'none notHeld',
  report: 'empty unitMissing',
  request: 'notFound webSocketOnly',
  restriction: 'exists moveForbidden moveImpossible numberProtected numberUnknown unknown',
  rules:
    'centreAddressInvalid csvInvalid hoursUnreadable lineIncomplete lineUnknown menuInvalid menuUnknown none presetUnknown queueIncomplete queueUnknown skillsUnreadable surgeInvalid surgeUnknown trunkUnknown unitNameTaken',
  sample: 'over unknown',
  score: 'otherUnit',
  supervision: 'formFault moveForbidden moveImpossible noUnit otherUnit ownUnit unknown',
  surgeMode: 'queueUnknown unknown',
  surveyRules: 'queueUnknown',
  thread: 'notMember nothingLeft same unknown',
  ticket:
    'conditionOpen detailOutOfPlace disputedBefore otherUnit ownUnit subtypeUnknown tagUnknown tagsTooMany',
  ticketRating: 'given notYet',
  transition: 'notRunning',
  trunk: 'unknown',
  unit: 'codeTaken parentUnknown',
  unitCall: 'partOver',
  urge: 'forbidden notWithUnit',
  version:
    'approvalsMissing approvedAlready conflict forbiddenChange lintErrors moveForbidden moveImpossible neverPublished noChange revisionUnknown tooEarly unknown',
  visit: 'ticketTwice',
  voiceMessage: 'unknown',
  workItem: 'notOpen unknown',
};

test('a problem says what to do; those that do not yet are listed by name, and the list only shrinks', () => {
  const silent = Object.entries(PROBLEMS).flatMap(([code, { zh }]) => (STEP.test(zh) ? [] : [code]));
  const listed = Object.entries(WITHOUT).flatMap(([topic, words]) =>
    words.split(' ').map((word) => `${topic}.${word}`),
  );
  expect(silent.toSorted()).toEqual(listed.toSorted());
  expect(listed.length).toBeLessThanOrEqual(275);
});
