/** What is asked of a list that is read page by page. */
export interface PageAsked {
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface Paged<Row> {
  readonly rows: readonly Row[];
  /** null: there is no more. */
  readonly next: string | null;
}
