/** A deadline's job: where to look, not what to do. `generation` makes the job's name new when it must run anew. */
export interface DeadlineJob {
  readonly deadlineId: string;
  readonly generation: number;
  readonly dueAt: number;
}

/** Jobs that say at which moment to look where; what is due then stands in the books alone. */
export interface MomentQueue<Job extends { readonly dueAt: number }> {
  /** Rejects at once while the job store is away. Adding a job that is there changes nothing. */
  add(jobs: readonly Job[], now: number): Promise<void>;
}

export interface DeadlineQueue {
  /** Rejects at once while the job store is away. Adding a job that is there changes nothing. */
  add(jobs: readonly DeadlineJob[], now: number): Promise<void>;
  /**
   * Whether the store still has what was put there: false after it was emptied, or replaced by an empty one, until it has
   * been restored to the end.
   */
  intact(): Promise<boolean>;
  /**
   * Which of these the store does not have. All of them while nothing waits there and nothing is under way: what is there then
   * will never come.
   */
  missing(jobs: readonly DeadlineJob[]): Promise<readonly DeadlineJob[]>;
  beginRestoring(): Promise<void>;
  /** False: it was emptied once more since it was begun, and must be restored anew. */
  endRestoring(): Promise<boolean>;
}
