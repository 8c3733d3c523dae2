import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CASCADES,
  decideIncident,
  joinRefusal,
  joinsDispatched,
} from '../../../src/domain/incidents/incident.ts';
import {
  INCIDENT_MOVES,
  INCIDENT_STATES,
  INCIDENT_TRANSITIONS,
} from '../../../src/domain/incidents/incident-table.ts';
import { areaOf, sameArea } from '../../../src/domain/incidents/place.ts';
import { type Appealed, likeness, SUGGESTIONS_MOST, suggest } from '../../../src/domain/incidents/similar.ts';
import { atLeast, type FreshAppeal, surgesIn } from '../../../src/domain/incidents/surge.ts';
import { type Actor, type Role, STAFF_ROLES, SYSTEM } from '../../../src/domain/tickets/ticket.ts';

const hotline = (role: Role): Actor => ({ accountId: role, roles: [role], unitCode: null });
const MINUTE = 60_000;
/** 12 September, 19:00: the evening of 余荡村 (F-7). */
const EVENING = Date.parse('2019-09-12T19:00:00+08:00');

describe('the table', () => {
  test('every edge by its roles and no others, and every other pair is refused', () => {
    for (const move of INCIDENT_MOVES) {
      for (const from of [null, ...INCIDENT_STATES]) {
        const edge = INCIDENT_TRANSITIONS.find((one) => one.move === move && one.from === from);
        for (const actor of [...STAFF_ROLES.map(hotline), SYSTEM]) {
          const decided = decideIncident({ move, from, actor, reason: '因为', openMembers: 0 });
          const role = actor.roles[0] as Role;
          if (edge === undefined) expect(decided).toMatchObject({ code: 'incident.moveImpossible' });
          else if (!edge.by.includes(role)) expect(decided).toMatchObject({ code: 'incident.moveForbidden' });
          else expect(decided).toEqual({ kind: 'moved', to: edge.to });
        }
      }
    }
  });

  test('every state is reached, and each but the two last is left', () => {
    const reached = new Set(INCIDENT_TRANSITIONS.map(({ to }) => to));
    expect([...reached].sort()).toEqual([...INCIDENT_STATES].sort());
    const left = new Set(INCIDENT_TRANSITIONS.map(({ from }) => from));
    expect(INCIDENT_STATES.filter((state) => !left.has(state))).toEqual(['closed', 'dissolved']);
  });

  test('a reason where one is needed, nobody of a unit, and no end while a citizen has not been asked', () => {
    const close = { move: 'close', from: 'recovered', actor: hotline('lead'), reason: '' } as const;
    expect(decideIncident({ ...close, openMembers: 1 })).toMatchObject({ code: 'incident.membersOpen' });
    expect(decideIncident({ ...close, openMembers: 0 })).toMatchObject({ kind: 'moved' });
    const recover = { move: 'recover', from: 'open', reason: ' ', openMembers: 9 } as const;
    expect(decideIncident({ ...recover, actor: hotline('lead') })).toMatchObject({
      code: 'incident.reasonMissing',
    });
    const unit: Actor = { accountId: 'u', roles: ['unit', 'lead'], unitCode: 'water' };
    expect(decideIncident({ ...recover, reason: '已恢复', actor: unit })).toMatchObject({
      code: 'incident.moveForbidden',
    });
  });

  test('each citizen is closed by himself: no move of all closes, reworks or withdraws one', () => {
    for (const move of ['close', 'closeUnvisited', 'rework', 'reopen', 'withdraw', 'archive']) {
      expect(CASCADES).not.toContain(move);
    }
  });
});

test('what may join, and what goes on to the unit as it joins', () => {
  const ticket = { type: 'HELP', state: 'registered', incidentId: null, unitCode: null } as const;
  const open = { id: 'i', state: 'open', unitCode: 'water' } as const;
  expect(joinRefusal(open, ticket)).toBeNull();
  expect(joinRefusal({ ...open, state: 'dissolved' }, ticket)).toBe('incident.over');
  expect(joinRefusal(open, { ...ticket, type: 'PRAISE' })).toBe('incident.praise');
  expect(joinRefusal(open, { ...ticket, incidentId: 'j' })).toBe('incident.elsewhere');
  expect(joinRefusal(open, { ...ticket, state: 'closed' })).toBe('incident.ticketOver');
  expect(joinsDispatched(open, ticket)).toBe(true);
  expect(joinsDispatched({ unitCode: null }, ticket)).toBe(false);
  expect(joinsDispatched(open, { ...ticket, unitCode: 'power' })).toBe(false);
  // Nobody has looked at it in the reviewer's place.
  expect(joinsDispatched(open, { ...ticket, state: 'underReview' })).toBe(false);
});

test.each([
  ['掘港街道余荡村5组', '余荡村'],
  ['江苏省南通市如东县掘港镇余荡村3组12号', '余荡村'],
  ['余荡村', '余荡村'],
  ['掘港镇人民路1号', '人民路'],
  ['中央路260号', '中央路'],
  ['友谊小区3幢', '友谊小区'],
  ['如东县掘港镇农贸市场', '农贸市场'],
  ['掘港街道朝阳社区', '朝阳社区'],
  ['栟茶镇', ''],
  ['', ''],
])('the area of "%s" is "%s"', (place, area) => {
  expect(areaOf(place)).toBe(area);
});

test('a town before the name, with or without its title, is the same area', () => {
  expect(sameArea('掘港余荡村', '余荡村')).toBe(true);
  expect(sameArea('余荡村', '新光村')).toBe(false);
  expect(sameArea('', '余荡村')).toBe(false);
});

const water = (over: Partial<Appealed> = {}): Appealed => ({
  type: 'HELP',
  categoryCode: 'water',
  branchCode: 'utilities',
  place: '掘港街道余荡村',
  words: '家中突然停水，不知何时恢复供水',
  at: EVENING,
  ...over,
});

test('the same trouble at the same place is suggested with its reasons; another is not', () => {
  const found = likeness(
    water(),
    water({ place: '余荡村8组', words: '停水了，什么时候恢复供水', at: EVENING + MINUTE }),
  );
  expect(found.score).toBeGreaterThan(0.8);
  expect(found.reasons.map(({ kind }) => kind)).toEqual(['category', 'area', 'words', 'time']);
  expect(found.reasons[1]).toMatchObject({ common: '余荡村' });
  const noise = water({ categoryCode: 'noise', branchCode: 'urban', words: '楼下夜间施工噪音扰民' });
  expect(suggest(water(), [noise])).toEqual([]);
  expect(likeness(water(), water({ type: 'PRAISE' })).score).toBe(0);
});

test('likeness is the same both ways, between 0 and 1, and the best come first', () => {
  const appeal = fc.record({
    type: fc.constantFrom('HELP', 'COMPLAINT', 'PRAISE'),
    categoryCode: fc.constantFrom('water', 'power'),
    branchCode: fc.constantFrom('utilities', 'urban'),
    place: fc.constantFrom('', '余荡村', '掘港街道余荡村2组', '人民路1号', '中央路'),
    words: fc.constantFrom('', '停水', '家中停水何时恢复', '路灯不亮', '自来水停水多时'),
    at: fc.integer({ min: EVENING - 10 * 86_400_000, max: EVENING }),
  }) as fc.Arbitrary<Appealed>;
  fc.assert(
    fc.property(appeal, appeal, (one, other) => {
      const there = likeness(one, other);
      expect(there).toEqual(likeness(other, one));
      expect(there.score).toBeGreaterThanOrEqual(0);
      expect(there.score).toBeLessThanOrEqual(1);
    }),
  );
  fc.assert(
    fc.property(appeal, fc.array(appeal, { maxLength: 12 }), (one, others) => {
      const scores = suggest(one, others).map(({ score }) => score);
      expect(scores.length).toBeLessThanOrEqual(SUGGESTIONS_MOST);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }),
  );
});

describe('F-7: 余荡村, a burst of calls one evening', () => {
  const appeal = (nth: number, over: Partial<FreshAppeal> = {}): FreshAppeal => ({
    ticketId: `t${nth}`,
    type: 'HELP',
    branchCode: 'utilities',
    place: `掘港街道余荡村${nth}组`,
    words: '突然停水',
    citizen: `1380013800${nth}`,
    at: EVENING + nth * 30_000,
    ...over,
  });
  const usual = (): number => 0.02;
  const five = [1, 2, 3, 4, 5].map((nth) => appeal(nth));

  test('it is one incident with the fifth appeal, and not before', () => {
    const fifth = EVENING + 5 * 30_000;
    expect(surgesIn(five.slice(0, 4), usual, fifth)).toEqual([]);
    const [surge, ...others] = surgesIn(five, usual, fifth);
    expect(others).toEqual([]);
    expect(surge).toMatchObject({
      branchCode: 'utilities',
      area: '余荡村',
      ticketIds: ['t1', 't2', 't3', 't4', 't5'],
    });
    expect(surge?.chance).toBeLessThan(0.001);
  });

  test('thanks, another village, another matter, one citizen five times, and yesterday do not make one', () => {
    const at = EVENING + 5 * 30_000;
    const four = five.slice(0, 4);
    for (const other of [
      appeal(5, { type: 'PRAISE' }),
      appeal(5, { place: '新光村' }),
      appeal(5, { branchCode: 'urban' }),
      appeal(5, { citizen: '13800138001' }),
      appeal(5, { at: at - 11 * MINUTE }),
    ]) {
      expect(surgesIn([...four, other], usual, at)).toEqual([]);
    }
    // Where five in ten minutes are nothing out of the way, five are no burst.
    expect(surgesIn(five, () => 3, at)).toEqual([]);
    // A place that stands in the words alone is a place.
    expect(surgesIn([...four, appeal(5, { place: '', words: '余荡村停水' })], usual, at)).toHaveLength(1);
  });
});

test('the chance of so many falls with the number and rises with what is usual', () => {
  expect(atLeast(0, 1)).toBe(1);
  expect(atLeast(1, 1)).toBeCloseTo(1 - Math.exp(-1));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      (n, usual) => {
        expect(atLeast(n + 1, usual)).toBeLessThanOrEqual(atLeast(n, usual));
        expect(atLeast(n, usual)).toBeLessThanOrEqual(atLeast(n, usual + 1) + 1e-12);
      },
    ),
  );
});
