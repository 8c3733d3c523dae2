import { Type } from '@fastify/type-provider-typebox';
import { changeNoticeHours } from '../../../app/deadlines/change-notice-hours.ts';
import { editCalendar, type MovedTicket } from '../../../app/deadlines/edit-calendar.ts';
import { AppError } from '../../../app/errors.ts';
import type { TicketSettings } from '../../../app/ports/calendar.ts';
import type { CalendarEdit } from '../../../app/ports/calendar-edits.ts';
import { calendarDay } from '../../../domain/deadlines/calendar.ts';
import { yearsToEnter } from '../../../domain/deadlines/calendar-years.ts';
import { chinaCalendar, unitCalendar } from '../../../domain/deadlines/china.ts';
import { MARK_CLOCKS, MARK_KINDS } from '../../../domain/deadlines/clocks.ts';
import { addDays, localDateOf } from '../../../domain/deadlines/local-time.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  Day,
  exactly,
  IdempotencyHeaders,
  Instant,
  nullable,
  oneOf,
  Reason,
  SeenRevision,
} from '../shapes/elements.ts';

const DAYS_AT_MOST = 400;
const Minute = Type.Integer({ minimum: 0, maximum: 1440, description: '当地零点后的分钟数' });
const Periods = Type.Array(exactly({ fromMinute: Minute, toMinute: Minute }), { maxItems: 12 });
const PeriodsOrUsual = Type.Union([Periods, Type.Null()], {
  description: '一日的工作时段；null：中心为 09:00-12:00、14:00-18:00，单位同中心',
});
const Days = Type.Array(
  exactly({
    day: Day,
    working: Type.Boolean({ description: '上班（含调休）或放假' }),
    name: Type.String({ minLength: 1, maxLength: 40, description: '如 国庆节、国庆节调休' }),
  }),
  { maxItems: 400 },
);
const NoticeHoursShape = exactly({
  fromMinute: Minute,
  toMinute: Minute,
  workingDaysOnly: Type.Boolean({ description: '只在工作日提醒' }),
});
const KeptNoticeHours = exactly({
  ...NoticeHoursShape.properties,
  revision: Type.Integer({ description: '第几次设定；0：尚未设定过' }),
});

/** Which days and hours are worked, and when people may be told of deadlines. */
export function calendarRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/calendar',
    {
      schema: {
        operationId: 'readCalendar',
        tags: ['tickets'],
        summary: '工作日历：逐日是否上班及名称，中心或某一承办单位的',
        querystring: exactly({ from: Day, to: Day, unitCode: Type.Optional(Code) }),
        response: answers({
          200: exactly({
            edition: Type.Integer(),
            zone: Type.String(),
            years: Type.Array(Type.Integer(), { description: '已知的年份；此外按周一至周五暂定' }),
            yearsToEnter: Type.Array(Type.Integer(), {
              description: '应已公布而尚未录入的年份：本年，11 月 1 日起含次年',
            }),
            periods: Periods,
            days: Type.Array(
              exactly({
                date: Type.String(),
                kind: Type.String(),
                working: Type.Boolean(),
                name: Type.String(),
              }),
            ),
            ownCalendars: Type.Array(Type.String(), { description: '有自己日历的单位' }),
            own: Type.Union(
              [
                exactly({
                  days: Type.Array(
                    exactly({ day: Type.String(), working: Type.Boolean(), name: Type.String() }),
                  ),
                  periods: Type.Union([Periods, Type.Null()]),
                }),
                Type.Null(),
              ],
              {
                description:
                  '本地录入的日子和时段：中心的在国务院公布的之上，单位的在中心的之上；null：该单位没有自己的日历',
              },
            ),
            noticeHours: KeptNoticeHours,
          }),
        }),
      },
    },
    async (request) => {
      const { from, to, unitCode } = request.query;
      if (to < from || to > addDays(from, DAYS_AT_MOST))
        throw new AppError('calendar.periodInvalid', { from, to });
      const settings = await services.calendar.load();
      const { calendar: local, unitCalendars, calendarEdition } = settings;
      const calendar =
        unitCode === undefined ? chinaCalendar(local) : unitCalendar(local, unitCalendars, unitCode);
      const days = [];
      for (let day = from; day <= to; day = addDays(day, 1)) days.push(calendarDay(calendar, day));
      return {
        edition: calendarEdition,
        zone: calendar.zone,
        years: [...calendar.years].sort(),
        yearsToEnter: [...yearsToEnter(calendar.years, localDateOf(services.now(), calendar.zone))],
        periods: [...calendar.periods],
        days,
        own: ownOf(settings, unitCode),
        ownCalendars: Object.keys(unitCalendars).sort(),
        noticeHours: { ...settings.noticeHours, revision: settings.noticeRevision },
      };
    },
  );

  app.post(
    '/calendar/edits',
    {
      config: { creates: true },
      schema: {
        operationId: 'editCalendar',
        tags: ['tickets'],
        summary:
          '修改工作日历：年份、放假和调休的日子、工作时段；指明 unitCode 即为该单位的日历。在办时限随即重算',
        headers: IdempotencyHeaders,
        body: exactly({
          base: SeenRevision(
            '起草时所见的 edition；其后同一日历另有修改的，以 calendar.changedMeanwhile 拒绝',
            0,
          ),
          unitCode: Type.Optional(Code),
          asCentre: Type.Optional(Type.Boolean({ description: '单位不再有自己的日历' })),
          years: Type.Optional(
            Type.Array(
              exactly({
                year: Type.Integer({ minimum: 2000, maximum: 2100 }),
                basis: Type.String({
                  minLength: 1,
                  maxLength: 200,
                  description: '依据的文件，如 国办发明电〔2026〕7号',
                }),
              }),
              { maxItems: 20 },
            ),
          ),
          days: Type.Optional(Days),
          removedDays: Type.Optional(Type.Array(Day, { maxItems: 400 })),
          periods: Type.Optional(PeriodsOrUsual),
          reason: Reason,
          dryRun: Type.Optional(Type.Boolean({ description: '只看影响，不保存' })),
        }),
        response: answers({
          200: exactly({
            edition: Type.Union([Type.Integer(), Type.Null()]),
            ticketsMoved: Type.Integer({ description: '到期时间会变的在办工单' }),
            openTickets: Type.Integer({ description: '在办工单' }),
            moved: Type.Array(
              exactly({
                ticketId: Type.String(),
                number: Type.String(),
                unitCode: nullable(Type.String()),
                moves: Type.Array(
                  exactly({
                    clock: oneOf(MARK_CLOCKS),
                    kind: oneOf(MARK_KINDS),
                    before: Instant,
                    after: Instant,
                    provisional: Type.Boolean(),
                  }),
                ),
              }),
              { description: '到期时间移动的工单，原来何时、今后何时；先到期者在前，最多 200 件' },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const {
        unitCode,
        asCentre = false,
        years = [],
        days = [],
        removedDays = [],
        periods,
        ...rest
      } = request.body;
      const edit: CalendarEdit =
        unitCode === undefined
          ? { unitCode: null, years, days, removedDays, periods }
          : { unitCode, calendar: asCentre ? null : { days, periods: periods ?? null } };
      if (unitCode !== undefined && (years.length > 0 || removedDays.length > 0)) {
        throw new AppError('calendar.unitTakesWhole', { unit: unitCode });
      }
      const { base, reason, dryRun = false } = rest;
      const actorId = callerOf(request).id;
      const done = await editCalendar(services)({ edit, base, reason, dryRun, actorId });
      return { ...done, moved: done.moved.map(movedSeen) };
    },
  );

  app.put(
    '/calendar/notice-hours',
    {
      schema: {
        operationId: 'setNoticeHours',
        tags: ['tickets'],
        summary: '提醒时段：此外到的预警和超期在下一时段开始时告知，急件随时告知',
        body: exactly({
          ...NoticeHoursShape.properties,
          base: SeenRevision(
            '起草时所见的 revision；其后另有设定的，以 calendar.hoursChangedMeanwhile 拒绝',
            0,
          ),
        }),
        response: answers({ 200: KeptNoticeHours }),
      },
    },
    async (request) => {
      const { base, ...hours } = request.body;
      const revision = await changeNoticeHours(services)({ hours, base, actorId: callerOf(request).id });
      return { ...hours, revision };
    },
  );
}

const iso = (at: number): string => new Date(at).toISOString();
const movedSeen = ({ moves, ...ticket }: MovedTicket) => ({
  ...ticket,
  moves: moves.map(({ before, after, ...move }) => ({ ...move, before: iso(before), after: iso(after) })),
});

/** What was entered here, to be edited; the rest of a calendar is announced, or the centre's. */
function ownOf(settings: TicketSettings, unitCode: string | undefined) {
  const { calendar, unitCalendars } = settings;
  const own =
    unitCode === undefined
      ? calendar
      : Object.hasOwn(unitCalendars, unitCode)
        ? unitCalendars[unitCode]
        : undefined;
  if (own === undefined) return null;
  return {
    days: own.days.map(({ day, working, name }) => ({ day, working, name })),
    periods: own.periods === null ? null : [...own.periods],
  };
}
