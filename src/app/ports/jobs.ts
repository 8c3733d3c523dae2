/** A deadline's job: where to look, not what to do. `generation` makes the job's name new when it must run anew. */
export interface DeadlineJob {
  readonly deadlineId: string;
  readonly generation: number;
  readonly dueAt: number;
}

export interface DeadlineQueue {
  /** Rejects at once while the job store is away. Adding a job that is there changes nothing. */
  add(jobs: readonly DeadlineJob[], now: number): Promise<void>;
  /**
   * Whether the store still has what was put there: false after it was emptied, or replaced by an empty one; the store
   * is marked anew by `mark`.
   */
  intact(): Promise<boolean>;
  mark(): Promise<void>;
}
