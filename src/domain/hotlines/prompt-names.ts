import { ENGLISH_PROMPTS, PROMPTS } from '../ivr/prompts.ts';
import { promptNamesOf } from '../ivr/words-spoken.ts';
import type { RuleSet } from './versions/rule-set.ts';

/** Where the rules play a prompt. */
export interface PromptUse {
  readonly thing: 'line' | 'menu';
  /** The number, or the menu's code. */
  readonly key: string;
  readonly name: string;
}

/** A name under which something is, or should be, heard. */
export interface NamedPrompt {
  readonly name: string;
  /** What is heard where no version of the register takes its place; null: nothing, it is missing or recorded only. */
  readonly text: string | null;
  /** Whose words these are: the product's, a menu's, or nobody's. */
  readonly from: 'product' | 'menu' | null;
  readonly uses: readonly PromptUse[];
}

/** Every prompt that the rules play or the product brings, and those of the register, by name. */
export function promptNames(rules: RuleSet, registered: readonly string[]): readonly NamedPrompt[] {
  const texts = new Map<string, Pick<NamedPrompt, 'text' | 'from'>>();
  for (const [name, text] of Object.entries({ ...PROMPTS, ...ENGLISH_PROMPTS })) {
    texts.set(name, { text, from: 'product' });
  }
  const uses = new Map<string, PromptUse[]>();
  const used = (prompt: string, use: PromptUse): void => {
    const known = uses.get(prompt) ?? [];
    if (!known.some(({ thing, key }) => thing === use.thing && key === use.key)) known.push(use);
    uses.set(prompt, known);
  };
  for (const { number, name, greeting } of rules.lines) {
    if (greeting !== null) used(greeting, { thing: 'line', key: number, name });
  }
  for (const menu of rules.menus) {
    for (const [name, text] of Object.entries(menu.texts)) texts.set(name, { text, from: 'menu' });
    for (const prompt of promptNamesOf(menu)) {
      used(prompt, { thing: 'menu', key: menu.code, name: menu.name });
    }
  }
  const names = new Set([...registered, ...texts.keys(), ...uses.keys()]);
  return [...names].toSorted().map((name) => ({
    name,
    ...(texts.get(name) ?? { text: null, from: null }),
    uses: uses.get(name) ?? [],
  }));
}
