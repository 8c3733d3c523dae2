/** A kind of thing that is kept. */
export interface RoomKind<T> {
  readonly name: string;
  key(value: T): string;
  /** null: not of this kind. */
  parse(value: unknown): T | null;
  /** It is dropped when another call control served since it was written: what it says may long be otherwise. */
  readonly onlyIfLatest?: true;
}

export interface JournalRoom<T> {
  read(): Promise<readonly T[]>;
  /** Return at once. */
  put(value: T): void;
  drop(key: string): void;
}
