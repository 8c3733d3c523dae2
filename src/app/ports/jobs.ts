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
   * Whether the store still has what was put there: false after it was emptied, or replaced by an empty one, until it has
   * been restored to the end.
   */
  intact(): Promise<boolean>;
  beginRestoring(): Promise<void>;
  /** False: it was emptied once more since it was begun, and must be restored anew. */
  endRestoring(): Promise<boolean>;
}
