import { catalogueDraftPreviewRoutes } from '../routes/catalogue-draft-previews.ts';
import { catalogueDraftRoutes } from '../routes/catalogue-drafts.ts';
import { classificationRoutes } from '../routes/classification.ts';
import { codeDraftRoutes } from '../routes/code-drafts.ts';
import { codeListRoutes } from '../routes/code-lists.ts';
import { convenienceCategoryRoutes } from '../routes/convenience-categories.ts';
import { dispatchCatalogueRoutes } from '../routes/dispatch-catalogue.ts';
import { dispatchSuggestionRoutes } from '../routes/dispatch-suggestions.ts';
import { formRoutes } from '../routes/forms.ts';
import { returnReportRoutes } from '../routes/return-reports.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of whose an appeal is. */
export function dispatchArea(api: Api, services: ApiServices): void {
  classificationRoutes(api, services);
  convenienceCategoryRoutes(api, services);
  codeListRoutes(api, services);
  formRoutes(api, services);
  codeDraftRoutes(api, services);
  dispatchCatalogueRoutes(api, services);
  catalogueDraftRoutes(api, services);
  catalogueDraftPreviewRoutes(api, services);
  dispatchSuggestionRoutes(api, services);
  returnReportRoutes(api, services);
}
