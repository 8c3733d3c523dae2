import { type Static, Type } from '@fastify/type-provider-typebox';
import type { Handling } from '../../../domain/tickets/handling.ts';
import { MaskedWords } from '../masking.ts';
import { exactly, Instant, nullable } from './elements.ts';

/** 处理方式与办理进展 (JY-11): what the unit says of its work before the result. */
export const HandlingShape = exactly(
  {
    approach: Type.Union([exactly({ at: Instant, words: MaskedWords }), Type.Null()], {
      description: '处理方式，以最后一次所述为准；空：尚未说明',
    }),
    progress: Type.Array(
      exactly({
        at: Instant,
        words: MaskedWords,
        unitCode: nullable(Type.String({ description: '承办单位' })),
      }),
      { description: '办理进展，早的在前' },
    ),
  },
  { description: '承办单位所述的处理方式和办理进展；办理结果另见办结上报' },
);

export const shownHandling = ({ approach, progress }: Handling<string>): Static<typeof HandlingShape> => ({
  approach: approach === null ? null : { ...approach },
  progress: progress.map((one) => ({ ...one })),
});
