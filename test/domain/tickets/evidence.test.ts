import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  EVIDENCE_KINDS,
  type EvidenceRef,
  lacksEvidence,
  onceEach,
  strangersTo,
} from '../../../src/domain/tickets/evidence.ts';

const LINE = { kind: 'line', ref: '3' } as const;

test('what is simply so needs no proof; anything else words and a thing that shows it', () => {
  expect(lacksEvidence('true', '', [])).toBeNull();
  for (const truth of ['partly', 'untrue'] as const) {
    expect(lacksEvidence(truth, '  ', [LINE])).toBe('words');
    expect(lacksEvidence(truth, '现场无此情况', [])).toBe('refs');
    expect(lacksEvidence(truth, '现场无此情况', [LINE])).toBeNull();
  }
});

const anyRefs = fc.array(
  fc.record({ kind: fc.constantFrom(...EVIDENCE_KINDS), ref: fc.constantFrom('1', '2', 'AB', 'ab') }),
  { maxLength: 12 },
);

test('each thing counts once, and only what the ticket has is none of a stranger', () => {
  fc.assert(
    fc.property(anyRefs, anyRefs, (refs: readonly EvidenceRef[], known: readonly EvidenceRef[]) => {
      const once = onceEach(refs);
      expect(onceEach([...once, ...once])).toEqual(once);
      expect(strangersTo(once, once)).toEqual([]);
      expect(strangersTo(once, [])).toEqual(once);
      const strangers = strangersTo(once, known);
      expect(strangersTo(strangers, known)).toEqual(strangers);
      expect([...strangers, ...strangersTo(once, strangers)]).toHaveLength(once.length);
    }),
  );
  expect(
    onceEach([
      { kind: 'recording', ref: 'AB' },
      { kind: 'recording', ref: 'ab' },
    ]),
  ).toEqual([{ kind: 'recording', ref: 'ab' }]);
});
