import { DEFAULT_LANGUAGE } from './language.ts';
import { ENGLISH_PROMPTS, PROMPTS } from './prompts.ts';

/** Measured on the voice of this product: a Chinese character, a pause between two phrases, silence around the whole. */
const CHARACTER_MS = 260;
const PAUSE_MS = 300;
const AROUND_MS = 350;

/** How long a text takes that nobody has spoken yet: within an eighth of what the voice then needs. */
export function spokenMs(text: string): number {
  const characters = [...text].filter((one) => /[\p{L}\p{N}]/u.test(one)).length;
  const pauses = [...text].filter((one) => /[，。；！？、：,.;!?]/.test(one)).length;
  return characters === 0 ? 0 : AROUND_MS + characters * CHARACTER_MS + pauses * PAUSE_MS;
}

export interface PromptOnFile {
  readonly durationMs: number;
  /** Instant, ISO 8601; null without an end. */
  readonly expiresAt: string | null;
  /** Absent: nobody wrote it down. */
  readonly language?: string;
}

/** What every instance can say before anybody has recorded a word. */
export const BUILT_IN_PROMPTS: ReadonlyMap<string, PromptOnFile> = new Map(
  [
    { prompts: PROMPTS, language: DEFAULT_LANGUAGE },
    { prompts: ENGLISH_PROMPTS, language: 'en' },
  ].flatMap(({ prompts, language }) =>
    Object.entries(prompts).map(([name, text]): [string, PromptOnFile] => [
      name,
      { durationMs: spokenMs(text), expiresAt: null, language },
    ]),
  ),
);
