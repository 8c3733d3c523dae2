import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { ensurePrompts } from '../../../src/adapters/audio/prompts.ts';
import { BEFORE_PERSON_LIMIT_MS, GREETING_LIMIT_MS } from '../../../src/domain/hotlines/lint/finding.ts';
import { PROMPTS, type PromptName } from '../../../src/domain/ivr/prompts.ts';
import { spokenMs } from '../../../src/domain/ivr/spoken.ts';
import { readWav } from '../../../src/domain/ivr/wav.ts';

const GREETINGS = [
  'greeting-main',
  'greeting-forwarded',
  'greeting-dedicated',
  'greeting-off-hours',
  'greeting-parallel',
  'greeting-merged',
  'greeting-centre',
  'transition-notice',
  'transition-ended',
  'number-unregistered',
] as const satisfies readonly PromptName[];

test('what the product says before a person is as short as its linter asks, by the real voice, and no longer than it thinks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lengths-'));
  const texts = Object.fromEntries(GREETINGS.map((name) => [name, PROMPTS[name]]));
  expect((await ensurePrompts(folder, inject('tools'), texts)).failed).toEqual([]);
  const lengthMs = (name: PromptName): number => {
    const read = readWav(readFileSync(join(folder, `${name}.wav`)));
    return read.kind === 'wav' ? read.wav.durationMs : expect.fail(read.kind);
  };
  for (const name of GREETINGS) {
    const measured = lengthMs(name);
    expect(measured, name).toBeLessThanOrEqual(GREETING_LIMIT_MS);
    expect(Math.abs(spokenMs(PROMPTS[name]) / measured - 1), name).toBeLessThan(0.125);
  }
  expect(lengthMs('greeting-main') + lengthMs('transition-notice')).toBeLessThanOrEqual(
    BEFORE_PERSON_LIMIT_MS,
  );
  rmSync(folder, { recursive: true });
});
