import type { Condition } from './condition.ts';
import type { Menu, MenuNode, Target } from './menu.ts';
import { levels } from './ways.ts';
import { conditionWords, targetWords } from './words.ts';

// A menu as it is drawn. It says what the menu says and nothing of its own: it is made from it at each look.

export interface GraphVertex {
  /** `node start`, `queue general`, `goodbye 2`: one for each node and for each place where calls leave. */
  readonly id: string;
  readonly kind: 'node' | Exclude<Target['kind'], 'node'>;
  readonly label: string;
  /** Keys that lead there at least, 1 at the start; null for an exit, and for a node that nothing leads to. */
  readonly level: number | null;
}
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly by: 'condition' | 'keys' | 'wrong' | 'nothing' | 'default' | 'afterwards';
  /** Null where no key leads there. */
  readonly digits: string | null;
  readonly label: string;
}
export interface MenuGraph {
  readonly start: string;
  readonly vertices: readonly GraphVertex[];
  readonly edges: readonly GraphEdge[];
}

const nodeVertex = (id: string): string => `node ${id}`;

export function menuGraph(menu: Menu): MenuGraph {
  const level = levels(menu);
  const vertices = new Map<string, GraphVertex>();
  const edges: GraphEdge[] = [];
  for (const { id, name } of menu.nodes) {
    vertices.set(nodeVertex(id), {
      id: nodeVertex(id),
      kind: 'node',
      label: name,
      level: level.get(id) ?? null,
    });
  }
  const placeOf = (target: Target): string => {
    if (target.kind === 'node') return nodeVertex(target.node);
    const [id, isNew] = exitVertex(target, vertices);
    if (!isNew) return id;
    vertices.set(id, { id, kind: target.kind, label: targetWords(target), level: null });
    if (target.kind === 'ticketStatus') {
      edges.push({
        from: id,
        to: placeOf(target.afterwards),
        by: 'afterwards',
        digits: null,
        label: '告知后',
      });
      if (target.exit !== null) {
        edges.push({
          from: id,
          to: placeOf(target.exit),
          by: 'default',
          digits: '*',
          label: '查不到，或按*',
        });
      }
    }
    return id;
  };
  for (const node of menu.nodes) edges.push(...edgesOf(node, placeOf));
  return { start: nodeVertex(menu.start), vertices: [...vertices.values()], edges };
}

/** The same queue is one place; two good-byes with other words are two. */
function exitVertex(
  target: Exclude<Target, { readonly kind: 'node' }>,
  known: ReadonlyMap<string, GraphVertex>,
): readonly [string, boolean] {
  const label = targetWords(target);
  for (const vertex of known.values()) {
    if (vertex.kind === target.kind && vertex.label === label) return [vertex.id, false];
  }
  if (target.kind === 'queue') return [`queue ${target.queue}`, true];
  const nth = [...known.values()].filter(({ kind }) => kind === target.kind).length + 1;
  return [`${target.kind} ${nth}`, true];
}

function edgesOf(node: MenuNode, placeOf: (target: Target) => string): readonly GraphEdge[] {
  const from = nodeVertex(node.id);
  const edge = (by: GraphEdge['by'], to: Target | null, label: string, digits: string | null = null) =>
    to === null ? [] : [{ from, to: placeOf(to), by, digits, label }];
  const labelled = (label: string, when: Condition | null): string =>
    when === null ? label : `${label}（${conditionWords(when)}）`;
  return [
    ...node.redirects.flatMap(({ when, to, reason }) => edge('condition', to, labelled(reason, when))),
    ...node.choices.flatMap(({ digits, label, target, when }) =>
      edge('keys', target, labelled(label, when), digits),
    ),
    ...edge('wrong', node.onWrong.to, '按错'),
    ...edge('nothing', node.onNothing.to, '未按键'),
    ...edge('default', node.exit, '默认出口'),
  ];
}

/** Mermaid source of the drawing, for a page or a paper. */
export function menuDiagram(menu: Menu): string {
  const { vertices, edges } = menuGraph(menu);
  const names = new Map(vertices.map(({ id }, at) => [id, `v${at}`]));
  // Its own marks would end a label early.
  const plain = (text: string): string =>
    text.replaceAll('"', "'").replaceAll('|', '/').replaceAll('\n', ' ');
  return [
    'flowchart LR',
    ...vertices.map(({ id, kind, label }) => {
      const [open, close] = kind === 'node' ? ['[', ']'] : ['([', '])'];
      return `  ${names.get(id)}${open}"${plain(label)}"${close}`;
    }),
    ...edges.map(({ from, to, digits, label }) => {
      const told = digits === null ? label : `${digits} ${label}`;
      return `  ${names.get(from)} -->|"${plain(told)}"| ${names.get(to) ?? names.get(from)}`;
    }),
    '',
  ].join('\n');
}
