import type { Condition } from './condition.ts';
import { conditionEnglish, targetEnglish } from './english.ts';
import type { Menu, MenuNode, Target } from './menu.ts';
import { levels } from './ways.ts';
import { conditionWords, targetWords } from './words.ts';

// A menu as it is drawn. It says what the menu says and nothing of its own: it is made from it at each look.

export interface GraphVertex {
  /** `node start`, `queue general`, `goodbye 2`: one for each node and for each place where calls leave. */
  readonly id: string;
  readonly kind: 'node' | Exclude<Target['kind'], 'node'>;
  readonly label: string;
  readonly labelEn: string;
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
  readonly labelEn: string;
}
export interface MenuGraph {
  readonly start: string;
  readonly vertices: readonly GraphVertex[];
  readonly edges: readonly GraphEdge[];
}

type Words = Pick<GraphEdge, 'label' | 'labelEn'>;
const AFTERWARDS: Words = { label: '告知后', labelEn: 'once it is told' };
const NOT_FOUND: Words = { label: '查不到，或按*', labelEn: 'not found, or *' };
const WRONG: Words = { label: '按错', labelEn: 'a wrong key' };
const NOTHING: Words = { label: '未按键', labelEn: 'no key' };
const DEFAULT: Words = { label: '默认出口', labelEn: 'by default' };

const nodeVertex = (id: string): string => `node ${id}`;

export function menuGraph(menu: Menu): MenuGraph {
  const level = levels(menu);
  const vertices = new Map<string, GraphVertex>();
  const edges: GraphEdge[] = [];
  for (const { id, name } of menu.nodes) {
    vertices.set(nodeVertex(id), {
      id: nodeVertex(id),
      kind: 'node',
      ...{ label: name, labelEn: name },
      level: level.get(id) ?? null,
    });
  }
  const placeOf = (target: Target): string => {
    if (target.kind === 'node') return nodeVertex(target.node);
    const [id, isNew] = exitVertex(target, vertices);
    if (!isNew) return id;
    const words: Words = { label: targetWords(target), labelEn: targetEnglish(target) };
    vertices.set(id, { id, kind: target.kind, ...words, level: null });
    if (target.kind === 'ticketStatus') {
      edges.push({ from: id, to: placeOf(target.afterwards), by: 'afterwards', digits: null, ...AFTERWARDS });
      if (target.exit !== null) {
        edges.push({ from: id, to: placeOf(target.exit), by: 'default', digits: '*', ...NOT_FOUND });
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
  const edge = (by: GraphEdge['by'], to: Target | null, words: Words, digits: string | null = null) =>
    to === null ? [] : [{ from, to: placeOf(to), by, digits, ...words }];
  /** What it is called is the town's own word, in whichever language. */
  const labelled = (label: string, when: Condition | null): Words =>
    when === null
      ? { label, labelEn: label }
      : { label: `${label}（${conditionWords(when)}）`, labelEn: `${label} (${conditionEnglish(when)})` };
  return [
    ...node.redirects.flatMap(({ when, to, reason }) => edge('condition', to, labelled(reason, when))),
    ...node.choices.flatMap(({ digits, label, target, when }) =>
      edge('keys', target, labelled(label, when), digits),
    ),
    ...edge('wrong', node.onWrong.to, WRONG),
    ...edge('nothing', node.onNothing.to, NOTHING),
    ...edge('default', node.exit, DEFAULT),
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
