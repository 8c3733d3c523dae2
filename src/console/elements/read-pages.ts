export interface RowPage<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

export type FetchPage<T> = (after: string | undefined) => Promise<RowPage<T>>;

/** The first so many pages as one, or all there are. */
export async function readPages<T>(
  fetchPage: FetchPage<T>,
  pages = Number.POSITIVE_INFINITY,
): Promise<RowPage<T>> {
  const rows: T[] = [];
  let next: string | null = null;
  for (let read = 0; read < pages; read += 1) {
    const page = await fetchPage(next ?? undefined);
    rows.push(...page.rows);
    next = page.next;
    if (next === null) break;
  }
  return { rows, next };
}
