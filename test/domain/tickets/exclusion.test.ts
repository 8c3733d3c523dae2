import { expect, test } from 'vitest';
import {
  decideExclusion,
  EXCLUSION_MOVES,
  EXCLUSION_STATES,
  type ExclusionMove,
  type ExclusionState,
} from '../../../src/domain/tickets/exclusion.ts';
import { type Actor, ROLES, type Role, SYSTEM } from '../../../src/domain/tickets/ticket.ts';

const actor = (role: Role, unitCode: string | null = null, accountId: string = role): Actor =>
  role === 'system' ? SYSTEM : { accountId, roles: [role], unitCode };
const decide = (
  move: ExclusionMove,
  from: ExclusionState | null,
  who: Actor,
  more: { askedBy?: string; secondedBy?: string | null; reason?: string } = {},
) =>
  decideExclusion({
    ...{ move, from, unitCode: 'water', actor: who, reason: '现场照片' },
    ...{ askedBy: 'asker', secondedBy: null, ...more },
  });

test('every edge is walked by the roles that may and by nobody else', () => {
  for (const { move, from, to, by } of EXCLUSION_MOVES) {
    for (const role of ROLES) {
      const may = (by as readonly Role[]).includes(role);
      const who = actor(role, role === 'unit' ? 'water' : null, move === 'withdraw' ? 'asker' : role);
      expect(decide(move, from, who), `${role} ${move} ${from}`).toEqual(
        may ? { to } : { refusal: 'exclusion.moveForbidden' },
      );
    }
  }
  for (const move of ['request', 'agree', 'refuse', 'withdraw'] as const) {
    for (const from of [null, ...EXCLUSION_STATES]) {
      if (EXCLUSION_MOVES.some((one) => one.move === move && one.from === from)) continue;
      expect(decide(move, from, actor('lead'))).toEqual({ refusal: 'exclusion.moveImpossible' });
    }
  }
});

test('two people: neither who asked nor who agreed first; never the unit; no word without a reason', () => {
  const lead = actor('lead', null, 'one');
  expect(decide('agree', 'requested', lead, { askedBy: 'one' })).toEqual({ refusal: 'exclusion.samePerson' });
  expect(decide('agree', 'seconded', lead, { secondedBy: 'one' })).toEqual({
    refusal: 'exclusion.samePerson',
  });
  expect(decide('agree', 'seconded', lead, { secondedBy: 'two' })).toEqual({ to: 'excluded' });
  const ofUnit: Actor = { accountId: 'x', roles: ['supervisor'], unitCode: 'water' };
  expect(decide('agree', 'requested', ofUnit)).toEqual({ refusal: 'exclusion.ownUnit' });
  expect(decide('request', null, actor('unit', 'power'))).toEqual({ refusal: 'exclusion.otherUnit' });
  expect(decide('withdraw', 'requested', lead)).toEqual({ refusal: 'exclusion.notYours' });
  expect(decide('refuse', 'requested', lead, { reason: ' ' })).toEqual({
    refusal: 'exclusion.reasonMissing',
  });
});
