export interface Piece {
  readonly text: string;
  /** Only before, only after, or in both. */
  readonly kind: 'gone' | 'new' | 'same';
}

/** Cells of the table that is weighed; beyond it two texts have little in common that anybody would look for. */
const CELLS_MOST = 4_000_000;
/** Of the longer one; with less in common letters would be told apart that have nothing to do with each other. */
const ALIKE_AT_LEAST = 0.3;

/** What of `before` is gone and what is new in `after`, character by character: Chinese has no words to go by. */
export function textDiff(before: string, after: string): readonly Piece[] {
  const [old, young] = [[...before], [...after]];
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < young.length - head &&
    old[old.length - 1 - tail] === young[young.length - 1 - tail]
  )
    tail += 1;
  const pieces = new Pieces();
  pieces.add('same', old.slice(0, head));
  middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail), pieces);
  pieces.add('same', old.slice(old.length - tail));
  return pieces.all;
}

function middle(old: readonly string[], young: readonly string[], pieces: Pieces): void {
  const apart = (): void => {
    pieces.add('gone', old);
    pieces.add('new', young);
  };
  if (old.length * young.length > CELLS_MOST) {
    apart();
    return;
  }
  const width = young.length + 1;
  // Of what is left from each pair of places on, the longest that both have.
  const longest = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        old[i] === young[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  if (at(0, 0) < ALIKE_AT_LEAST * Math.max(old.length, young.length)) {
    apart();
    return;
  }
  for (let i = 0, j = 0; i < old.length || j < young.length; ) {
    const [one, other] = [old[i], young[j]];
    if (one !== undefined && one === other) {
      pieces.add('same', [one]);
      i += 1;
      j += 1;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.add('gone', [one]);
      i += 1;
    } else if (other !== undefined) {
      pieces.add('new', [other]);
      j += 1;
    }
  }
}

/** Neighbours of one kind are one piece. */
class Pieces {
  readonly all: Piece[] = [];

  add(kind: Piece['kind'], letters: readonly string[]): void {
    if (letters.length === 0) return;
    const text = letters.join('');
    const last = this.all.at(-1);
    if (last?.kind === kind) this.all[this.all.length - 1] = { kind, text: last.text + text };
    else this.all.push({ kind, text });
  }
}
