import { expect, test } from 'vitest';
import { isBlank, tidyText, VISIBLE } from '../../../src/domain/tickets/storable.ts';

test.each([
  ['', true],
  [' \n\t\u3000\u00a0', true],
  ['\u200b\u2060\ufeff\u00ad', true],
  ['\u3164\u115f\u1160\uffa0', true],
  ['\u2800', true],
  ['\u0000\ud83d', true],
  ['\ufe0f', true],
  ['0', false],
  ['？', false],
  ['\u200b水', false],
  ['👍', false],
])('%j shows nothing: %s', (text, blank) => {
  expect(isBlank(text)).toBe(blank);
  // What a route asks for and what is kept are one rule.
  expect(new RegExp(VISIBLE, 'u').test(text)).toBe(!blank);
  expect(tidyText(text) === '').toBe(blank);
});
