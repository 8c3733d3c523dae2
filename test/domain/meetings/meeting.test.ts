import { expect, test } from 'vitest';
import { decideMeeting, MEETING_MOVES, MEETING_STATES } from '../../../src/domain/meetings/meeting-table.ts';
import { type Minutes, minutesFault, unitsNamed } from '../../../src/domain/meetings/minutes.ts';
import { decideTask, TASK_MOVES, TASK_STATES } from '../../../src/domain/meetings/task-table.ts';
import { tasksText } from '../../../src/domain/messages/meeting-notices.ts';
import { type Actor, ROLES, type Role, SYSTEM } from '../../../src/domain/tickets/ticket.ts';

const actor = (role: Role, unitCode: string | null = null): Actor =>
  role === 'system' ? SYSTEM : { accountId: role, roles: [role], unitCode };

test('minutes are written and confirmed by the roles that may, by a second person, and by nobody of a unit', () => {
  for (const { move, from, to, by } of MEETING_MOVES) {
    for (const role of ROLES) {
      const may = (by as readonly Role[]).includes(role);
      const decided = decideMeeting({ move, from, actor: actor(role), writers: ['somebody'] });
      expect(decided, `${move} ${role}`).toEqual(may ? { to } : { refusal: 'meeting.moveForbidden' });
    }
    expect(decideMeeting({ move, from, actor: actor('lead', 'water'), writers: [] })).toEqual({
      refusal: 'meeting.ownUnit',
    });
    const own = decideMeeting({ move, from, actor: actor('lead'), writers: ['lead'] });
    expect(own).toEqual(move === 'confirm' ? { refusal: 'meeting.ownWork' } : { to });
  }
  for (const { move } of MEETING_MOVES) {
    for (const from of [null, ...MEETING_STATES]) {
      if (MEETING_MOVES.some((one) => one.move === move && one.from === from)) continue;
      expect(decideMeeting({ move, from, actor: actor('lead'), writers: [] })).toEqual({
        refusal: 'meeting.moveImpossible',
      });
    }
  }
});

test('a unit reports its own task and never says that it is enough; the hotline does, and reports none', () => {
  for (const { move, from, to, by, side } of TASK_MOVES) {
    for (const role of ROLES) {
      const unitCode = role === 'unit' ? 'water' : null;
      const may = (by as readonly Role[]).includes(role);
      const decided = decideTask({
        move,
        from,
        unitCode: 'water',
        actor: actor(role, unitCode),
        words: '已修复',
      });
      expect(decided, `${move} ${role}`).toEqual(may ? { to } : { refusal: 'meetingTask.moveForbidden' });
    }
    const role = side === 'unit' ? 'unit' : 'lead';
    const stranger = decideTask({
      move,
      from,
      unitCode: 'water',
      actor: actor(role, 'power'),
      words: '已修复',
    });
    expect(stranger).toEqual({
      refusal: side === 'unit' ? 'meetingTask.otherUnit' : 'meetingTask.ownUnit',
    });
    const own = side === 'unit' ? actor('unit', 'water') : actor('lead');
    expect(decideTask({ move, from, unitCode: 'water', actor: own, words: ' ' })).toEqual({
      refusal: 'meetingTask.wordsMissing',
    });
  }
  const both: Actor = { accountId: 'x', roles: ['unit', 'supervisor'], unitCode: 'water' };
  expect(
    decideTask({ move: 'accept', from: 'reported', unitCode: 'water', actor: both, words: '认可' }),
  ).toEqual({ refusal: 'meetingTask.ownUnit' });
  for (const from of TASK_STATES) {
    if (from === 'open') continue;
    expect(
      decideTask({ move: 'report', from, unitCode: 'water', actor: actor('unit', 'water'), words: '已修复' }),
    ).toEqual({ refusal: 'meetingTask.moveImpossible' });
  }
});

const MINUTES: Minutes = {
  ...{ topic: '路灯归属', place: '301', chair: '副县长', text: '经研究', ticketIds: ['a', 'b'] },
  participants: [{ unitCode: 'water', position: '不属本单位' }],
  decisions: [
    {
      words: '由城管局负责',
      responsible: { ticketId: 'a', leadUnit: 'city', assistUnits: ['power'], rule: null },
    },
  ],
  tasks: [{ unitCode: 'lighting', task: '换灯', workingDays: 3, ticketIds: ['b'] }],
};

test('what a meeting decides is about its own tickets, each given away once, and comes to something', () => {
  expect(minutesFault(MINUTES, 'confirmed')).toBeNull();
  expect(unitsNamed(MINUTES)).toEqual(['water', 'city', 'power', 'lighting']);
  const [decision] = MINUTES.decisions;
  const [task] = MINUTES.tasks;
  if (decision === undefined || task === undefined) return expect.fail('no decision');
  expect(minutesFault({ ...MINUTES, ticketIds: ['a'] }, 'draft')).toEqual({
    ...{ code: 'meeting.ticketNotOfIt', data: { where: 'tasks/0', id: 'b' } },
  });
  expect(minutesFault({ ...MINUTES, ticketIds: ['b'] }, 'draft')).toMatchObject({
    data: { where: 'decisions/0' },
  });
  expect(minutesFault({ ...MINUTES, decisions: [decision, decision] }, 'draft')).toEqual({
    ...{ code: 'meeting.decidedTwice', data: { id: 'a' } },
  });
  const bare = { ...MINUTES, decisions: [], tasks: [] };
  expect(minutesFault(bare, 'draft')).toBeNull();
  expect(minutesFault(bare, 'confirmed')).toMatchObject({ code: 'meeting.withoutResult' });
  expect(
    minutesFault({ ...bare, decisions: [{ words: '加强巡查', responsible: null }] }, 'confirmed'),
  ).toBeNull();
});

test('a unit is written how many tasks it has and until when, and nothing of the matter', () => {
  const text = tasksText(
    { number: 'RDHY20261012-0001', tasks: 2, due: '10月15日' },
    { municipality: '如东县', mainNumber: '12345' },
  );
  expect(text).toBe(
    '【如东县12345】协调会议RDHY20261012-0001交办贵单位任务2项，最近一项请于10月15日前办结，请登录平台办理并报结。',
  );
});
