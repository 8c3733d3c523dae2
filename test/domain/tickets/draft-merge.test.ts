import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONFLICT_MARKS, mergeDrafts } from '../../../src/domain/tickets/draft-merge.ts';

const text = (...lines: string[]): string => lines.join('\n');

test('what one changed and the other left is changed; what both wrote alike stands once', () => {
  const longer = text('您好', '已收到', '请放心', '谢谢');
  const one = text('您好', '已派人查看', '请放心', '谢谢');
  expect(mergeDrafts(longer, one, text('您好', '已收到', '请放心', '谢谢您的监督'))).toEqual({
    text: text('您好', '已派人查看', '请放心', '谢谢您的监督'),
    conflicts: 0,
  });
  const base = text('您好', '已收到', '谢谢');
  expect(mergeDrafts(base, text('您好', '已修复', '谢谢'), text('您好', '已修复', '谢谢'))).toEqual({
    text: text('您好', '已修复', '谢谢'),
    conflicts: 0,
  });
  expect(mergeDrafts(base, text('已收到', '谢谢'), text('您好', '已收到', '谢谢', '如东县12345'))).toEqual({
    text: text('已收到', '谢谢', '如东县12345'),
    conflicts: 0,
  });
});

test('where both changed the same otherwise, both stand, marked, and the rest is merged', () => {
  const base = text('您好', '已收到', '谢谢');
  const merged = mergeDrafts(base, text('您好', '周一修', '谢谢'), text('您好', '周二修', '谢谢您'));
  expect(merged).toEqual({
    conflicts: 1,
    text: text(
      '您好',
      CONFLICT_MARKS.theirs,
      '周一修',
      '谢谢',
      CONFLICT_MARKS.mine,
      '周二修',
      '谢谢您',
      CONFLICT_MARKS.end,
    ),
  });
});

test('whatever two wrote: alone a change is taken as it is, alike once, and no line that one of them added is lost', () => {
  const lines = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', ''), { maxLength: 12 })
    .map((all) => all.join('\n'));
  fc.assert(
    fc.property(lines, lines, lines, (base, theirs, mine) => {
      expect(mergeDrafts(base, theirs, base)).toEqual({ text: theirs, conflicts: 0 });
      expect(mergeDrafts(base, base, mine)).toEqual({ text: mine, conflicts: 0 });
      expect(mergeDrafts(base, mine, mine)).toEqual({ text: mine, conflicts: 0 });
      const merged = mergeDrafts(base, theirs, mine).text.split('\n');
      const had = new Set(base.split('\n'));
      for (const line of [...theirs.split('\n'), ...mine.split('\n')]) {
        if (!had.has(line)) expect(merged).toContain(line);
      }
    }),
  );
});

test('line by line as far as people write; beyond that both stand whole, and no process is held up for a second', () => {
  const lines = (count: number, of: (line: number) => string) =>
    Array.from({ length: count }, (_, line) => of(line)).join('\n');
  const merged = (count: number) =>
    mergeDrafts(
      lines(count, String),
      lines(count, (line) => (line % 4 === 1 ? '甲' : String(line))),
      lines(count, (line) => (line % 4 === 3 ? '乙' : String(line))),
    );
  expect(merged(300)).toMatchObject({ conflicts: 0 });
  const both = merged(2_500);
  expect(both.conflicts).toBe(1);
  expect(['甲', '乙'].map((word) => both.text.split('\n').filter((line) => line === word).length)).toEqual([
    625, 625,
  ]);
});
