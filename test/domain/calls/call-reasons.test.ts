import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CALL_REASONS, callReasonInEnglish } from '../../../src/domain/calls/call-reasons.ts';
import type { Frame } from '../../../src/domain/hotlines/said-twice.ts';
import { byMenu, deskMissing, MENU_EXITS, WAYS } from '../../../src/domain/hotlines/way-words.ts';
import type { ExitReason } from '../../../src/domain/ivr/course.ts';
import { REFUSALS } from '../../../src/domain/restrictions/refusals.ts';

// Every reason that a call's step is told with is read in English by who reads English; names stay as they are.

const HAN = /\p{Script=Han}/u;
const frames: readonly (readonly [string, Frame])[] = [CALL_REASONS, WAYS, REFUSALS].flatMap((all) =>
  Object.entries<Frame>(all),
);

test.each(frames)('%s', (_name, frame) => {
  const names = Array.from({ length: frame.length }, (_, nth) => `name${nth}`);
  const { zh, en } = frame(...names);
  expect(callReasonInEnglish(zh)).toBe(en);
  expect(en).not.toMatch(HAN);
  expect(zh).toMatch(HAN);
});

test('no two are one in either language', () => {
  const all = frames.map(([, frame]) => frame('a', 'b'));
  expect(new Set(all.map(({ zh }) => zh)).size).toBe(all.length);
  expect(new Set(all.map(({ en }) => en)).size).toBe(all.length);
});

test('a menu, also as an earlier release wrote it; a desk that is not there; a person’s words', () => {
  for (const exit of Object.keys(MENU_EXITS) as ExitReason[]) {
    expect(callReasonInEnglish(byMenu(exit).zh)).toBe(byMenu(exit).en);
    expect(callReasonInEnglish(`菜单：${exit}`)).toBe(byMenu(exit).en);
  }
  expect(callReasonInEnglish(deskMissing(WAYS.main().zh, 'tax'))).toBe(
    'the main number; there is no desk tax, the general desk takes it',
  );
  expect(callReasonInEnglish(WAYS.unitFirst('税务局').zh)).toBe('parallel numbers: 税务局 is rung first');
  for (const words of ['', '新人带教', 'ticket']) expect(callReasonInEnglish(words)).toBeNull();
});

/** A reason that is given as words, on its line or the next; what a comment says of one is none. */
const WRITTEN = /\breason(?:\s*[:=(]|\s*=\s*)\s*(?:[^;,}\n]*\n)?[^;,}\n]*\p{Script=Han}[^\n]*/gu;

test('what a call gives as its reason is written in these files alone', () => {
  const root = join(import.meta.dirname, '../../../src');
  const inFolder = (folder: string): readonly string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      // An alarm's reasons stand there with their English beside.
      .filter((name) => name.endsWith('.ts') && name !== 'call-reasons.ts' && name !== 'switch-alarm.ts')
      .map((name) => join(folder, name));
  const files = [...['domain/calls', 'app/calls', 'app/callbacks'].flatMap(inFolder)];
  const written = [...files, 'domain/hotlines/mode-way.ts', 'domain/hotlines/plan-call.ts'].flatMap((name) =>
    [
      ...readFileSync(join(root, name), 'utf8')
        .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
        .matchAll(WRITTEN),
    ].map(([found]) => `${name}: ${found.trim()}`),
  );
  expect(written).toEqual([]);
  expect([...'reason:\n    座席 1101'.matchAll(WRITTEN)]).toHaveLength(1);
});
