import type { ApiServices } from '../../adapters/http/services.ts';
import { adjudicationBooks } from '../../adapters/pg/adjudications.ts';
import { catalogueDraftBooks } from '../../adapters/pg/catalogue-drafts.ts';
import { categoryBooks } from '../../adapters/pg/categories.ts';
import { classificationBooks } from '../../adapters/pg/classification.ts';
import { codedFigures } from '../../adapters/pg/coded-figures.ts';
import { codeBooks } from '../../adapters/pg/codes.ts';
import { convenienceBooks } from '../../adapters/pg/convenience.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { dispatchLessonBooks } from '../../adapters/pg/dispatch-lessons.ts';
import { formBooks } from '../../adapters/pg/forms.ts';

/** Whose an appeal is. */
export const booksOfDispatch = (db: PgDatabase) =>
  ({
    categories: categoryBooks(db),
    classifications: classificationBooks(db),
    codes: codeBooks(db),
    forms: formBooks(db),
    codedFigures: codedFigures(db),
    convenience: convenienceBooks(db),
    adjudications: adjudicationBooks(db),
    dispatchLessons: dispatchLessonBooks(db),
    catalogueDrafts: catalogueDraftBooks(db),
  }) satisfies Partial<ApiServices>;
