import { type GraphEdge, type GraphVertex, type MenuGraph, menuGraph } from './graph.ts';
import type { Menu } from './menu.ts';

// Where the parts of a menu's drawing stand: in columns from the start to the exits, each a card with a row for every
// way that leads on. Rows and columns, not points: how large they are is whoever's who draws.

export interface DrawnVertex extends GraphVertex {
  readonly column: number;
  /** Of the card's top, from the top of the drawing. */
  readonly row: number;
  /** Its head, and one for each way that leads on. */
  readonly rows: number;
}
export interface DrawnEdge extends GraphEdge {
  /** Row of the card where it begins. */
  readonly port: number;
  /** Rows at which it passes the columns in between. */
  readonly via: readonly { readonly column: number; readonly row: number }[];
  /** It leads back to where the caller has been. */
  readonly back: boolean;
}
export interface MenuDrawing {
  readonly start: string;
  readonly columns: number;
  readonly rows: number;
  readonly vertices: readonly DrawnVertex[];
  readonly edges: readonly DrawnEdge[];
}

/** Free rows between two cards of a column. */
const GAP = 1;

export const menuDrawing = (menu: Menu): MenuDrawing => drawing(menuGraph(menu));

export function drawing({ start, vertices, edges }: MenuGraph): MenuDrawing {
  const leaving = new Map(vertices.map(({ id }) => [id, edges.filter(({ from }) => from === id)]));
  const { order, back } = walked(start, vertices, leaving);
  const leadsOn = (edge: GraphEdge): boolean => leaving.has(edge.to) && !back.has(edge);
  const columnOf = columns(order, leaving, leadsOn);
  const portOf = (edge: GraphEdge): number => 1 + (leaving.get(edge.from)?.indexOf(edge) ?? 0);
  const rowsOf = (id: string): number => 1 + (leaving.get(id)?.length ?? 0);

  const tops = new Map<string, number>();
  const passes = new Map<GraphEdge, { column: number; row: number }[]>(edges.map((edge) => [edge, []]));
  /** The row at which a line comes to the column that is next. */
  const comesAt = (edge: GraphEdge): number =>
    passes.get(edge)?.at(-1)?.row ?? (tops.get(edge.from) ?? 0) + portOf(edge);
  const card = (id: string): Standing => {
    const arriving = edges.filter((edge) => edge.to === id && leadsOn(edge)).map(comesAt);
    const middle = arriving.length === 0 ? 0 : mean(arriving) - (rowsOf(id) - 1) / 2;
    // The start stands above what nothing leads to.
    const wanted = id === start ? -1 : Math.max(0, Math.round(middle));
    return { wanted, rows: rowsOf(id), take: (row) => tops.set(id, row) };
  };
  const width = 1 + Math.max(0, ...columnOf.values());
  for (let column = 0; column < width; column += 1) {
    const passesHere = (edge: GraphEdge): boolean =>
      leadsOn(edge) && (columnOf.get(edge.from) ?? 0) < column && column < (columnOf.get(edge.to) ?? 0);
    /** Those from one card to one other pass together. */
    const lanes = new Map<string, GraphEdge[]>();
    for (const edge of edges.filter(passesHere)) {
      const lane = `${edge.from}\n${edge.to}`;
      lanes.set(lane, [...(lanes.get(lane) ?? []), edge]);
    }
    const passing = (lane: readonly GraphEdge[]): Standing => ({
      wanted: Math.round(mean(lane.map(comesAt))),
      rows: 1,
      take(row) {
        for (const edge of lane) passes.get(edge)?.push({ column, row });
      },
    });
    stacked([
      ...order.filter((id) => columnOf.get(id) === column).map(card),
      ...[...lanes.values()].map(passing),
    ]);
  }
  const placed = vertices.map((vertex) => ({
    ...vertex,
    column: columnOf.get(vertex.id) ?? 0,
    row: tops.get(vertex.id) ?? 0,
    rows: rowsOf(vertex.id),
  }));
  const ends = [
    ...placed.map(({ row, rows }) => row + rows),
    ...[...passes.values()].flatMap((via) => via.map(({ row }) => row + 1)),
  ];
  return {
    start,
    columns: width,
    rows: Math.max(1, ...ends),
    vertices: placed,
    edges: edges.map((edge) => ({
      ...edge,
      port: portOf(edge),
      via: passes.get(edge) ?? [],
      back: back.has(edge),
    })),
  };
}

/** What stands in a column, or passes through it. */
interface Standing {
  /** The row at which its lines would be level. */
  readonly wanted: number;
  readonly rows: number;
  readonly take: (row: number) => unknown;
}

/** One under the other, each as near to where it wants to be as those above it allow. */
function stacked(standing: readonly Standing[]): void {
  let free = 0;
  for (const { wanted, rows, take } of [...standing].sort((a, b) => a.wanted - b.wanted)) {
    const row = Math.max(free, wanted);
    take(row);
    free = row + rows + GAP;
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** The vertices so that what leads on comes before where it leads, but for the edges that go back. */
function walked(
  start: string,
  vertices: readonly GraphVertex[],
  leaving: ReadonlyMap<string, readonly GraphEdge[]>,
): { readonly order: readonly string[]; readonly back: ReadonlySet<GraphEdge> } {
  const back = new Set<GraphEdge>();
  const state = new Map<string, 'open' | 'done'>();
  const left: string[] = [];
  const walk = (id: string): void => {
    state.set(id, 'open');
    for (const edge of leaving.get(id) ?? []) {
      if (!leaving.has(edge.to)) continue;
      const there = state.get(edge.to);
      if (there === 'open') back.add(edge);
      else if (there === undefined) walk(edge.to);
    }
    state.set(id, 'done');
    left.push(id);
  };
  for (const id of [start, ...vertices.map((one) => one.id)]) {
    if (leaving.has(id) && !state.has(id)) walk(id);
  }
  return { order: left.reverse(), back };
}

/** Each as far to the right as the longest way to it is long. */
function columns(
  order: readonly string[],
  leaving: ReadonlyMap<string, readonly GraphEdge[]>,
  leadsOn: (edge: GraphEdge) => boolean,
): ReadonlyMap<string, number> {
  const column = new Map(order.map((id) => [id, 0]));
  for (const id of order) {
    for (const edge of (leaving.get(id) ?? []).filter(leadsOn)) {
      column.set(edge.to, Math.max(column.get(edge.to) ?? 0, (column.get(id) ?? 0) + 1));
    }
  }
  return column;
}
