import { Type } from '@fastify/type-provider-typebox';
import { exactly, oneOf } from './elements.ts';

/** Of a thing that two people decide: what the asking account may do with it as it is. */
export const openMovesShape = <const Moves extends readonly string[]>(moves: Moves) =>
  Type.Array(
    exactly({
      move: oneOf(moves),
      byAnother: Type.Boolean({ description: '本人参与过，须由另一人做' }),
    }),
    { description: '本人现在可做的' },
  );
