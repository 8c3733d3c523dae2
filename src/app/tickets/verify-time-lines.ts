import type { TimeLineProof, TimeLines } from '../ports/ticket-moves.ts';

/** SHA-256 over the bytes of the hash before ('' at the first line) and the UTF-8 text; hexadecimal in and out. */
export type ChainHash = (before: string, text: string) => string;

export interface TimeLineFault {
  readonly ticket: string;
  /** 1 for the first line; one more than there are lines when the end is missing. */
  readonly line: number;
}

/** The first line that is not what was written, or that is missing; null when the time line is whole. */
export function faultIn({ number, version, lines }: TimeLineProof, hash: ChainHash): TimeLineFault | null {
  let before = '';
  for (const [index, line] of lines.entries()) {
    if (hash(before, line.text) !== line.hash || numberOf(line.text) !== index + 1) {
      return { ticket: number, line: index + 1 };
    }
    before = line.hash;
  }
  return lines.length === version ? null : { ticket: number, line: lines.length + 1 };
}

/** Reads every ticket's time line and tells which do not hold. */
export function verifyTimeLines(deps: { readonly timeLines: TimeLines; readonly hash: ChainHash }) {
  return async (): Promise<{ readonly tickets: number; readonly faults: readonly TimeLineFault[] }> => {
    const faults: TimeLineFault[] = [];
    let tickets = 0;
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<TimeLines['proofs']>> = await deps.timeLines.proofs(after, BATCH);
      tickets += page.length;
      faults.push(...page.flatMap((proof) => faultIn(proof, deps.hash) ?? []));
      const last = page.at(-1);
      if (page.length < BATCH || last === undefined) return { tickets, faults };
      after = last.id;
    }
  };
}

const BATCH = 500;

const numberOf = (text: string): unknown => (JSON.parse(text) as readonly unknown[])[0];
