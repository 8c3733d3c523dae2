/** A move that is open to somebody's role now. */
export interface OpenMove<Move extends string> {
  readonly move: Move;
  /** Not to him: he had a part in it, and it takes another person. */
  readonly byAnother: boolean;
}

/**
 * What somebody may do, in the order of `moves`. `refusalOf` is asked as if all that the move needs were said; `ownPart` is how
 * it refuses whoever had a part in the thing. A screen shows such a move and says that it is another's; the rest it leaves out.
 */
export function movesOpen<Move extends string, Refusal extends string>(
  moves: readonly Move[],
  refusalOf: (move: Move) => Refusal | null,
  ownPart: NoInfer<Refusal>,
): readonly OpenMove<Move>[] {
  return moves.flatMap((move) => {
    const refusal = refusalOf(move);
    return refusal === null || refusal === ownPart ? [{ move, byAnother: refusal !== null }] : [];
  });
}
