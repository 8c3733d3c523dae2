/** What the public reads of an entry, and no more. Days are local, times ISO 8601 in UTC. */
export interface PublicEntry {
  readonly number: string;
  readonly question: string;
  readonly otherWays: readonly string[];
  readonly text: string;
  readonly basis: readonly { readonly document: string; readonly clause: string; readonly link: string }[];
  readonly unit: string;
  readonly categories: readonly string[];
  readonly areas: readonly string[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly publishedAt: string;
}

export interface PublicKnowledge {
  /** `gone`: the public could read it once and no more; `unknown`: it never could, or there is none. */
  find(number: string, day: string): Promise<PublicEntry | 'gone' | 'unknown'>;
  /** Those of them that the public may read, in this order. */
  byIds(ids: readonly string[], day: string): Promise<readonly PublicEntry[]>;
  /** In the order of their numbers. */
  list(
    filter: { readonly category?: string },
    day: string,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly entries: readonly PublicEntry[]; readonly next: string | null }>;
}
