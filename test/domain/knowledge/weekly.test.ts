import { expect, test } from 'vitest';
import { mondayOf, type WeekLists, weekBounds, weekWords } from '../../../src/domain/knowledge/weekly.ts';

const entry = (number: string, question: string, validTo: string | null = null) => ({
  number,
  question,
  validTo,
});
const NOTHING: WeekLists = {
  ...{ endingSoon: [], stale: [], neverUsed: [], mostAsked: [] },
  ...{ drafts: [], undrafted: [], unanswered: [] },
};
const WEEK: WeekLists = {
  endingSoon: [entry('ZS000001', '水费怎么交', '2026-12-01'), entry('ZS000002', '怎么报停', '2026-12-20')],
  stale: [entry('ZS000003', '水表过户要什么材料')],
  drafts: [entry('ZS000004', '停水怎么通知')],
  undrafted: [{ ticketNumber: 'RD20261125-0007', why: '答复为空' }],
  neverUsed: [entry('ZS000005', '二次供水归谁管', '2027-12-31')],
  unanswered: [{ words: '残疾证咋办', times: 2 }],
  mostAsked: [{ ...entry('ZS000006', '水管漏水找谁'), times: 41 }],
};

test('the list of the week says of each entry what is to be done about it, and what is asked most at its end', () => {
  expect(weekWords(WEEK)).toBe(
    [
      '本周知识库清单，请在时限内办理并反馈。',
      '即将到期，请更新：\nZS000001（2026-12-01）水费怎么交\nZS000002（2026-12-20）怎么报停',
      '发布或上次复核已满 180 天，请核对是否仍然有效：\nZS000003 水表过户要什么材料',
      '草稿未送审，或已退回：\nZS000004 停水怎么通知',
      '已结案咨询的答复未能自动生成草稿，请按需自行起草：\nRD20261125-0007（答复为空）',
      '90 天没有用过，请补充市民的问法，或撤回：\nZS000005 二次供水归谁管',
      '座席搜不到的问题，请补充条目：\n“残疾证咋办” 2 次',
      '90 天内引用最多（供参考）：\nZS000006 水管漏水找谁 41 次',
    ].join('\n\n'),
  );
});

test('anything to be done is reason enough for a list, by itself; what is asked most is none', () => {
  for (const part of Object.keys(WEEK) as (keyof WeekLists)[]) {
    const words = weekWords({ ...NOTHING, [part]: WEEK[part] });
    if (part === 'mostAsked') expect(words).toBeNull();
    // Its greeting and the one part, none of those that are empty.
    else expect(words?.split('\n\n'), part).toHaveLength(2);
  }
  expect(weekWords(NOTHING)).toBeNull();
});

test('a week is that of its Monday, and looks a month ahead, ninety days, half a year and a week back', () => {
  expect(['2026-11-23', '2026-11-26', '2026-11-29', '2026-11-30'].map(mondayOf)).toEqual([
    ...['2026-11-23', '2026-11-23', '2026-11-23', '2026-11-30'],
  ]);
  const now = Date.parse('2026-11-23T09:00:00+08:00');
  expect(weekBounds('2026-11-23', now)).toEqual({
    day: '2026-11-23',
    endsBy: '2026-12-23',
    since: Date.parse('2026-08-25T09:00:00+08:00'),
    staleBefore: Date.parse('2026-05-27T09:00:00+08:00'),
    weekSince: Date.parse('2026-11-16T09:00:00+08:00'),
  });
});
