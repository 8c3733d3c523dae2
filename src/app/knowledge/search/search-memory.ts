import type { NamedThing } from '../../../domain/dispatch/names.ts';
import type { Language } from '../../../domain/knowledge/search/language.ts';
import { normalise } from '../../../domain/knowledge/search/normalise.ts';
import { SynonymIndex } from '../../../domain/knowledge/search/synonyms.ts';
import type { Understanding } from '../../../domain/knowledge/search/understand.ts';
import { Vocabulary } from '../../../domain/knowledge/search/vocabulary.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { DispatchCatalogue } from '../../ports/dispatch.ts';
import type { PackBook } from '../../ports/knowledge-packs.ts';
import type { SearchIndexBook } from '../../ports/search.ts';

const FRESH_MS = 1000;

interface MemoryDeps {
  readonly searchIndex: Pick<SearchIndexBook, 'terms' | 'synonyms'>;
  readonly dispatchCatalogue: Pick<DispatchCatalogue, 'names'>;
  readonly calendar: CalendarSource;
  /** Of surge keys that are open; absent where nobody asks for them. */
  readonly packs?: Pick<PackBook, 'pins'>;
  readonly language: Language;
  readonly now: () => number;
}

/**
 * What this process knows of the index's words, of operators' synonyms and of the names of places. empty -> read ->
 * (at most once a second, when somebody searches) brought up to date by what changed since. PostgreSQL has all of it: each
 * copy of the API reads it for itself, and nothing is lost with one.
 */
export class SearchMemory {
  readonly #deps: MemoryDeps;
  readonly #vocabulary = new Vocabulary();
  #synonyms = new SynonymIndex([]);
  #areas: readonly NamedThing[] = [];
  #pins: ReadonlyMap<string, string> = new Map();
  #zone = '';
  #revision = '0';
  #synonymsRead = -1;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(deps: MemoryDeps) {
    this.#deps = deps;
  }

  /** Rejects when the database is away and nothing was ever read. */
  async current(): Promise<
    Understanding & {
      readonly areas: readonly NamedThing[];
      readonly pins: ReadonlyMap<string, string>;
      readonly zone: string;
    }
  > {
    if (this.#deps.now() - this.#readAtMs >= FRESH_MS) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
    return {
      language: this.#deps.language,
      vocabulary: this.#vocabulary,
      synonyms: this.#synonyms,
      areas: this.#areas,
      pins: this.#pins,
      zone: this.#zone,
    };
  }

  async #read(): Promise<void> {
    const { searchIndex, dispatchCatalogue, calendar, packs, language, now } = this.#deps;
    const { terms, revision, documents, synonyms } = await searchIndex.terms(this.#revision);
    for (const term of terms) this.#vocabulary.put(term);
    this.#vocabulary.size = documents;
    this.#revision = revision;
    if (synonyms !== this.#synonymsRead) {
      const spelled = (words: readonly string[]) =>
        words.map((word) => normalise(word, language)).filter((word) => word !== '');
      const stored = await searchIndex.synonyms();
      this.#synonyms = new SynonymIndex(
        stored.map(({ said, means, region }) => ({ said: spelled(said), means: spelled(means), region })),
      );
      this.#synonymsRead = synonyms;
    }
    this.#areas = await dispatchCatalogue.names('area');
    if (packs !== undefined) this.#pins = await packs.pins();
    this.#zone = (await calendar.load()).calendar.zone;
    this.#readAtMs = now();
  }
}
