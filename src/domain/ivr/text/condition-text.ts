import { type Condition, DAY_KINDS, type DayKind } from '../condition.ts';
import { DAY_KIND_NAMES } from '../words.ts';
import { type LineCursor, written } from './line-cursor.ts';

/** As in data: deeper nesting is nobody's intention. */
const DEEP = 8;
const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];
const NAMES: ReadonlyMap<string, DayKind> = new Map(DAY_KINDS.map((kind) => [DAY_KIND_NAMES[kind], kind]));

export const listed = (values: readonly string[], between = '、'): string =>
  values.length === 0 ? '（）' : values.join(between);

export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'timeOfDay':
      return `时段 ${written(condition.from)} 至 ${written(condition.to)}`;
    case 'weekday':
      return `星期 ${listed(condition.anyOf.map((day) => WEEKDAYS[day - 1] ?? String(day)))}`;
    case 'dayKind':
      return `日期 ${listed(condition.anyOf.map((kind) => DAY_KIND_NAMES[kind]))}`;
    case 'language':
      return `语言 ${listed(condition.anyOf.map(written))}`;
    case 'openTicket':
      return '有在办工单';
    case 'vulnerable':
      return '老年残疾';
    case 'from':
      return `自 ${written(condition.at)}`;
    case 'until':
      return `至 ${written(condition.at)}`;
    case 'all':
      return `全部（${condition.of.map(conditionText).join('；')}）`;
    case 'any':
      return `任一（${condition.of.map(conditionText).join('；')}）`;
    case 'not':
      return `非（${conditionText(condition.of)}）`;
    default:
      return condition satisfies never;
  }
}

const NOTHING: Condition = { kind: 'vulnerable' };

export function readCondition(cursor: LineCursor, deep = 1): Condition {
  if (deep > DEEP) return cursor.fail('tooDeep', String(DEEP), NOTHING);
  const within = (): readonly Condition[] => {
    cursor.must('（', 'open');
    const of: Condition[] = [];
    if (cursor.take('）')) return of;
    do of.push(readCondition(cursor, deep + 1));
    while (cursor.take('；'));
    cursor.must('）', 'close');
    return of;
  };
  const begun = cursor.keyword('condition');
  switch (begun) {
    case '时段': {
      const from = cursor.value('time');
      cursor.must('至', 'until');
      return { kind: 'timeOfDay', from, to: cursor.value('time') };
    }
    case '星期':
      return { kind: 'weekday', anyOf: cursor.list(() => weekday(cursor)) };
    case '日期':
      return { kind: 'dayKind', anyOf: cursor.list(() => dayKind(cursor)) };
    case '语言':
      return { kind: 'language', anyOf: cursor.list(() => cursor.value('language')) };
    case '有在办工单':
      return { kind: 'openTicket' };
    case '老年残疾':
      return { kind: 'vulnerable' };
    case '自':
      return { kind: 'from', at: cursor.value('instant') };
    case '至':
      return { kind: 'until', at: cursor.value('instant') };
    case '全部':
      return { kind: 'all', of: within() };
    case '任一':
      return { kind: 'any', of: within() };
    case '非': {
      const [only, ...more] = within();
      return only === undefined || more.length > 0
        ? cursor.expected('condition', NOTHING)
        : { kind: 'not', of: only };
    }
    default:
      return begun === null ? NOTHING : cursor.misread('condition', begun, NOTHING);
  }
}

function weekday(cursor: LineCursor): number {
  const named = WEEKDAYS.findIndex((name) => cursor.take(name));
  return named < 0 ? cursor.number('weekday') : named + 1;
}

function dayKind(cursor: LineCursor): DayKind {
  const word = cursor.keyword('dayKind');
  if (word === null) return 'workday';
  return NAMES.get(word) ?? cursor.misread('dayKind', word, 'workday');
}
