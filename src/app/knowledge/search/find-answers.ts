import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { boxAround, type Position } from '../../../domain/knowledge/places/near.ts';
import type { Clue } from '../../../domain/knowledge/search/clue.ts';
import { normalise } from '../../../domain/knowledge/search/normalise.ts';
import { candidatePlan } from '../../../domain/knowledge/search/plan.ts';
import { type HitKind, type Reason, rank } from '../../../domain/knowledge/search/rank.ts';
import { understand } from '../../../domain/knowledge/search/understand.ts';
import type { FoundDocument, SearchIndexBook } from '../../ports/search.ts';
import type { SearchMemory } from './search-memory.ts';

export interface FindDeps {
  readonly searchIndex: Pick<SearchIndexBook, 'candidates'>;
  readonly searchMemory: SearchMemory;
  readonly now: () => number;
}

export interface AskedQuestion {
  /** In the citizen's words, as the agent types them. */
  readonly words: string;
  /** The last word is still being typed. */
  readonly typing: boolean;
  /** The line that was called. */
  readonly line?: string;
  readonly area?: string;
  readonly kind?: HitKind;
  readonly unit?: string;
  readonly category?: string;
  readonly publicOnly?: boolean;
  /** Places around here alone, as far as they have a position. */
  readonly near?: { readonly around: Position; readonly withinMetres: number };
  readonly limit: number;
}

export interface Hit {
  readonly document: FoundDocument;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** Looked at closely; what is not among them is far from being the answer. */
const CANDIDATES = 150;
/** Of a hundred shops of one kind any may be the one around the corner. */
const CANDIDATES_NEAR = 400;

/** Answers to a question in a citizen's words, the best first, each with why it was found. */
export function findAnswers(deps: FindDeps) {
  return async (
    asked: AskedQuestion,
  ): Promise<{ readonly hits: readonly Hit[]; readonly area: string | null }> => {
    const { areas, zone, pins, ...by } = await deps.searchMemory.current();
    const clues = understand(asked.words, by, asked.typing);
    const area = asked.area ?? areaIn(normalise(asked.words, by.language), areas);
    const filter = {
      ...(asked.kind === undefined ? {} : { kind: asked.kind }),
      ...(asked.unit === undefined ? {} : { unit: asked.unit }),
      ...(asked.category === undefined ? {} : { category: asked.category }),
      publicOnly: asked.publicOnly ?? false,
      day: localDateOf(deps.now(), zone),
      ...(asked.near === undefined
        ? {}
        : {
            near: {
              around: asked.near.around,
              box: boxAround(asked.near.around, asked.near.withinMetres),
            },
          }),
    };
    const found = await deps.searchIndex.candidates(
      candidatePlan(clues, by.vocabulary),
      filter,
      saidIn(clues),
      asked.near === undefined ? CANDIDATES : CANDIDATES_NEAR,
    );
    const ranked = rank(found, clues, { line: asked.line ?? null, area, pins }, by.vocabulary);
    const hits = ranked
      .slice(0, asked.limit)
      .map(({ candidate, score, reasons }) => ({ document: candidate, score, reasons }));
    return { hits, area };
  };
}

/** What lessons are kept by. */
export const saidIn = (clues: readonly Clue[]): readonly string[] => [
  ...new Set(clues.map(({ said }) => said)),
];

/** The area that a question names; of several the innermost. */
function areaIn(
  words: string,
  areas: readonly { readonly code: string; readonly name: string; readonly words: readonly string[] }[],
): string | null {
  const named = areas.filter(({ name, words: others }) =>
    [name, ...others].some((one) => one.length > 1 && words.includes(one)),
  );
  return (
    named
      .map(({ code }) => code)
      .sort((one, other) => other.length - one.length || (one < other ? -1 : 1))[0] ?? null
  );
}
