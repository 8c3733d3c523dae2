import { expect, test } from 'vitest';
import {
  checklistFault,
  needsChecklist,
  REVIEW_POINTS,
  type ReplyChecklist,
} from '../../../src/domain/tickets/reply-checklist.ts';
import { edgeOf, TRANSITIONS } from '../../../src/domain/tickets/transitions.ts';

const met = { finding: 'met' } as const;
const list = (over: Partial<ReplyChecklist> = {}): ReplyChecklist => ({
  ...{ answersEach: met, contactMade: met, evidence: met, tone: met },
  ...over,
});

test('whichever way a reply is let go or sent back, its list is filled in, also where no review was begun', () => {
  for (const from of ['reportedDone', 'replyReview'] as const) {
    const ways = TRANSITIONS.filter((edge) => edge.from === from && edge.to !== from)
      .map(({ move }) => move)
      .filter((move) => move !== 'reviewReply');
    expect(ways.filter((move) => needsChecklist(move, from))).toEqual(ways);
    for (const move of ways) {
      expect(checklistFault(move, from, undefined)).toEqual({
        code: 'reply.checklistMissing',
        points: REVIEW_POINTS,
      });
    }
  }
  // Closed after its visit: the reply was let go before.
  expect(checklistFault('closeUnvisited', 'returnVisit', undefined)).toBeNull();
});

test('who lets a reply go may review it: nobody who only visits, nor the program', () => {
  for (const from of ['reportedDone', 'replyReview'] as const) {
    expect(edgeOf('visit', from)?.by).toEqual(['reviewer', 'operator', 'lead', 'supervisor']);
  }
});

test('on to the citizen goes what meets every point; what cannot apply to it is passed over, and no other point', () => {
  expect(checklistFault('visit', 'replyReview', list())).toBeNull();
  const nobody = list({ contactMade: { finding: 'notApplicable' }, evidence: { finding: 'notApplicable' } });
  expect(checklistFault('closeUnvisited', 'replyReview', nobody)).toBeNull();
  expect(checklistFault('visit', 'replyReview', list({ tone: { finding: 'notApplicable' } }))).toEqual({
    code: 'reply.pointsUnmet',
    points: ['tone'],
  });
  const cold = list({ answersEach: { finding: 'unmet', mark: '第二问未答' } });
  for (const from of ['replyReview', 'reportedDone'] as const) {
    expect(checklistFault('visit', from, cold)).toEqual({
      code: 'reply.pointsUnmet',
      points: ['answersEach'],
    });
  }
});

test('a reply is sent back with what is wrong, point by point', () => {
  const back = (given: ReplyChecklist) => checklistFault('refuseReply', 'replyReview', given);
  expect(back(list())).toEqual({ code: 'reply.marksMissing', points: REVIEW_POINTS });
  const unmet = { finding: 'unmet' } as const;
  expect(back(list({ evidence: unmet, tone: { ...unmet, mark: '语气生硬' } }))).toEqual({
    code: 'reply.marksMissing',
    points: ['evidence'],
  });
  expect(back(list({ evidence: { ...unmet, mark: ' ' } }))).toMatchObject({ points: ['evidence'] });
  expect(back(list({ evidence: { ...unmet, mark: '缺现场照片' } }))).toBeNull();
});
