export type Steps = readonly [down: number, right: number];

const hasCtrl = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;

/** Where a key leads from a cell that is not open; null: it is no key that moves. */
export function stepsOf(event: KeyboardEvent, rows: number, columns: number, page: number): Steps | null {
  const ctrl = hasCtrl(event);
  const moves: Partial<Record<string, Steps>> = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageDown: [page, 0],
    PageUp: [-page, 0],
    Home: ctrl ? [-rows, 0] : [0, -columns],
    End: ctrl ? [rows, 0] : [0, columns],
  };
  return moves[event.key] ?? null;
}

/** Where a key leads that closes an open cell; null: it is the cell's own. */
export function stepsFromField(event: KeyboardEvent): Steps | null {
  const closing: Partial<Record<string, Steps>> = {
    Enter: [event.shiftKey ? -1 : 1, 0],
    Tab: [0, event.shiftKey ? -1 : 1],
    Escape: [0, 0],
  };
  return closing[event.key] ?? null;
}

/** What a key does to a cell that is not open. */
export type CellDeed =
  | { readonly kind: 'open'; readonly text?: string }
  | { readonly kind: 'fill' }
  | { readonly kind: 'clear' };

export function deedOf(event: KeyboardEvent): CellDeed | null {
  const ctrl = hasCtrl(event);
  if (event.key === 'Enter' || event.key === 'F2') return { kind: 'open' };
  if (ctrl && event.key.toLowerCase() === 'd') return { kind: 'fill' };
  if ((event.key === 'Delete' || event.key === 'Backspace') && !ctrl) return { kind: 'clear' };
  const isLetter = event.key.length === 1 && !ctrl && !' /?[]'.includes(event.key);
  return isLetter ? { kind: 'open', text: event.key } : null;
}
