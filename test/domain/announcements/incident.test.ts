import { describe, expect, test } from 'vitest';
import { type IncidentSurroundings, incidentFindings } from '../../../src/domain/announcements/findings.ts';
import {
  expire,
  type IncidentContext,
  moveIncident,
  usualEnding,
} from '../../../src/domain/announcements/incident.ts';
import {
  ANNOUNCEMENT_STATE_NAMES,
  ANNOUNCEMENT_STATES,
  ANNOUNCEMENT_TRANSITIONS,
  announcementDiagram,
  announcementEdge,
} from '../../../src/domain/announcements/life.ts';
import { AREA, HOUR, incident, T0 } from './incidents.ts';

const by = (role: IncidentContext['actor']['roles'][number], change: Partial<IncidentContext> = {}) => ({
  actor: { id: 'somebody', roles: [role] },
  nowMs: T0 + HOUR,
  reason: '供水公司来电',
  ...change,
});
const refusalOf = (decision: ReturnType<typeof moveIncident>) =>
  decision.kind === 'refused' ? decision.refusal.code : 'moved';

describe('the life of an announcement', () => {
  test.each(ANNOUNCEMENT_TRANSITIONS)('$move leads from $from to $to', ({ move, from, to, by: roles }) => {
    const decision = moveIncident(incident(), from, move, {}, by(roles[0]));
    expect(decision).toMatchObject({ kind: 'moved', incident: { state: to }, event: { move, from, to } });
  });

  test('every other pair of move and state is refused, and every state can be reached', () => {
    const moves = [...new Set(ANNOUNCEMENT_TRANSITIONS.map(({ move }) => move))];
    for (const move of moves) {
      for (const from of [null, ...ANNOUNCEMENT_STATES]) {
        if (announcementEdge(move, from) !== null) continue;
        expect(refusalOf(moveIncident(incident(), from, move, {}, by('operator')))).toBe(
          'announcement.moveImpossible',
        );
      }
    }
    expect(new Set(ANNOUNCEMENT_TRANSITIONS.map(({ to }) => to))).toEqual(new Set(ANNOUNCEMENT_STATES));
    expect(announcementDiagram().split('\n')).toContain('  live --> closed: close');
  });

  test.each([
    ['nobody but operators and leads', 'start', by('system'), {}, 'announcement.moveForbidden'],
    ['never without a reason', 'start', by('lead', { reason: ' ' }), {}, 'announcement.reasonMissing'],
    ['not when it is over', 'start', by('lead'), { untilMs: T0 + HOUR }, 'announcement.untilPast'],
    [
      'not with an end before its beginning',
      'start',
      by('lead'),
      { fromMs: T0 + 9 * HOUR },
      'announcement.untilPast',
    ],
    ['not for months', 'start', by('lead'), { untilMs: T0 + 800 * HOUR }, 'announcement.untilTooFar'],
  ] as const)('%s', (_what, move, context, change, code) => {
    expect(refusalOf(moveIncident(incident(), 'draft', move, change, context))).toBe(code);
  });

  test('every state has a name, and every ending its words', () => {
    expect(new Set(Object.values(ANNOUNCEMENT_STATE_NAMES)).size).toBe(ANNOUNCEMENT_STATES.length);
    expect(usualEnding('close', '停水')).toContain('“停水”已恢复');
    expect(usualEnding('withdraw', '停水')).toContain('“停水”通知已撤回');
  });

  test('it expires at its end, not before', () => {
    const { untilMs } = incident();
    expect(refusalOf(expire(incident(), untilMs - 1))).toBe('announcement.moveImpossible');
    expect(expire(incident(), untilMs)).toMatchObject({ incident: { state: 'expired' } });
  });
});

describe('what is found wrong with an announcement', () => {
  const around: IncidentSurroundings = {
    nowMs: T0,
    lines: ['12345', '12319'],
    protectedNumbers: ['110', '119', '120', '122', '12110'],
    live: [],
  };
  test.each([
    ['nothing', { text: '余荡村停水，晚十点恢复。' }, {}, []],
    ['no text', { text: ' ' }, {}, ['announcement.textMissing error']],
    [
      'more than nine seconds before a person',
      { text: '停水'.repeat(20) },
      {},
      ['announcement.beforePerson warning'],
    ],
    ['a broadcast', { text: '停水'.repeat(100) }, {}, ['announcement.tooLong error']],
    ['an end that has passed', { untilMs: T0 }, {}, ['announcement.expired error']],
    ['no time at all', { fromMs: T0 + 5 * HOUR }, {}, ['announcement.neverMatches error']],
    ['no line', { lines: [] }, {}, ['announcement.neverMatches error']],
    ['only unknown lines', { lines: ['12300'] }, {}, ['announcement.neverMatches error']],
    ['an unknown line', { lines: ['12319', '12300'] }, {}, ['announcement.lineUnknown warning']],
    ['an emergency line', { lines: ['12319', '119'] }, {}, ['announcement.protectedLine error']],
    ['no area', { area: { ...AREA, areaCodes: [] } }, {}, ['announcement.neverMatches error']],
    [
      'an area code that is none',
      { area: { ...AREA, areaCodes: ['0100'], unknownHear: true } },
      {},
      ['announcement.neverMatches error'],
    ],
    ['mobiles left out', { area: AREA }, {}, ['announcement.mobilesLeftOut notice']],
    [
      'a third one for the same callers',
      {},
      { live: [incident({ id: 'b' }), incident({ id: 'c', lines: ['12345'] })] },
      ['announcement.tooMany warning'],
    ],
    [
      'not a third one for others',
      { lines: ['12319'] },
      { live: [incident({ id: 'b' }), incident({ id: 'c', lines: ['12345'] })] },
      [],
    ],
  ] as const)('%s', (_what, change, more, codes) => {
    const subject = incident({ text: '今晚停水。', ...change } as Partial<typeof change & object>);
    const findings = incidentFindings(subject, { ...around, ...more });
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(codes);
    for (const { message, cure } of findings) {
      for (const words of [message.zh, message.en, cure.zh, cure.en]) expect(words).not.toBe('');
    }
  });
});
