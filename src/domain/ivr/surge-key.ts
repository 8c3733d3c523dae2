import { type Condition, isPast } from './condition.ts';
import { type Choice, type Menu, NODE_DEFAULTS, type PromptRef, prompt } from './menu.ts';

/** JS-05: one key for the matter of the hour, with its own people, its own announcement, its own figures and an end. */
export interface SurgeKey {
  /** Letters, digits and dashes; names the key's counter and its generated prompt. */
  readonly code: string;
  readonly label: string;
  readonly key: string;
  readonly queue: string;
  /** Spoken as it stands, e.g. 疫情咨询请按零。 */
  readonly announcement: string;
  /** Instant, ISO 8601 with offset: from then on the menu is what it was before. */
  readonly until: string;
}

/** For longer a key belongs into the menu itself, where it is looked at as such. */
export const SURGE_AT_MOST_MS = 366 * 86_400_000;

/** A straight menu waits no longer for the key than a caller needs to press it. */
const KEY_WAIT_MS = 3_000;
/** Under which its calls are counted. */
export const surgeCounter = (code: string): string => `surge-${code}`;
export const surgePrompt = (code: string): string => `surge-${code}`;

/**
 * The menu with the key at its start: announced first, and before whatever else has that key, until it expires. Given
 * again under the same code it replaces the earlier one.
 */
export function withSurgeKey(menu: Menu, surge: SurgeKey): Menu {
  const { code, key, label, queue, announcement, until } = surge;
  const when = { kind: 'until', at: until } as const;
  const clear = withoutSurgeKey(menu, code);
  return {
    ...clear,
    texts: { ...clear.texts, [surgePrompt(code)]: announcement },
    nodes: clear.nodes.map((node) =>
      node.id !== clear.start
        ? node
        : {
            ...node,
            prompts: [
              prompt(surgePrompt(code), { when, announces: [key] }),
              ...node.prompts.map((one) =>
                one.when === null && one.announces.every((told) => told === key) && one.announces.length > 0
                  ? { ...one, when: silencedBy(when) }
                  : one,
              ),
            ],
            choices: [
              { digits: key, label, target: { kind: 'queue', queue }, when, counter: surgeCounter(code) },
              ...node.choices,
            ],
            // Without keys of its own the node only passed on; now it waits as long as the key is open, and once.
            ...(node.choices.length > 0 ? {} : { timeoutMs: KEY_WAIT_MS, retries: 0 }),
          },
    ),
  };
}

/** A prompt that tells of the same key only would contradict while the surge lasts. */
const silencedBy = (when: Condition | null): Condition | null =>
  when === null ? null : { kind: 'not', of: when };

/** Taken back before its time. */
export function withoutSurgeKey(menu: Menu, code: string): Menu {
  const { [surgePrompt(code)]: _spoken, ...texts } = menu.texts;
  return {
    ...menu,
    texts,
    nodes: menu.nodes.map((node) => {
      const [taken] = node.choices.filter(({ counter }) => counter === surgeCounter(code));
      if (taken === undefined || taken.when === null) return node;
      const choices = node.choices.filter((choice) => choice !== taken);
      const silenced = JSON.stringify(silencedBy(taken.when));
      const stays = choices.some(
        ({ digits, when }) => digits === taken.digits && JSON.stringify(silencedBy(when)) === silenced,
      );
      const speaksAgain = ({ when, announces }: PromptRef): boolean =>
        !stays && announces.includes(taken.digits) && JSON.stringify(when) === silenced;
      return {
        ...node,
        prompts: node.prompts
          .filter(({ name }) => name !== surgePrompt(code))
          .map((one) => (speaksAgain(one) ? { ...one, when: null } : one)),
        choices,
        // Where no key is left the node passes on again, as if it never had waited.
        ...(choices.length > 0 ? {} : { timeoutMs: NODE_DEFAULTS.timeoutMs, retries: NODE_DEFAULTS.retries }),
      };
    }),
  };
}

/** The codes of surge keys whose time is over, for tidying up; callers no longer meet them anyhow. */
export const expiredSurgeKeys = (menu: Menu, nowMs: number): readonly string[] =>
  surgeCodes(menu, ({ when }) => isPast(when, nowMs));

function surgeCodes(menu: Menu, which: (choice: Choice) => boolean): readonly string[] {
  const counters = menu.nodes.flatMap(({ choices }) =>
    choices.flatMap((choice) =>
      choice.counter?.startsWith(surgeCounter('')) === true && which(choice) ? [choice.counter] : [],
    ),
  );
  return [...new Set(counters)].map((counter) => counter.slice(surgeCounter('').length));
}

/** A key that only bears a surge's name may lead anywhere and for ever; a surge's ends, and leads to people. */
const isSurge =
  (nowMs: number) =>
  ({ when, target }: Choice): boolean =>
    when?.kind === 'until' && Date.parse(when.at) <= nowMs + SURGE_AT_MOST_MS && target.kind === 'queue';

/** The surge keys that callers of the menu meet now, as they were ordered. */
export function openSurgeKeys(menu: Menu, nowMs: number): readonly SurgeKey[] {
  const choices = menu.nodes.flatMap((node) => node.choices);
  return surgeCodes(menu, (choice) => isSurge(Infinity)(choice) && !isPast(choice.when, nowMs)).flatMap(
    (code): readonly SurgeKey[] => {
      const choice = choices.find(({ counter }) => counter === surgeCounter(code));
      if (choice?.target.kind !== 'queue' || choice.when?.kind !== 'until') return [];
      const { digits: key, label, target, when } = choice;
      const announcement = menu.texts[surgePrompt(code)] ?? '';
      return [{ code, key, label, queue: target.queue, until: when.at, announcement }];
    },
  );
}

/** The surge keys of the menu, over or not. */
export const surgesOf = (menu: Menu, nowMs = Infinity): readonly string[] => surgeCodes(menu, isSurge(nowMs));

/** The surge keys that callers of these menus meet now. */
export const openSurges = (menus: readonly Menu[], nowMs: number): ReadonlySet<string> =>
  new Set(
    menus.flatMap((menu) =>
      surgeCodes(menu, (choice) => isSurge(Infinity)(choice) && !isPast(choice.when, nowMs)),
    ),
  );

/** What the menu is when every surge is over. */
export const withoutSurgeKeys = (menu: Menu, nowMs?: number): Menu =>
  surgesOf(menu, nowMs).reduce(withoutSurgeKey, menu);

/** Beside its surge keys the menu only passes on to this desk, without a word. */
export function leadsStraight(menu: Menu, queue: string, nowMs?: number): boolean {
  const [node, ...others] = withoutSurgeKeys(menu, nowMs).nodes;
  if (node === undefined || others.length > 0) return false;
  const { choices, redirects, prompts, exit } = node;
  const silent = choices.length + redirects.length + prompts.length === 0;
  return silent && exit?.kind === 'queue' && exit.queue === queue;
}
