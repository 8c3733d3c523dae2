import type { KnowledgeGap } from '../../domain/hotlines/versions/impact.ts';

/** What agents could not answer of a line that is taken over (A12). */
export interface KnowledgeGaps {
  /** `since`: epoch milliseconds; `day`: local, by which entries may be told. One for each line, by number. */
  of(
    lines: readonly { readonly number: string; readonly unitCode: string }[],
    asked: { readonly since: number; readonly day: string },
  ): Promise<readonly KnowledgeGap[]>;
}
