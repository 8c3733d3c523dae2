import { isPast } from './condition.ts';
import { type Exit, isPerson, type Menu, type MenuNode, type PromptRef, type Target } from './menu.ts';

// A menu as a graph: which nodes follow which, how many keys and how much time lie before a person.

/** Everything that a node may lead to, the default exit apart. */
export const targetsOf = (node: MenuNode): readonly Target[] => [
  ...node.redirects.map(({ to }) => to),
  ...node.choices.map(({ target }) => target),
  ...[node.onWrong.to, node.onNothing.to].filter((to) => to !== null),
];

/** Everywhere that calls leave the menu for, however they come there. */
export const exitsOf = ({ nodes }: Menu): readonly Exit[] =>
  nodes.flatMap((node) =>
    [...targetsOf(node), node.exit].flatMap((target): readonly Exit[] => {
      if (target === null || target.kind === 'node') return [];
      if (target.kind !== 'ticketStatus') return [target];
      return target.exit === null ? [target.afterwards] : [target.afterwards, target.exit];
    }),
  );

/** The desks that calls get to by these menus, at once or in the end. */
export const queuesOfMenus = (menus: readonly Menu[]): readonly string[] =>
  menus.flatMap(exitsOf).flatMap((exit) => {
    switch (exit.kind) {
      case 'queue':
      case 'message':
        return [exit.queue];
      case 'number':
        return [exit.returnQueue];
      case 'line':
      case 'goodbye':
        return [];
      default:
        return exit satisfies never;
    }
  });

/** Outside telephones that these menus send callers to. */
export const outsideNumbersOf = (
  menus: readonly Menu[],
): readonly Extract<Exit, { readonly kind: 'number' }>[] =>
  menus.flatMap(exitsOf).flatMap((exit) => (exit.kind === 'number' ? [exit] : []));

const nodesAmong = (targets: readonly Target[]): readonly string[] =>
  targets.flatMap((target) => (target.kind === 'node' ? [target.node] : []));

/** Nodes reached from the start, with the number of keys that lead there at least. */
export function levels(menu: Menu): ReadonlyMap<string, number> {
  const level = new Map([[menu.start, 1]]);
  const next = [menu.start];
  for (let id = next.shift(); id !== undefined; id = next.shift()) {
    const here = level.get(id) ?? 1;
    for (const node of menu.nodes.filter((one) => one.id === id)) {
      const byKey = nodesAmong(node.choices.map(({ target }) => target));
      for (const to of nodesAmong(targetsOf(node))) {
        const there = byKey.includes(to) ? here + 1 : here;
        if (there >= (level.get(to) ?? Number.POSITIVE_INFINITY)) continue;
        level.set(to, there);
        next.push(to);
      }
    }
  }
  return level;
}

/** Groups of nodes that lead to each other, a node that leads to itself among them. */
export function loops(
  menu: Menu,
  follow: (node: MenuNode) => readonly Target[] = targetsOf,
): readonly (readonly string[])[] {
  const reach = new Map(menu.nodes.map((node) => [node.id, reachable(menu, node.id, follow)]));
  const seen = new Set<string>();
  return menu.nodes.flatMap(({ id }) => {
    if (seen.has(id) || reach.get(id)?.has(id) !== true) return [];
    const group = [...(reach.get(id) ?? [])].filter((other) => reach.get(other)?.has(id) === true);
    for (const one of group) seen.add(one);
    return [group];
  });
}

function reachable(
  menu: Menu,
  from: string,
  follow: (node: MenuNode) => readonly Target[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const next = [from];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    for (const node of menu.nodes.filter((one) => one.id === id)) {
      for (const to of nodesAmong(follow(node))) {
        if (found.has(to)) continue;
        found.add(to);
        next.push(to);
      }
    }
  }
  return found;
}

/** A person always waits behind this target: without a condition, and without another menu in between. */
export function leadsToPerson(target: Target | null): boolean {
  if (target === null) return false;
  if (target.kind === 'ticketStatus') return target.exit !== null && isPerson(target.exit);
  return isPerson(target);
}

export const hasWayToPerson = (node: MenuNode): boolean =>
  leadsToPerson(node.exit) || node.choices.some(({ when, target }) => when === null && leadsToPerson(target));

/**
 * Milliseconds from the start until a person can be asked for, or takes the call by itself: the prompts up to the one
 * that tells the key, or all of them and the wait. Infinite where no way leads to a person.
 */
export function msBeforePerson(menu: Menu, lengthMs: (name: string) => number, nowMs: number): number {
  const lasting = (prompts: readonly PromptRef[]): number =>
    prompts.reduce((sum, { name, when }) => sum + (isPast(when, nowMs) ? 0 : lengthMs(name)), 0);
  const known = new Map<string, number>();
  const from = (target: Target | null): number => {
    if (target === null) return Number.POSITIVE_INFINITY;
    if (target.kind === 'node') return known.get(target.node) ?? Number.POSITIVE_INFINITY;
    if (target.kind === 'ticketStatus') {
      return lasting(target.ask) + (leadsToPerson(target) ? 0 : Number.POSITIVE_INFINITY);
    }
    return isPerson(target) ? 0 : Number.POSITIVE_INFINITY;
  };
  const ofNode = (node: MenuNode): number => {
    const all = lasting(node.prompts);
    const keys = node.choices
      .filter(({ when }) => when === null)
      .map(({ digits, target }) => {
        const teller = node.prompts.findIndex(({ announces }) => announces.includes(digits));
        return (teller === -1 ? all : lasting(node.prompts.slice(0, teller + 1))) + from(target);
      });
    const waits = node.choices.some(({ when }) => !isPast(when, nowMs));
    const again = node.retries * (lasting(node.onNothing.prompts) + all + node.timeoutMs);
    const silent = waits
      ? all + node.timeoutMs + again + from(node.onNothing.to ?? node.exit)
      : all + from(node.exit);
    return Math.min(silent, ...keys);
  };
  for (let round = 0; round <= menu.nodes.length; round += 1) {
    for (const node of menu.nodes) known.set(node.id, ofNode(node));
  }
  return known.get(menu.start) ?? Number.POSITIVE_INFINITY;
}
