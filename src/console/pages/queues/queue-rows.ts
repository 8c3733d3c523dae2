import type { Finding, Queue, Rules } from '../../rules/shapes.ts';

/** A queue as it is in force and, beside it, as the draft would have it. */
export interface QueueRow {
  readonly id: string;
  /** As the version that is looked at has it; of a queue that goes, as it was. */
  readonly queue: Queue;
  readonly change: 'none' | 'added' | 'changed' | 'removed';
  readonly findings: readonly Finding[];
}

/** One row a queue, the general desk first; without a draft nothing is changed. */
export function queueRows(inForce: Rules, draft: Rules | null, findings: readonly Finding[]): QueueRow[] {
  const held = new Map(inForce.queues.map((queue) => [queue.code, queue]));
  const wanted = draft === null ? held : new Map(draft.queues.map((queue) => [queue.code, queue]));
  const { generalQueue } = (draft ?? inForce).municipality;
  const told = new Map<string, Finding[]>();
  for (const one of findings) {
    if (one.place.thing === 'queue') told.set(one.place.key, [...(told.get(one.place.key) ?? []), one]);
  }
  return [...new Set([...held.keys(), ...wanted.keys()])]
    .flatMap((code): QueueRow[] => {
      const [before, after] = [held.get(code), wanted.get(code)];
      const queue = after ?? before;
      if (queue === undefined) return [];
      return [{ id: code, queue, change: changeOf(before, after), findings: told.get(code) ?? [] }];
    })
    .toSorted((a, b) => Number(b.id === generalQueue) - Number(a.id === generalQueue));
}

function changeOf(before: Queue | undefined, after: Queue | undefined): QueueRow['change'] {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return JSON.stringify(before) === JSON.stringify(after) ? 'none' : 'changed';
}

/** What somebody types, found in name, code or skill. */
export function fitsQueue({ id, queue }: QueueRow, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return text === '' || [id, queue.name, queue.skills ?? ''].some((one) => one.toLowerCase().includes(text));
}
