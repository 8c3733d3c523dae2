import type { Edge, Graph } from './shapes.ts';

/** Of the drawing, in points. */
export const CARD = { width: 200, row: 25, between: 64, margin: 6 } as const;

export const leftOf = (column: number): number => CARD.margin + column * (CARD.width + CARD.between);
export const topOf = (row: number): number => CARD.margin + row * CARD.row;
const middleOf = (row: number): number => topOf(row) + CARD.row / 2;

export const sizeOf = ({ columns, rows }: Graph): { readonly width: number; readonly height: number } => ({
  width: leftOf(columns) - CARD.between + CARD.margin,
  height: topOf(rows) + CARD.margin,
});

/** From card to card, level where it leaves, passes and arrives. null: it leads to what is not there. */
export function lineOf(edge: Edge, { vertices }: Graph): string | null {
  const from = vertices.find(({ id }) => id === edge.from);
  const to = vertices.find(({ id }) => id === edge.to);
  if (from === undefined || to === undefined) return null;
  let x = leftOf(from.column) + CARD.width;
  let y = middleOf(from.row + edge.port);
  let line = `M ${x} ${y}`;
  const bend = (toX: number, toY: number): void => {
    const reach = Math.max(CARD.between / 2, Math.abs(toX - x) / 2);
    line += ` C ${x + reach} ${y} ${toX - reach} ${toY} ${toX} ${toY}`;
    [x, y] = [toX, toY];
  };
  for (const { column, row } of edge.via) {
    bend(leftOf(column), middleOf(row));
    x += CARD.width;
    line += ` H ${x}`;
  }
  bend(leftOf(to.column), middleOf(to.row));
  return line;
}
