/** A key, and what it would have done in the reader's language. */
export interface WaitingKey {
  readonly keys: string;
  readonly label: () => string;
}

/** The key whose deed begins in this moment. */
let begun: WaitingKey | null = null;
let tell: (key: WaitingKey) => void = () => undefined;

/** Whoever shows what is said of keys: one, for as long as the console stands. */
export function onWaitingKey(told: (key: WaitingKey) => void): void {
  tell = told;
}

/** Runs what a key stands for: what it begins can say that it is not done. */
export function runKey(key: WaitingKey, run: () => void): void {
  begun = key;
  try {
    run();
  } finally {
    begun = null;
  }
}

/** What is under way has no answer yet, and this key is not done: it is said, for whoever presses it believes that it was. */
export function keyWaits(key: WaitingKey | null = begun): void {
  if (key !== null) tell(key);
}
