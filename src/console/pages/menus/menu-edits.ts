import type { Choice, Menu, MenuNode, PromptRef, Target, Way } from './shapes.ts';

// What the drawing changes of a menu: from one menu to the next, nothing kept.

const withNode = (menu: Menu, id: string, change: (node: MenuNode) => MenuNode): Menu => ({
  ...menu,
  nodes: menu.nodes.map((node) => (node.id === id ? change(node) : node)),
});
const replaced = <T>(list: readonly T[], nth: number, one: T): readonly T[] =>
  list.map((old, at) => (at === nth ? one : old));
const without = <T>(list: readonly T[], nth: number): readonly T[] => list.filter((_, at) => at !== nth);

/** The prompt that tells of a key is named by where it stands, so that it is found again. */
export const promptOfKey = (menu: Menu, node: string, digits: string): string => {
  const key = digits.replaceAll('*', 'star').replaceAll('#', 'hash');
  const plain = `${menu.code}-${node}-${key}`.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
  return plain.slice(-64).replace(/^-+/, '');
};

/**
 * A new choice, or the nth as it is to be. `say`: spoken among the node's prompts, before which a caller cannot know of
 * the key; empty: another prompt tells of it.
 */
export function withChoice(menu: Menu, node: string, nth: number | null, choice: Choice, say: string): Menu {
  const told = say.trim();
  const name = promptOfKey(menu, node, choice.digits);
  const prompt: PromptRef = { name, variants: {}, when: choice.when, announces: [choice.digits] };
  const changed = withNode(menu, node, (one) => ({
    ...one,
    choices: nth === null ? [...one.choices, choice] : replaced(one.choices, nth, choice),
    prompts:
      told === '' || one.prompts.some((old) => old.name === name) ? one.prompts : [...one.prompts, prompt],
  }));
  return told === '' ? changed : { ...changed, texts: { ...changed.texts, [name]: told } };
}

/** Leads a way elsewhere; null: it leads nowhere of its own any more. */
export function withTarget(menu: Menu, node: string, way: Way, target: Target | null): Menu {
  return withNode(menu, node, (one) => {
    switch (way.by) {
      case 'keys': {
        const choice = one.choices[way.nth];
        if (choice === undefined || target === null) return one;
        return { ...one, choices: replaced(one.choices, way.nth, { ...choice, target }) };
      }
      case 'condition': {
        const redirect = one.redirects[way.nth];
        if (redirect === undefined || target === null) return one;
        return { ...one, redirects: replaced(one.redirects, way.nth, { ...redirect, to: target }) };
      }
      case 'wrong':
        return { ...one, onWrong: { ...one.onWrong, to: target } };
      case 'nothing':
        return { ...one, onNothing: { ...one.onNothing, to: target } };
      case 'default':
        return target === null || target.kind === 'node' || target.kind === 'ticketStatus'
          ? { ...one, exit: null }
          : { ...one, exit: target };
      default:
        return way satisfies never;
    }
  });
}

/** Without the way; a key's own prompt, which would tell of what is no more, goes with it. */
export function withoutWay(menu: Menu, node: string, way: Way): Menu {
  if (way.by === 'condition') {
    return withNode(menu, node, (one) => ({ ...one, redirects: without(one.redirects, way.nth) }));
  }
  if (way.by !== 'keys') return withTarget(menu, node, way, null);
  const gone = menu.nodes.find(({ id }) => id === node)?.choices[way.nth];
  const changed = withNode(menu, node, (one) => {
    const choices = without(one.choices, way.nth);
    const stays = choices.some(({ digits }) => digits === gone?.digits);
    const tells = ({ announces }: PromptRef): boolean =>
      announces.length === 1 && announces[0] === gone?.digits && !stays;
    return { ...one, choices, prompts: one.prompts.filter((prompt) => !tells(prompt)) };
  });
  return withoutLostTexts(changed);
}

/** The node as it is to be, and what its prompts say. */
export const withNodeAs = (menu: Menu, node: MenuNode, texts: Menu['texts']): Menu =>
  withoutLostTexts({ ...withNode(menu, node.id, () => node), texts: { ...menu.texts, ...texts } });

/** A new node that nobody has asked anything yet: it leads on to where calls end up without it. */
export function withNewNode(menu: Menu, id: string, name: string, queue: string): Menu {
  const node: MenuNode = {
    id,
    name,
    redirects: [],
    prompts: [],
    choices: [],
    timeoutMs: 5_000,
    digitTimeoutMs: 2_000,
    retries: 1,
    onWrong: { prompts: [], to: null },
    onNothing: { prompts: [], to: null },
    exit: { kind: 'queue', queue },
  };
  return { ...menu, nodes: [...menu.nodes, node] };
}

export const withoutNode = (menu: Menu, id: string): Menu =>
  withoutLostTexts({ ...menu, nodes: menu.nodes.filter((node) => node.id !== id) });

/** Words that were the menu's own and are said nowhere in it any more. A greeting of a number is never among them. */
function withoutLostTexts(menu: Menu): Menu {
  const said = JSON.stringify(menu.nodes);
  const kept = Object.entries(menu.texts).filter(
    ([name]) => !name.startsWith(`${menu.code}-`) || said.includes(JSON.stringify(name)),
  );
  return { ...menu, texts: Object.fromEntries(kept) };
}

/** The way that an edge of the drawing stands for, by its place among those of its node. */
export function wayOf(edge: { readonly by: string }, nth: number): Way | null {
  switch (edge.by) {
    case 'keys':
    case 'condition':
      return { by: edge.by, nth };
    case 'wrong':
    case 'nothing':
    case 'default':
      return { by: edge.by };
    default:
      return null;
  }
}

export function targetOf(node: MenuNode, way: Way): Target | null {
  switch (way.by) {
    case 'keys':
      return node.choices[way.nth]?.target ?? null;
    case 'condition':
      return node.redirects[way.nth]?.to ?? null;
    case 'wrong':
      return node.onWrong.to;
    case 'nothing':
      return node.onNothing.to;
    case 'default':
      return node.exit;
    default:
      return way satisfies never;
  }
}
