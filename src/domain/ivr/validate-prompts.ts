import { type Condition, unreadable } from './condition.ts';
import { type Found, found } from './finding.ts';
import { DEFAULT_LANGUAGE, hasVoice, isSameLanguage } from './language.ts';
import type { Menu, PromptRef } from './menu.ts';
import type { PromptOnFile } from './spoken.ts';

/** What there is to be played, and when it is to be asked. */
export interface PromptsAround {
  /** Recorded or already generated, by name. */
  readonly prompts: ReadonlyMap<string, PromptOnFile>;
  readonly nowMs: number;
}

const SOON_MS = 7 * 24 * 3_600_000;

/** What is to be played at a place: whether it is there, lasts, and is in the language that it stands for. */
export function validatePrompts(
  refs: readonly PromptRef[],
  place: string,
  menu: Menu,
  around: PromptsAround,
): readonly Found[] {
  return refs.flatMap(({ name, variants, when }) => {
    const lacking = menu.languages.slice(1).filter((language) => variants[language] === undefined);
    const own = menu.languages[0] ?? DEFAULT_LANGUAGE;
    return [
      ...[[own, name] as const, ...Object.entries(variants)].flatMap(([language, one]) => [
        ...ofFile(one, place, menu, around),
        ...ofLanguage(one, language, `${place}/${one}`, menu, around),
      ]),
      ...(lacking.length === 0 ? [] : [found('menu.variantMissing', `${place}/${name}`, lacking.join(', '))]),
      ...validateCondition(when, `${place}/${name}`),
    ];
  });
}

function ofFile(name: string, place: string, menu: Menu, around: PromptsAround): readonly Found[] {
  const file = around.prompts.get(name);
  if (file === undefined) {
    return Object.hasOwn(menu.texts, name) ? [] : [found('menu.promptMissing', place, name)];
  }
  if (file.expiresAt === null) return [];
  const left = Date.parse(file.expiresAt) - around.nowMs;
  if (!(left > 0)) return [found('menu.promptExpired', place, name)];
  return left < SOON_MS ? [found('menu.promptExpiresSoon', place, name)] : [];
}

/** A recording is in the language that the register says; words are spoken, if there is a voice for them. */
function ofLanguage(
  name: string,
  language: string,
  place: string,
  { texts }: Menu,
  { prompts }: PromptsAround,
): readonly Found[] {
  const file = prompts.get(name);
  if (Object.hasOwn(texts, name)) {
    return hasVoice(language) ? [] : [found('menu.languageUnspoken', place, language)];
  }
  if (file?.language === undefined || isSameLanguage(file.language, language)) return [];
  return [found('menu.languageDiffers', place, `${file.language}, ${language}`)];
}

export function validateCondition(when: Condition | null, place: string): readonly Found[] {
  const stray = unreadable(when);
  return stray === null ? [] : [found('menu.conditionUnreadable', place, stray)];
}
