import { consultationRoutes } from '../routes/consultations.ts';
import { importRoutes } from '../routes/imports.ts';
import { knowledgeRoutes } from '../routes/knowledge.ts';
import { knowledgeCareRoutes } from '../routes/knowledge-care.ts';
import { knowledgeCorrectionRoutes } from '../routes/knowledge-corrections.ts';
import { knowledgeDoubtRoutes } from '../routes/knowledge-doubts.ts';
import { knowledgeExpertRoutes } from '../routes/knowledge-experts.ts';
import { knowledgeFileRoutes } from '../routes/knowledge-files.ts';
import { knowledgeNoticeRoutes } from '../routes/knowledge-notices.ts';
import { knowledgePackRoutes } from '../routes/knowledge-packs.ts';
import { knowledgeQuoteRoutes } from '../routes/knowledge-quotes.ts';
import { knowledgeReportRoutes } from '../routes/knowledge-report.ts';
import { knowledgeSearchRoutes } from '../routes/knowledge-search.ts';
import { knowledgeVersionRoutes } from '../routes/knowledge-versions.ts';
import { placeCoverageRoutes } from '../routes/place-coverage.ts';
import { placeMessageRoutes } from '../routes/place-messages.ts';
import { placeNearRoutes } from '../routes/place-near.ts';
import { placeRoutes } from '../routes/places.ts';
import { publicKnowledgeRoutes } from '../routes/public-knowledge.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of the knowledge base, places and their tables. */
export function knowledgeArea(api: Api, services: ApiServices): void {
  knowledgeRoutes(api, services);
  knowledgeVersionRoutes(api, services);
  knowledgeSearchRoutes(api, services);
  knowledgeQuoteRoutes(api, services);
  knowledgeCareRoutes(api, services);
  knowledgeDoubtRoutes(api, services);
  knowledgeNoticeRoutes(api, services);
  knowledgeCorrectionRoutes(api, services);
  knowledgeExpertRoutes(api, services);
  consultationRoutes(api, services);
  knowledgeFileRoutes(api, services);
  knowledgePackRoutes(api, services);
  knowledgeReportRoutes(api, services);
  publicKnowledgeRoutes(api, services);
  placeRoutes(api, services);
  placeNearRoutes(api, services);
  placeMessageRoutes(api, services);
  placeCoverageRoutes(api, services);
  importRoutes(api, services);
}
