import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Piece, textDiff } from '../../../src/console/pages/authoring/text-diff.ts';

const text = (pieces: readonly Piece[], without: Piece['kind']): string =>
  pieces
    .filter(({ kind }) => kind !== without)
    .map((piece) => piece.text)
    .join('');

test('what is gone and what is new is told character by character', () => {
  expect(textDiff('一年可以取一次。', '一年可以取两次。')).toEqual([
    { kind: 'same', text: '一年可以取' },
    { kind: 'gone', text: '一' },
    { kind: 'new', text: '两' },
    { kind: 'same', text: '次。' },
  ]);
  expect(textDiff('', '新的')).toEqual([{ kind: 'new', text: '新的' }]);
  expect(textDiff('旧的', '')).toEqual([{ kind: 'gone', text: '旧的' }]);
  expect(textDiff('一样', '一样')).toEqual([{ kind: 'same', text: '一样' }]);
});

test('both texts can be read out of it, whatever they are', () => {
  const letters = fc.string({ unit: fc.constantFrom('水', '电', '费', '，', '😀', '\n'), maxLength: 40 });
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const pieces = textDiff(before, after);
      expect(text(pieces, 'new')).toBe(before);
      expect(text(pieces, 'gone')).toBe(after);
      // Neighbours of one kind are one piece.
      expect(pieces.some(({ kind }, at) => pieces[at + 1]?.kind === kind)).toBe(false);
    }),
  );
});

test('two long texts with nothing in common are told as such, at once', () => {
  const [before, after] = ['旧'.repeat(4_000), '新'.repeat(4_000)];
  expect(textDiff(before, after)).toEqual([
    { kind: 'gone', text: before },
    { kind: 'new', text: after },
  ]);
});
