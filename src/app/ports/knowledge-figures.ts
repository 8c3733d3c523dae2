import type { NamedEntry, VainSearch } from './knowledge-care.ts';

/** Calls of a period that were answered, by what they came to; and what the knowledge base had to do with it. */
export interface KnowledgeFigures {
  /** answered = onSpot + tickets + invalid + open; onSpot = withEntry + withPlace + withoutEntry. */
  readonly answered: number;
  readonly onSpot: number;
  readonly withEntry: number;
  /** By an address alone that the citizen was written. */
  readonly withPlace: number;
  readonly withoutEntry: number;
  readonly tickets: number;
  readonly invalid: number;
  readonly open: number;
  /** Answers that stand: a call may have several. */
  readonly quotes: number;
  readonly messages: number;
  readonly searches: number;
  readonly searchesInVain: number;
}

export interface KnowledgeReport {
  readonly figures: KnowledgeFigures;
  readonly mostAsked: readonly (NamedEntry & { readonly ownerUnit: string; readonly times: number })[];
  /** Told on the last day, and in the period never quoted; the oldest first. */
  readonly neverUsed: readonly (NamedEntry & { readonly ownerUnit: string })[];
  readonly inVain: readonly VainSearch[];
}

export interface KnowledgeFigureBook {
  /** Local days, both included. */
  report(period: { readonly from: string; readonly to: string }, limit: number): Promise<KnowledgeReport>;
}
