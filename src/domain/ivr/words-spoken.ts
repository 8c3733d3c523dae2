import { DEFAULT_LANGUAGE } from './language.ts';
import type { Menu, MenuNode, PromptRef, Target } from './menu.ts';

// What the voice says is named by what it says. A version of the rules asks for its own words, whatever is published
// meanwhile, and words that are spoken already need not be spoken again when a version comes back.

/** Words to be spoken under a prompt's name. */
export interface Words {
  readonly name: string;
  /** e.g. `zh-CN`, `en`. */
  readonly language: string;
  readonly text: string;
}

/** `NAME@HASH`: under which exactly these words lie. Stands in plans and facts beside plain names. */
export const exactName = ({ name, language, text }: Words): string =>
  `${name}@${fnv1a64(`${language}\n${text}`)}`;

/** The name that operators know, of a plain or an exact one. */
export const plainName = (prompt: string): string => prompt.split('@', 1)[0] ?? prompt;

/** Everything that a menu has spoken; a prompt that serves two languages is spoken in both. */
export function wordsOf(menu: Menu): readonly Words[] {
  const own = ownLanguage(menu);
  const found = new Map<string, Words>();
  const add = (name: string, language: string): void => {
    const text = textOf(menu, name);
    if (text !== null) found.set(`${name} ${language}`, { name, language, text });
  };
  const named = new Set<string>();
  for (const { name, variants } of promptsOf(menu)) {
    for (const [language, other] of [[own, name], ...Object.entries(variants)] as const) {
      named.add(other);
      add(other, language);
    }
  }
  // What no node says greets the callers of a number.
  for (const name of Object.keys(menu.texts)) if (!named.has(name)) add(name, own);
  return [...found.values()];
}

/** A name as this menu says it in a language: its own words exactly, or the plain name of what it does not bring. */
export function saidBy(menu: Menu, name: string, language: string = ownLanguage(menu)): string {
  const text = textOf(menu, name);
  return text === null ? name : exactName({ name, language, text });
}

/** A name as the menus that bring it say it, for what is heard outside of them. */
export function saidByAny(menus: readonly Menu[], name: string): string {
  for (const menu of menus) {
    if (textOf(menu, name) === null) continue;
    const words = wordsOf(menu).find((one) => one.name === name);
    if (words !== undefined) return exactName(words);
  }
  return name;
}

const ownLanguage = ({ languages }: Menu): string => languages[0] ?? DEFAULT_LANGUAGE;

const textOf = ({ texts }: Menu, name: string): string | null =>
  Object.hasOwn(texts, name) ? (texts[name] ?? null) : null;

/** Every prompt that the menu plays, in whatever language. */
export const promptNamesOf = (menu: Menu): ReadonlySet<string> =>
  new Set(promptsOf(menu).flatMap(({ name, variants }) => [name, ...Object.values(variants)]));

const promptsOf = ({ nodes }: Menu): readonly PromptRef[] => nodes.flatMap(promptsOfNode);

const promptsOfNode = ({
  prompts,
  redirects,
  choices,
  onWrong,
  onNothing,
  exit,
}: MenuNode): readonly PromptRef[] => [
  ...prompts,
  ...onWrong.prompts,
  ...onNothing.prompts,
  ...[
    ...redirects.map(({ to }) => to),
    ...choices.map(({ target }) => target),
    onWrong.to,
    onNothing.to,
    exit,
  ].flatMap(promptsOfTarget),
];

function promptsOfTarget(target: Target | null): readonly PromptRef[] {
  switch (target?.kind) {
    case 'message':
    case 'goodbye':
      return target.prompts;
    case 'ticketStatus':
      return [
        ...target.ask,
        ...target.notFound,
        ...promptsOfTarget(target.afterwards),
        ...promptsOfTarget(target.exit),
      ];
    default:
      return [];
  }
}

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** FNV-1a over the characters, 16 hexadecimal digits: texts are told apart by it, nothing is kept secret. */
function fnv1a64(text: string): string {
  let hash = OFFSET;
  for (const character of text) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}
