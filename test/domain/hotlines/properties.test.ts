import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallPlan } from '../../../src/domain/hotlines/call-plan.ts';
import { readCentreAddress } from '../../../src/domain/hotlines/centre-address.ts';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { explainCall } from '../../../src/domain/hotlines/explain-call.ts';
import { followMenu, NO_KEYS } from '../../../src/domain/hotlines/follow-menu.ts';
import { errorCodes, lint } from '../../../src/domain/hotlines/lint/lint.ts';
import { addCalendarMonths, localDate } from '../../../src/domain/hotlines/local-date.ts';
import { normaliseNumber } from '../../../src/domain/hotlines/number.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import type { CarrierCall } from '../../../src/domain/hotlines/recognise.ts';
import { hasEnded } from '../../../src/domain/hotlines/register/period.ts';
import { diff } from '../../../src/domain/hotlines/versions/diff.ts';
import { endTemporary, rollBack } from '../../../src/domain/hotlines/versions/going-back.ts';
import { approve, publish, submit, validate } from '../../../src/domain/hotlines/versions/publishing.ts';
import { configurationOf, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { takingEffect } from '../../../src/domain/hotlines/versions/taking-effect.ts';
import {
  beginDraft,
  editDraft,
  foundVersion,
  type PublishContext,
  type RuleVersion,
  type VersionDecision,
} from '../../../src/domain/hotlines/versions/version.ts';
import { ACTS_AT_MOST } from '../../../src/domain/ivr/course.ts';
import { exactName, plainName, wordsOf } from '../../../src/domain/ivr/words-spoken.ts';
import { askOf, meets, skillsOf } from '../../../src/domain/skills/skills.ts';
import { agent, anyRules, flawedRules, moment, orderlyRules } from './rule-sets.ts';

const HEAD = { version: 1, publishedAt: '2026-11-23T00:00:00Z' };
const LINTED_AT = Date.UTC(2026, 10, 23);
const AGENTS = [agent('1001', 'general')];

const number = fc.oneof(
  fc.constantFrom('12345', '12319', '12316', '12369', '12348', '95598', '110', '4008123456'),
  fc.constantFrom('051384110001', '84110001', '+8651384139001', '84139002', '02088880000', '051312345'),
  fc.string({ unit: fc.constantFrom(...'0123456789+'), maxLength: 22 }),
  fc.string({ maxLength: 12 }),
);
const header = number.map((user) => `<sip:${user}@carrier>;reason=unconditional`);
const anyCall: fc.Arbitrary<CarrierCall> = fc.record({
  dialled: number,
  callerNumber: number,
  headers: fc.record({
    to: fc.oneof(header, fc.string({ maxLength: 20 })),
    diversion: fc.array(header, { maxLength: 5 }),
    historyInfo: fc.array(header, { maxLength: 5 }),
  }),
});
/** 2019 to 2031, with the last and first instants of the generators' days. */
const anyMoment = fc.oneof(
  fc.integer({ min: Date.UTC(2019, 0), max: Date.UTC(2031, 0) }),
  fc
    .constantFrom('2020-04-27', '2020-12-31', '2026-12-31', '2027-02-28')
    .chain((day) => fc.integer({ min: -2, max: 2 }).map((ms) => Date.parse(`${day}T16:00:00Z`) + ms)),
);

/**
 * The linter lets history pass: a period that is over may name a menu or a desk that is no more, and no call comes in it.
 */
const momentToCome = fc.oneof(
  fc.integer({ min: LINTED_AT, max: Date.UTC(2031, 0) }),
  fc
    .constantFrom('2026-12-31', '2027-02-28')
    .chain((day) => fc.integer({ min: -2, max: 2 }).map((ms) => Date.parse(`${day}T16:00:00Z`) + ms)),
);
const someCalls = fc.array(fc.tuple(anyCall, momentToCome), { minLength: 4, maxLength: 4 });

/**
 * Follows a call to its end in the worst of worlds: every unit and every other centre has forwarded its telephone to a
 * number of ours, `forwardedTo` says to which, and the carrier keeps the trail.
 */
function follow(
  configuration: Configuration,
  call: CarrierCall,
  atMs: number,
  forwardedTo: (hop: number) => string,
): string[] {
  const trail: string[] = [];
  let next = call;
  for (let hop = 0; hop < 10; hop += 1) {
    const { destination } = planCall(configuration, next, moment(atMs));
    if (destination.kind === 'queue') return [...trail, destination.queue];
    if (destination.kind === 'goodbye') return [...trail, 'goodbye'];
    const sender = destination.kind === 'unit' ? `sip:${destination.number}@carrier` : destination.address;
    trail.push(`${destination.kind} ${sender}`);
    const diversion = [`<${sender}>;reason=unconditional`, ...next.headers.diversion];
    next = { ...next, dialled: forwardedTo(hop), headers: { to: '', diversion, historyInfo: [] } };
  }
  return [...trail, 'lost on the way'];
}

const seated = (configuration: Configuration, code: string): boolean => {
  const seen = new Set<string>();
  for (let at: string | null = code; at !== null && !seen.has(at); ) {
    seen.add(at);
    const here: string = at;
    const queue = configuration.queues.find((one) => one.code === here);
    if (queue === undefined) return false;
    const { required } = askOf(queue.skills);
    if (configuration.agents.some((one) => one.queues.includes(here) && meets(skillsOf(one), required)))
      return true;
    at = queue.overflowAfterMs === null ? null : queue.overflowQueue;
  }
  return false;
};

const anyKeys = fc.string({ unit: fc.constantFrom(...'0123456789*#'), maxLength: 8 });

/** Whatever is pressed in the menu of a call: somebody answers, takes the message, or has told what there was to say. */
function throughItsMenu(configuration: Configuration, plan: CallPlan, atMs: number, keys: string): void {
  const way = followMenu(configuration, plan, moment(atMs), { ...NO_KEYS, keys });
  expect(way === null).toBe(plan.menu == null);
  if (way === null) return;
  expect(way.tried.path.length).toBeLessThanOrEqual(ACTS_AT_MOST + keys.length);
  const asked = way.tried.path.flatMap(({ act }) => (act.kind === 'play' ? act.prompts : []));
  const ready = new Set(wordsOf(way.menu).map(exactName));
  for (const prompt of asked) expect(prompt === plainName(prompt) || ready.has(prompt)).toBe(true);
  const { destination } = way;
  if (destination === null || destination.kind === 'goodbye') return;
  expect(
    seated(configuration, destination.kind === 'queue' ? destination.queue : destination.returnQueue),
  ).toBe(true);
}

/** How many of the generated rule sets the linter passed: a property of nothing would hold as well. */
function holdsFor(rules: fc.Arbitrary<RuleSet>): number {
  let passed = 0;
  fc.assert(
    fc.property(
      rules,
      fc.subarray(['general', 'desk-a', 'desk-b']),
      someCalls,
      anyKeys,
      (some, desks, calls, keys) => {
        const agents = desks.map((desk, nth) => agent(`${nth}`, desk));
        const findings = lint(some, { nowMs: LINTED_AT, agents, listed: [] });
        if (errorCodes(findings).length > 0) return;
        passed += 1;
        const configuration = configurationOf(some, HEAD, agents);
        for (const [call, atMs] of calls) {
          const planned = planCall(configuration, call, moment(atMs));
          throughItsMenu(configuration, planned, atMs, keys);
          const { destination } = planned;
          if (destination.kind === 'goodbye') {
            expect(destination.result).toBe('informed');
            continue;
          }
          const desk = destination.kind === 'queue' ? destination.queue : destination.returnQueue;
          expect(seated(configuration, desk)).toBe(true);
          if (destination.kind === 'centre') {
            expect(readCentreAddress(destination.address)).not.toBeNull();
            expect(destination.trunk).not.toBe('');
          }
          if (destination.kind === 'unit') {
            expect(normaliseNumber(destination.number, '0513')).not.toBeNull();
            expect(destination.trunk).not.toBe('');
          }
          const ours = configuration.lines.map((one) => one.number);
          for (const forwardedTo of [
            () => configuration.municipality.mainNumber,
            (hop: number) => ours[(atMs + hop * 7) % ours.length] ?? '',
          ]) {
            const hops = follow(configuration, call, atMs, forwardedTo);
            // Nobody outside is rung a second time, and the last to answer is a person, or the number is no more.
            expect(new Set(hops).size).toBe(hops.length);
            const last = hops.at(-1) ?? '';
            expect(last === 'goodbye' || seated(configuration, last)).toBe(true);
          }
          const { steps, plan } = explainCall(configuration, call, moment(atMs));
          expect(steps.length).toBeLessThanOrEqual(plan.menu == null ? 12 : 12 + ACTS_AT_MOST);
          expect(plan).toEqual(planCall(configuration, call, moment(atMs)));
        }
      },
    ),
    { numRuns: 500 },
  );
  return passed;
}

test('rules that pass the linter bring any dialled string at any moment to come to a person, a unit, a centre or a good-bye, in bounded steps', () => {
  expect(holdsFor(orderlyRules)).toBeGreaterThan(50);
});

test('and so do drafts with a flaw that the linter lets pass', () => {
  expect(holdsFor(flawedRules)).toBeGreaterThan(20);
});

test('even rules full of errors neither throw nor leave a call without a destination', () => {
  fc.assert(
    fc.property(anyRules, anyCall, anyMoment, (rules, call, atMs) => {
      const { destination, prompts } = planCall(configurationOf(rules, HEAD, []), call, moment(atMs));
      expect(destination.reason).not.toBe('');
      expect(prompts.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('normalising a number twice is normalising it once', () => {
  fc.assert(
    fc.property(number, fc.constantFrom('0513', '010', '0755'), (raw, area) => {
      const once = normaliseNumber(raw, area);
      if (once !== null) expect(normaliseNumber(once, area)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

const OPERATOR = { id: 'chen', roles: ['operator'] as const };
const SECOND = { id: 'wu', roles: ['operator'] as const };
const SYSTEM = { id: 'system', roles: ['system'] as const };
const NOW = 1_000_000;
const at = (actor: PublishContext['actor'], current: RuleVersion | null, now = NOW): PublishContext => ({
  actor,
  now,
  reason: '演练',
  current,
  lintErrors: [],
  listed: [],
  workingHours: true,
});
function moved(decision: VersionDecision): RuleVersion {
  if (decision.kind === 'refused') throw new Error(decision.refusal.code);
  return decision.version;
}
function out(version: RuleVersion, current: RuleVersion, now = NOW): RuleVersion {
  const result = publish(version, { ...at(SYSTEM, current, now), current, undone: null });
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  return result.version;
}
/** Published over `current` by the whole way: draft, edit, check, approval where one is needed. */
function published(
  rules: RuleSet,
  current: RuleVersion,
  revertAt: number | null,
  now: number = NOW,
): RuleVersion {
  const operator = at(OPERATOR, current, now);
  const draft = moved(beginDraft({ id: 'v2', number: 2, title: '' }, current, operator));
  const edited = moved(editDraft(draft, { begun: draft, rules }, operator));
  const checked = moved(validate(edited, operator));
  const submitted = moved(submit(checked, { effectiveAt: null, revertAt }, operator));
  const ready =
    submitted.state === 'awaitingSecond' ? moved(approve(submitted, at(SECOND, current, now))) : submitted;
  return out(ready, current, now);
}

const FIRST = (rules: RuleSet): RuleVersion =>
  moved(foundVersion({ id: 'v1', number: 1, title: '' }, rules, { actor: SYSTEM, now: 0 }));
const THIRD = { id: 'v3', number: 3, title: '' };

/** The same calls at the same moments, under both: what call control would do, to the last word. */
function expectSame(a: RuleSet, b: RuleSet, calls: readonly (readonly [CarrierCall, number])[]): void {
  const [left, right] = [a, b].map((rules) => configurationOf(rules, HEAD, AGENTS));
  expect(left).toEqual(right);
  if (left === undefined || right === undefined) throw new Error('two rule sets were given');
  for (const [call, atMs] of calls) {
    const [here, there] = [planCall(left, call, moment(atMs)), planCall(right, call, moment(atMs))];
    expect(here).toEqual(there);
    const keys = { ...NO_KEYS, keys: String(atMs % 10_000) };
    expect(followMenu(left, here, moment(atMs), keys)).toEqual(followMenu(right, there, moment(atMs), keys));
  }
}

test('published and rolled back: any call goes exactly as before', () => {
  fc.assert(
    fc.property(orderlyRules, orderlyRules, someCalls, (before, after, calls) => {
      fc.pre(diff(before, after).length > 0);
      const first = FIRST(before);
      const second = published(after, first, null);
      expectSame(second.rules, after, calls);
      const third = out(moved(rollBack(THIRD, first, second, at(OPERATOR, second))), second);
      expectSame(third.rules, before, calls);
    }),
  );
});

const DAY = 86_400_000;
/** A transition as it is entered usually: three calendar months. */
const usual = (rules: RuleSet): RuleSet => ({
  ...rules,
  lines: rules.lines.map((one) =>
    one.mode === 'TRANSITION' ? { ...one, validTo: addCalendarMonths(one.validFrom, 3) } : one,
  ),
});
/** Its units have telephones that no call of these comes through: the loop guard knows those of earlier days, too. */
const ringingOthers = (rules: RuleSet): RuleSet => ({
  ...rules,
  lines: rules.lines.map((one) => ({
    ...one,
    ...(one.mode === 'PARALLEL' ? { unitNumber: '02099999999' } : {}),
    ...(one.mode === 'SUBCENTER' ? { centreAddress: 'sip:02099999998@10.1.2.3' } : {}),
  })),
});
const heardOf = (rules: RuleSet, call: CarrierCall, atMs: number): object => {
  const plan = planCall(configurationOf(rules, HEAD, AGENTS), call, moment(atMs));
  const { mode, prompts, destination, menu, whisper, recognition } = plan;
  // Why names days, and what was cut in two ends on another one.
  return {
    mode,
    prompts,
    destination: { ...destination, reason: '' },
    menu,
    whisper,
    by: recognition.method,
  };
};

test('published on any day and rolled back days later, while numbers begin and end: from then on any call goes as before', () => {
  const days = fc.constantFrom('2020-04-27', '2020-07-28', '2025-12-31', '2026-11-23', '2027-03-01');
  const after = fc.record({
    publishedOn: days,
    backAfter: fc.integer({ min: 0, max: 400 }),
    usually: fc.boolean(),
  });
  const later = fc.array(fc.tuple(anyCall, fc.integer({ min: 0, max: 900 })), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(orderlyRules, orderlyRules, after, later, (one, other, when, calls) => {
      const before = when.usually ? usual(one) : one;
      const changed = ringingOthers(when.usually ? usual(other) : other);
      const now = Date.parse(`${when.publishedOn}T04:00:00Z`);
      const back = now + when.backAfter * DAY;
      const first = FIRST(before);
      const asked = { rules: changed, effectiveAt: null, edits: [], origin: 'draft' } as const;
      fc.pre(diff(before, takingEffect(asked, before, now)).length > 0);
      const second = published(changed, first, null, now);
      // What was to begin and end in between never was, and nobody is told that it is over.
      const [from = '', to = ''] = [now, back].map((ms) => localDate(ms, 'Asia/Shanghai'));
      fc.pre(!before.lines.some((line) => line.validFrom >= from && hasEnded(line, to)));
      const decision = rollBack(THIRD, first, second, at(OPERATOR, second, back));
      // What made the difference may be over by itself.
      const third = decision.kind === 'refused' ? second : out(moved(decision), second, back);
      for (const [call, daysLater] of calls) {
        const atMs = back + daysLater * DAY;
        expect(heardOf(third.rules, call, atMs)).toEqual(heardOf(before, call, atMs));
      }
    }),
    { numRuns: 300 },
  );
});

test('a temporary change that is over leaves any call as before', () => {
  fc.assert(
    fc.property(orderlyRules, orderlyRules, someCalls, (before, after, calls) => {
      fc.pre(diff(before, after).length > 0);
      const second = published(after, FIRST(before), NOW + 60);
      const over = endTemporary(THIRD, second, before, second, at(SYSTEM, second, NOW + 60));
      if (over.kind !== 'version') throw new Error(over.kind);
      expect(over.conflicts).toEqual([]);
      expectSame(out(over.version, second, NOW + 60).rules, before, calls);
    }),
  );
});
