import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placesWords } from '../../../src/domain/knowledge/places/verifying.ts';
import { fittedWords } from '../../../src/domain/knowledge/task-words.ts';
import { APPEAL_LENGTHS } from '../../../src/domain/tickets/opening.ts';

const length = (text: string): number => [...text].length;

test('whatever a unit is asked fits into a ticket: whole lines, and how many did not', () => {
  const text = fc.array(fc.string({ maxLength: 300, unit: fc.constantFrom('水', 'a', '𠮷') }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 60, max: 2000 }), (lines, most) => {
      const content = lines.join('\n');
      const { words, lines: kept } = fittedWords(content, most);
      expect(length(words)).toBeLessThanOrEqual(most);
      if (length(content) <= most) expect(words).toBe(content);
      else if (words.includes('另有')) {
        expect(words).toBe(`${lines.slice(0, kept).join('\n')}\n另有 ${lines.length - kept} 行，见知识库。`);
      }
    }),
  );
});

test('a unit is asked for as many places as its ticket names', () => {
  const place = {
    code: 'C'.repeat(60),
    name: '名'.repeat(60),
    address: '址'.repeat(120),
    verifiedOn: null,
    times: 1,
  };
  const { title, content, named } = placesWords(Array.from({ length: 200 }, () => place));
  expect(length(content)).toBeLessThanOrEqual(APPEAL_LENGTHS.content);
  expect(named).toBeGreaterThan(20);
  expect(content.split('\n')).toHaveLength(named + 2);
  expect(title).toBe(`场所核实：${named} 个场所久未核实，其中 ${named} 个已催过`);
  expect(placesWords([{ ...place, times: 0 }])).toMatchObject({
    named: 1,
    title: '场所核实：1 个场所久未核实',
  });
});
