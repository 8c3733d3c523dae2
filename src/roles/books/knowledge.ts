import type { ApiServices } from '../../adapters/http/services.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { importBooks } from '../../adapters/pg/imports.ts';
import { knowledgeBooks } from '../../adapters/pg/knowledge.ts';
import { knowledgeBulk } from '../../adapters/pg/knowledge-bulk.ts';
import { knowledgeCareBooks } from '../../adapters/pg/knowledge-care.ts';
import { correctionBooks } from '../../adapters/pg/knowledge-corrections.ts';
import { expertBooks } from '../../adapters/pg/knowledge-experts.ts';
import { knowledgeFigureBooks } from '../../adapters/pg/knowledge-figures.ts';
import { knowledgeFileBooks } from '../../adapters/pg/knowledge-files.ts';
import { knowledgeGaps } from '../../adapters/pg/knowledge-gaps.ts';
import { noticeBooks } from '../../adapters/pg/knowledge-notices.ts';
import { packBooks } from '../../adapters/pg/knowledge-packs.ts';
import { quoteBooks } from '../../adapters/pg/knowledge-quotes.ts';
import { searchLogBooks } from '../../adapters/pg/knowledge-searches.ts';
import { placeBooks } from '../../adapters/pg/places.ts';

/** The knowledge base and places. */
export const booksOfKnowledge = (db: PgDatabase) =>
  ({
    knowledge: knowledgeBooks(db),
    knowledgeBulk: knowledgeBulk(db),
    knowledgeGaps: knowledgeGaps(db),
    places: placeBooks(db),
    imports: importBooks(db),
    quotes: quoteBooks(db),
    searchLog: searchLogBooks(db),
    care: knowledgeCareBooks(db),
    knowledgeNotices: noticeBooks(db),
    packs: packBooks(db),
    corrections: correctionBooks(db),
    experts: expertBooks(db),
    knowledgeFiles: knowledgeFileBooks(db),
    knowledgeFigures: knowledgeFigureBooks(db),
  }) satisfies Partial<ApiServices>;
