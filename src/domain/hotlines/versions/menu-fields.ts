import type { Menu, MenuNode } from '../../ivr/menu.ts';
import { canonical, type FieldValue } from './content.ts';

// A menu as a row of fields, so that a change is told, made and refused node by node: two operators at two nodes of
// one menu do not stand in each other's way.

export type MenuFields = Readonly<Record<string, FieldValue>>;

const NODE = 'nodes/';
const TEXT = 'texts/';

/** The start first, the others by their ids: nothing depends on where a node stands. */
export function orderedMenu(menu: Menu): Menu {
  const rank = ({ id }: MenuNode): string => (id === menu.start ? '' : `1${id}`);
  const byRank = (a: MenuNode, b: MenuNode): number => {
    const [first, second] = [rank(a), rank(b)];
    if (first !== second) return first < second ? -1 : 1;
    return canonical(a) < canonical(b) ? -1 : 1;
  };
  return { ...menu, nodes: [...menu.nodes].sort(byRank) };
}

export function fieldsOfMenu(menu: Menu): MenuFields {
  const { name, languages, start, nodes, texts } = orderedMenu(menu);
  const fields: Record<string, FieldValue> = { name, languages, start };
  for (const node of nodes) {
    // An id that stands twice in a draft: the second is told from the first.
    let field = NODE + node.id;
    for (let nth = 2; Object.hasOwn(fields, field); nth += 1) field = `${NODE}${node.id}#${nth}`;
    fields[field] = node;
  }
  for (const [prompt, text] of Object.entries(texts)) fields[TEXT + prompt] = text;
  return fields;
}

/** The reverse: a field that holds nothing is a node or text that is gone. */
export function menuOfFields(code: string, fields: MenuFields): Menu {
  const held = Object.entries(fields).filter(([, value]) => value !== null);
  const part = (room: string) => held.filter(([field]) => field.startsWith(room));
  return orderedMenu({
    code,
    name: String(fields.name ?? ''),
    languages: (fields.languages ?? []) as readonly string[],
    start: String(fields.start ?? ''),
    nodes: part(NODE).map(([, node]) => node as MenuNode),
    texts: Object.fromEntries(part(TEXT).map(([field, text]) => [field.slice(TEXT.length), String(text)])),
  });
}

/** What a field of a menu is: its node's id, its prompt's name, or a field of the menu itself. */
export function readMenuField(
  field: string,
): { readonly kind: 'node' | 'text'; readonly name: string } | { readonly kind: 'own' } {
  if (field.startsWith(NODE)) return { kind: 'node', name: field.slice(NODE.length) };
  return field.startsWith(TEXT) ? { kind: 'text', name: field.slice(TEXT.length) } : { kind: 'own' };
}
