import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import { readModeCalendar } from '../../../app/rules/mode-calendar.ts';
import { AFTER_ENDS, MODES } from '../../../domain/hotlines/mode.ts';
import { addDays } from '../../../domain/hotlines/register/period.ts';
import { versionWordsInEnglish } from '../../../domain/hotlines/versions/own-words.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly, nullable, oneOf } from '../shapes/elements.ts';
import { VersionRef } from '../shapes/rules.ts';

/** Five years back and ahead. */
const DAYS_AT_MOST = 3700;
const Brings = nullable(Type.Integer({ description: '由哪一版带来；null 为现行规则' }));

/** How each number is handled, from day to day. */
export function ruleCalendarRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/calendar',
    {
      schema: {
        operationId: 'readModeCalendar',
        tags: ['rules'],
        summary:
          '归并方式日历：各号码逐日的方式，含以往、现行、已排期的版本和过渡期的终止；以及今日以后的变化',
        querystring: exactly({
          from: Day,
          to: Day,
          draft: Type.Optional(VersionRef),
        }),
        response: answers({
          200: exactly({
            today: Day,
            rows: Type.Array(
              exactly({
                number: Type.String(),
                name: Type.String(),
                unitName: Type.String(),
                openEnd: nullable(
                  Type.String({ description: '今日可延长的过渡期的末日；空：没有，或已有后续安排' }),
                ),
                bars: Type.Array(
                  exactly({
                    from: Day,
                    to: nullable(Day),
                    mode: oneOf(MODES),
                    queue: Type.String(),
                    hours: nullable(Type.String({ description: '专席受理时间' })),
                    afterEnd: oneOf(AFTER_ENDS),
                    version: Brings,
                  }),
                ),
              }),
            ),
            changes: Type.Array(
              exactly({
                day: Day,
                number: Type.String(),
                name: Type.String(),
                kind: oneOf(['begins', 'becomes', 'switchedOff', 'ends'], {
                  description: 'switchedOff：过渡期满而没有后续；ends：不再登记',
                }),
                from: nullable(oneOf(MODES)),
                to: nullable(oneOf(MODES)),
                afterEnd: oneOf(AFTER_ENDS),
                version: Brings,
              }),
            ),
            versions: Type.Array(
              exactly({
                number: Type.Integer(),
                title: Type.String(),
                titleEn: Type.String({ description: '系统所拟题名的英文；人写的照原文' }),
                day: Day,
                what: oneOf(['takesEffect', 'wouldTakeEffect', 'isUndone']),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to, draft = null } = request.query;
      if (to < from || to > addDays(from, DAYS_AT_MOST)) {
        throw new AppError('calendar.periodInvalid', { from, to });
      }
      const { today, rows, changes, versions } = await readModeCalendar(services)({ from, to, draft });
      return {
        today,
        rows: rows.map(({ bars, ...row }) => ({ ...row, bars: [...bars] })),
        changes: [...changes],
        versions: versions.map((one) => ({ ...one, titleEn: versionWordsInEnglish(one.title) })),
      };
    },
  );
}
