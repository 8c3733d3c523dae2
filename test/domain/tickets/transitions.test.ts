import { expect, test } from 'vitest';
import { decideMove } from '../../../src/domain/tickets/moving.ts';
import { type Actor, ROLES, type Role, SYSTEM } from '../../../src/domain/tickets/ticket.ts';
import {
  edgeOf,
  TICKET_STATE_NAMES,
  TICKET_STATES,
  type TicketMove,
  type TicketState,
  TRANSITIONS,
  transitionDiagram,
} from '../../../src/domain/tickets/transitions.ts';

const MOVES = [...new Set(TRANSITIONS.map(({ move }) => move))];
const UNIT = 'lighting';
const by = (role: Role, unitCode: string | null): Actor =>
  role === 'system' ? SYSTEM : { accountId: `id-${role}`, roles: [role], unitCode };
/** Where somebody of this role sits when all is as it should be. */
const seat = (role: Role): string | null => (role === 'unit' ? UNIT : null);

function move(what: TicketMove, from: TicketState | null, actor: Actor, reason = '因为') {
  return decideMove({ move: what, from, actor, unitCode: from === null ? null : UNIT, now: 42, reason });
}

test('every edge is walked by each role that may, and leaves actor, time, from, to and reason', () => {
  for (const edge of TRANSITIONS) {
    for (const role of edge.by) {
      const actor = by(role, seat(role));
      expect(move(edge.move, edge.from, actor)).toEqual({
        kind: 'moved',
        event: {
          at: 42,
          actorId: actor.accountId,
          fromState: edge.from,
          toState: edge.to,
          type: edge.move,
          reason: '因为',
          body: {},
        },
      });
    }
  }
});

test('every other role is refused at every edge', () => {
  for (const edge of TRANSITIONS) {
    for (const role of ROLES.filter((one) => !(edge.by as readonly Role[]).includes(one))) {
      expect(move(edge.move, edge.from, by(role, seat(role)))).toEqual({
        kind: 'refused',
        code: 'ticket.moveForbidden',
      });
    }
  }
});

test('every move from a state that the table does not name is impossible, for everybody', () => {
  const everybody: Actor = { accountId: 'x', roles: ROLES, unitCode: null };
  for (const what of MOVES) {
    for (const from of [null, ...TICKET_STATES]) {
      if (edgeOf(what, from) !== null) continue;
      expect(move(what, from, everybody)).toEqual({ kind: 'refused', code: 'ticket.moveImpossible' });
    }
  }
});

test('invariant 9: whoever belongs to the handling unit never reviews, visits, shelves or closes', () => {
  for (const edge of TRANSITIONS.filter(({ side }) => side === 'hotline')) {
    for (const role of edge.by.filter((one) => one !== 'system')) {
      expect(move(edge.move, edge.from, by(role, UNIT))).toEqual({ kind: 'refused', code: 'ticket.ownUnit' });
      expect(move(edge.move, edge.from, by(role, 'water')).kind).toBe('moved');
    }
  }
});

test("only the ticket's own unit signs for it, handles it and reports it done", () => {
  for (const edge of TRANSITIONS.filter(({ side }) => side === 'unit')) {
    expect(move(edge.move, edge.from, by('unit', 'water'))).toEqual({
      kind: 'refused',
      code: 'ticket.otherUnit',
    });
    expect(move(edge.move, edge.from, by('unit', null))).toEqual({
      kind: 'refused',
      code: 'ticket.otherUnit',
    });
  }
});

test('where a reason is required, a blank one is none', () => {
  for (const edge of TRANSITIONS) {
    const [role] = edge.by;
    if (role === undefined) throw new Error(`nobody may ${edge.move}`);
    const decided = move(edge.move, edge.from, by(role, seat(role)), ' \n ');
    if (edge.reason === 'required')
      expect(decided).toEqual({ kind: 'refused', code: 'ticket.reasonMissing' });
    else expect(decided.kind).toBe('moved');
  }
});

test('every state is reached from the start and every state but the archive leads on; a pair occurs once', () => {
  const reached = new Set<TicketState>();
  const visit = (from: TicketState | null): void => {
    for (const edge of TRANSITIONS.filter((one) => one.from === from)) {
      if (reached.has(edge.to)) continue;
      reached.add(edge.to);
      visit(edge.to);
    }
  };
  visit(null);
  expect([...reached].sort()).toEqual([...TICKET_STATES].sort());
  expect(TICKET_STATES.filter((state) => !TRANSITIONS.some(({ from }) => from === state))).toEqual([
    'archived',
  ]);
  expect(Object.keys(TICKET_STATE_NAMES)).toEqual([...TICKET_STATES]);
  const pairs = TRANSITIONS.map(({ move: what, from }) => `${what} ${from}`);
  expect(new Set(pairs).size).toBe(pairs.length);
});

test('the diagram shows each edge of the table and nothing else', () => {
  const lines = transitionDiagram().split('\n');
  expect(lines[0]).toBe('stateDiagram-v2');
  expect(lines).toContain('  [*] --> registered: register');
  expect(lines.filter((line) => line.includes('-->'))).toHaveLength(TRANSITIONS.length + 1);
});
