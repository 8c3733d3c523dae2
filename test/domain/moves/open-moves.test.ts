import { expect, test } from 'vitest';
import {
  CIRCULAR_STATES,
  CIRCULAR_STEPS,
  decideCircular,
  openCircularMoves,
} from '../../../src/domain/circulars/circular-table.ts';
import { openEditionDecisions } from '../../../src/domain/codes/edition.ts';
import { openLimitDecisions } from '../../../src/domain/deadlines/limit-life.ts';
import {
  decideMeeting,
  MEETING_STATES,
  MEETING_STEPS,
  openMeetingMoves,
} from '../../../src/domain/meetings/meeting-table.ts';
import { movesOpen, type OpenMove } from '../../../src/domain/moves/open-moves.ts';
import { type Appeal, openVerdicts } from '../../../src/domain/restrictions/appeal.ts';
import { type Actor, ROLES } from '../../../src/domain/tickets/ticket.ts';

// What somebody is told that he may do is what he may do, and where it takes another person he is told so.

const mine = (moves: readonly OpenMove<string>[]): readonly string[] =>
  moves.filter(({ byAnother }) => !byAnother).map(({ move }) => move);
const anothers = (moves: readonly OpenMove<string>[]): readonly string[] =>
  moves.filter(({ byAnother }) => byAnother).map(({ move }) => move);

test('what is refused for having had a part in it is another’s; what is refused otherwise is left out', () => {
  const refusals = { write: null, sign: 'own', burn: 'forbidden' } as const;
  expect(
    movesOpen(['burn', 'sign', 'write'], (move: keyof typeof refusals) => refusals[move], 'own'),
  ).toEqual([
    { move: 'sign', byAnother: true },
    { move: 'write', byAnother: false },
  ]);
});

test('of a circular and of minutes: in every state, for every role, whoever wrote them, exactly what would be carried out', () => {
  for (const role of ROLES) {
    for (const unitCode of [null, 'water']) {
      const actor: Actor = { accountId: 'me', roles: [role], unitCode };
      for (const writers of [['me'], ['you']]) {
        for (const from of MEETING_STATES) {
          const done = MEETING_STEPS.filter((move) => 'to' in decideMeeting({ move, from, actor, writers }));
          expect(mine(openMeetingMoves({ from, actor, writers }))).toEqual(done);
        }
        for (const from of CIRCULAR_STATES) {
          for (const signatory of ['me', 'you', null]) {
            const circular = { from, actor, writers, signatory };
            const done = CIRCULAR_STEPS.filter(
              (move) => 'to' in decideCircular({ ...circular, move, reason: '理由' }),
            );
            expect(mine(openCircularMoves(circular))).toEqual(done);
          }
        }
      }
    }
  }
});

test('whoever wrote in it is told that another confirms, signs off or withdraws; whoever may not anyway is told nothing', () => {
  const lead: Actor = { accountId: 'me', roles: ['lead'], unitCode: null };
  expect(anothers(openMeetingMoves({ from: 'draft', actor: lead, writers: ['me'] }))).toEqual(['confirm']);
  const supervisor: Actor = { ...lead, roles: ['supervisor'] };
  expect(anothers(openMeetingMoves({ from: 'draft', actor: supervisor, writers: ['me'] }))).toEqual([]);
  const sent = { from: 'sent', writers: ['me'], signatory: 'you' } as const;
  expect(anothers(openCircularMoves({ ...sent, actor: lead }))).toEqual(['withdraw']);
  expect(openCircularMoves({ ...sent, actor: { ...lead, roles: ['operator'] } })).toEqual([]);
});

test('of a set of limits: its own author’s approval is another’s, and so is the end of a withdrawal, until it is in force', () => {
  const at = (now: number) => ({
    proposed: openLimitDecisions(
      { state: 'proposed', validFrom: 10, proposedBy: 'me', decidedBy: null },
      'me',
      now,
    ),
    withdrawing: openLimitDecisions(
      { state: 'withdrawing', validFrom: 10, proposedBy: 'you', decidedBy: 'me' },
      'me',
      now,
    ),
  });
  expect([mine(at(5).proposed), anothers(at(5).proposed)]).toEqual([['withdraw'], ['approve', 'reject']]);
  expect([mine(at(5).withdrawing), anothers(at(5).withdrawing)]).toEqual([['keep'], ['withdraw']]);
  // In force nobody withdraws it any more: it is no other person's either.
  expect([mine(at(10).withdrawing), anothers(at(10).withdrawing)]).toEqual([['keep'], []]);
});

test('of an appeal: whoever asked for the restriction, agreed to it or took the appeal down leaves it to another', () => {
  const appeal: Appeal = {
    ...{ id: 'a', measureId: 'm', state: 'open', text: '误拨', recordedBy: 'clerk', recordedMs: 0 },
    ...{ decidedBy: null, decidedMs: null, answer: null },
  };
  const hands = { requestedBy: 'asker', approvedBy: 'approver' };
  const of = (id: string, role: 'lead' | 'agent' = 'lead', state: Appeal['state'] = 'open') =>
    openVerdicts({ ...appeal, state }, hands, { id, roles: [role] });
  for (const id of ['asker', 'approver', 'clerk']) {
    expect([mine(of(id)), anothers(of(id))]).toEqual([[], ['grant', 'dismiss']]);
  }
  expect(mine(of('judge'))).toEqual(['grant', 'dismiss']);
  expect(of('judge', 'agent')).toEqual([]);
  expect(of('asker', 'lead', 'granted')).toEqual([]);
});

test('of an edition of a code list: whoever wrote in the draft leaves its publication to another, and may lay it aside', () => {
  const of = (id: string, state: 'draft' | 'published' | 'inForce' = 'draft') =>
    openEditionDecisions({ state, editors: ['writer'] }, id);
  expect([mine(of('writer')), anothers(of('writer'))]).toEqual([['discard'], ['publish']]);
  expect([mine(of('reader')), anothers(of('reader'))]).toEqual([['publish', 'discard'], []]);
  expect([mine(of('writer', 'published')), anothers(of('writer', 'published'))]).toEqual([['withdraw'], []]);
  expect(of('reader', 'inForce')).toEqual([]);
});
