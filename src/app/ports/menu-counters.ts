/** How often a key was pressed in a menu on a local day; digits of a ticket are masked. */
export interface MenuCount {
  readonly day: string;
  readonly node: string;
  /** Empty: nobody pressed. */
  readonly digits: string;
  readonly outcome: string;
  /** A counter of its own, as of a surge key (JS-05); null under menu, node and digits alone. */
  readonly counter: string | null;
  readonly calls: number;
}

export interface MenuCounters {
  /** Both days included, by the municipality's calendar. */
  count(menu: string, from: string, to: string): Promise<readonly MenuCount[]>;
}
