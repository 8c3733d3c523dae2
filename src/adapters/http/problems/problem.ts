/**
 * What a code means in HTTP. A code is stable and never reused; its titles may be reworded.
 */
export interface Problem {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}
