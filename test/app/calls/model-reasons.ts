import { expect } from 'vitest';
import { OUTBOUND_PURPOSES } from '../../../src/domain/callbacks/purposes.ts';
import { callReasonInEnglish, OWN_REASON_OF } from '../../../src/domain/calls/call-reasons.ts';
import type { House } from './harness.ts';

const CODES: ReadonlySet<string> = new Set(['', ...OUTBOUND_PURPOSES]);

/** Whatever happened, each of its reasons is read in English too. */
export function checkReasons(house: House): void {
  const untold = house.facts.flatMap((fact) => {
    const reason = OWN_REASON_OF.has(fact.type) && 'reason' in fact ? String(fact.reason) : '';
    return CODES.has(reason) || callReasonInEnglish(reason) !== null ? [] : [`${fact.type}: ${reason}`];
  });
  expect([...new Set(untold)]).toEqual([]);
}
