import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AppealWords,
  areEmpty,
  mergeWords,
  NO_WORDS,
  sameWords,
  wholeWords,
} from '../../../src/domain/tickets/appeal-words.ts';
import { CONFLICT_MARKS } from '../../../src/domain/tickets/draft-merge.ts';

const words = (over: Partial<AppealWords>): AppealWords => ({ ...NO_WORDS, ...over });

test('two windows that filled in different fields have both, and nobody is told of a clash', () => {
  const merged = mergeWords(
    NO_WORDS,
    words({ content: '水管漏水', type: 'COMPLAINT' }),
    words({ place: '余荡村三组', tags: ['pipe'], values: { meter: '0042' } }),
  );
  expect(merged).toEqual({
    words: words({
      ...{ content: '水管漏水', type: 'COMPLAINT', place: '余荡村三组', tags: ['pipe'] },
      values: { meter: '0042' },
    }),
    conflicts: [],
  });
});

test('of one field chosen otherwise by both the later stands and is named; of the content no line is lost', () => {
  const began = words({ content: '您好\n漏水' });
  const merged = mergeWords(
    began,
    words({ content: '您好\n厨房漏水', categoryCode: 'leak', values: { meter: '1', floor: '3' } }),
    words({ content: '您好\n阳台漏水', categoryCode: 'water', values: { meter: '2' } }),
  );
  expect(merged.conflicts).toEqual(['categoryCode', 'content', 'values']);
  expect(merged.words).toMatchObject({ categoryCode: 'water', values: { meter: '2', floor: '3' } });
  for (const line of ['厨房漏水', '阳台漏水', CONFLICT_MARKS.end])
    expect(merged.words.content).toContain(line);
});

test('who went on from what another had sent has it whole: there is nothing to mark', () => {
  const merged = mergeWords(NO_WORDS, words({ content: '水管' }), words({ content: '水管爆裂' }));
  expect(merged).toEqual({ words: words({ content: '水管爆裂' }), conflicts: [] });
  expect(mergeWords(NO_WORDS, words({ content: '水管爆裂' }), words({ content: '水管' }))).toEqual(merged);
});

test('who took a line away beside who wrote on is not passed over, whichever of them saved first, and sent twice is marked once', () => {
  const [began, short, long] = [
    words({ content: '甲\n乙' }),
    words({ content: '甲' }),
    words({ content: '甲\n乙\n丙' }),
  ];
  for (const [theirs, mine] of [
    [short, long],
    [long, short],
  ] as const) {
    const merged = mergeWords(began, theirs, mine);
    expect(merged.conflicts).toEqual(['content']);
    expect(merged.words.content).toContain(CONFLICT_MARKS.theirs);
    expect(merged.words.content).toContain('丙');
    expect(mergeWords(began, merged.words, mine).words).toEqual(merged.words);
  }
  // Each in a place of its own: the line is gone, and the new one is there.
  const apart = mergeWords(
    words({ content: '甲\n乙\n丙' }),
    words({ content: '甲\n乙\n丙\n丁' }),
    words({ content: '乙\n丙' }),
  );
  expect(apart).toEqual({ words: words({ content: '乙\n丙\n丁' }), conflicts: [] });
});

test('a tag taken out by one is out, one put in by each is in', () => {
  const began = words({ tags: ['old', 'pipe'] });
  const { words: merged } = mergeWords(
    began,
    words({ tags: ['pipe', 'night'] }),
    words({ tags: ['old', 'pipe', 'elder'] }),
  );
  expect(merged.tags).toEqual(['pipe', 'night', 'elder']);
});

test('words kept by an earlier release, with fewer fields, are read whole', () => {
  const { values, belongs, ...older } = words({ content: '水管漏水' });
  expect(wholeWords(older)).toEqual(words({ content: '水管漏水' }));
  expect([areEmpty(wholeWords({})), areEmpty(wholeWords(older))]).toEqual([true, false]);
});

test('a field that is not filled in is the same whether it says so or is not there: sent again, nothing changes', () => {
  const began = words({ values: { meter: null, floor: null } });
  const [theirs, mine] = [words({ values: { meter: null } }), words({ values: { floor: null } })];
  expect(sameWords(theirs, mine)).toBe(true);
  const once = mergeWords(began, theirs, mine).words;
  expect(mergeWords(began, once, mine).words).toEqual(once);
  expect(sameWords(words({ values: { meter: '1' } }), mine)).toBe(false);
});

const SomeWords = fc.record({
  type: fc.constantFrom('', 'HELP', 'COMPLAINT') as fc.Arbitrary<AppealWords['type']>,
  content: fc.array(fc.constantFrom('甲', '乙', '丙'), { maxLength: 4 }).map((lines) => lines.join('\n')),
  place: fc.constantFrom('', '余荡村', '掘港镇'),
  tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
  urgent: fc.boolean(),
  values: fc.dictionary(fc.constantFrom('meter', 'floor'), fc.oneof(fc.constant('1'), fc.constant(null))),
});

test('merging with who changed nothing gives the other’s words; sent again, its answer lost, it changes nothing and loses no line', () => {
  fc.assert(
    fc.property(SomeWords, SomeWords, SomeWords, (one, other, third) => {
      const [began, theirs, mine] = [words(one), words(other), words(third)];
      expect(sameWords(mergeWords(began, began, mine).words, mine)).toBe(true);
      expect(sameWords(mergeWords(began, theirs, began).words, theirs)).toBe(true);
      const once = mergeWords(began, theirs, mine).words;
      const twice = mergeWords(began, once, mine).words;
      expect({ ...twice, content: '' }).toEqual({ ...once, content: '' });
      const added = mine.content.split('\n').filter((line) => !began.content.includes(line));
      for (const line of added)
        expect([once.content, twice.content]).toEqual([
          expect.stringContaining(line),
          expect.stringContaining(line),
        ]);
    }),
  );
});
