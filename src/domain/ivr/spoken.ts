import { DEFAULT_LANGUAGE } from './language.ts';
import { PROMPTS } from './prompts.ts';

/** The generated voice at its usual pace. */
const SPOKEN_CHARACTER_MS = 230;

/** How long a text takes that nobody has spoken yet. */
export const spokenMs = (text: string): number => text.length * SPOKEN_CHARACTER_MS;

export interface PromptOnFile {
  readonly durationMs: number;
  /** Instant, ISO 8601; null without an end. */
  readonly expiresAt: string | null;
  /** Absent: nobody wrote it down. */
  readonly language?: string;
}

/** What every instance can say before anybody has recorded a word. */
export const BUILT_IN_PROMPTS: ReadonlyMap<string, PromptOnFile> = new Map(
  Object.entries(PROMPTS).map(([name, text]) => [
    name,
    { durationMs: spokenMs(text), expiresAt: null, language: DEFAULT_LANGUAGE },
  ]),
);
