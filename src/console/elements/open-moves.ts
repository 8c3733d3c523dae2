/** What the server says that one may do with a thing which two people decide. */
export interface OpenMove<Move extends string = string> {
  readonly move: Move;
  /** He had a part in it: it takes another person. */
  readonly byAnother: boolean;
}

/** Those that he can press, in the order of `order`. */
export const pressable = <Move extends string>(
  moves: readonly OpenMove<Move>[],
  order: readonly Move[],
): readonly Move[] => order.filter((one) => moves.some(({ move, byAnother }) => move === one && !byAnother));
