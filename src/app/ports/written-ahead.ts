/** What call control decides is kept, and kept before the telephones learn of it: else a successor would misread them. */
export interface WrittenAhead {
  /**
   * Resolves when all that was decided so far is where a successor on this machine finds it; one on another machine goes
   * by the mirror, which may be a moment behind (`HouseMirror`). Never rejects and never takes long: a disk
   * that fails or is slow is not waited for, because the telephones go on without it.
   */
  written(): Promise<void>;
}
