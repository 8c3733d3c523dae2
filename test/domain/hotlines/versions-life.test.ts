import { expect, test } from 'vitest';
import { endTemporary, rollBack } from '../../../src/domain/hotlines/versions/going-back.ts';
import {
  VERSION_STATES,
  VERSION_TRANSITIONS,
  type VersionState,
  versionDiagram,
  versionEdge,
} from '../../../src/domain/hotlines/versions/life.ts';
import {
  approve,
  dueVersions,
  publish,
  rebase,
  reject,
  submit,
  validate,
  withdraw,
} from '../../../src/domain/hotlines/versions/publishing.ts';
import { ordered, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import {
  beginDraft,
  editDraft,
  foundVersion,
  type PublishContext,
  type RuleVersion,
  type VersionDecision,
  type VersionRefusal,
  walk,
} from '../../../src/domain/hotlines/versions/version.ts';
import { changing, line, RULES, withLines } from './rule-sets.ts';

const NOW = 1_000_000;
const LISTED = [{ number: '12388', name: '纪检监察举报', rule: 'two-approvers' as const }];
const as = (id: string, ...roles: ('operator' | 'system')[]) => ({ id, roles });
const CHEN = as('chen', 'operator');
const WU = as('wu', 'operator');
const XU = as('xu', 'operator');
const SYSTEM = as('system', 'system');
const by = (actor = CHEN, more: Partial<PublishContext> = {}): PublishContext => ({
  actor,
  now: NOW,
  reason: '因为',
  current: first,
  lintErrors: [],
  listed: LISTED,
  workingHours: false,
  ...more,
});
const numbered = (number: number) => ({ id: `v${number}`, number, title: `第${number}版` });

function moved(decision: VersionDecision): RuleVersion {
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.refusal));
  return decision.version;
}
function refusal(decision: { kind: string; refusal?: VersionRefusal }): string | undefined {
  return decision.refusal?.code;
}
const first = moved(foundVersion(numbered(1), RULES, { actor: SYSTEM, now: 1 }));

/** A draft of the published version with these rules, checked by the linter. */
const drafted = (rules: RuleSet, number = 2, base: RuleVersion = first): RuleVersion => {
  const draft = moved(beginDraft(numbered(number), base, by()));
  return moved(validate(moved(editDraft(draft, { begun: draft, rules }, by())), by()));
};
const AT_ONCE = { effectiveAt: null, revertAt: null };
const published = (version: RuleVersion, current: RuleVersion, more: Partial<PublishContext> = {}) => {
  const result = publish(version, { ...by(CHEN, more), current, undone: null });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.refusal));
  return result;
};
const ORDINARY = changing('12319', { name: '城管热线' });
const RISKY = changing('12348', { unitNumber: '02088880000' });
const EXCLUDED = withLines(line('12388', 'FORWARD'));

test('an ordinary change: begun, edited, checked, scheduled, published; the one before is superseded', () => {
  const ready = moved(submit(drafted(ORDINARY), AT_ONCE, by()));
  expect(ready.state).toBe('scheduled');
  const { version, retired, events } = published(ready, first);
  expect(version).toMatchObject({ state: 'published', publishedAt: NOW, rules: ORDINARY });
  expect(retired).toEqual([{ ...first, state: 'superseded' }]);
  expect(events.map(({ versionId, move, from, to }) => [versionId, move, from, to])).toEqual([
    ['v2', 'publish', 'scheduled', 'published'],
    ['v1', 'supersede', 'published', 'superseded'],
  ]);
});

test('a risky change needs one other person, an excluded number two, none of them with a hand in it', () => {
  const waiting = moved(submit(drafted(RISKY), AT_ONCE, by()));
  expect(waiting.state).toBe('awaitingSecond');
  expect(refusal(approve(waiting, by(CHEN)))).toBe('version.ownChange');
  expect(moved(approve(waiting, by(WU)))).toMatchObject({
    state: 'scheduled',
    approvals: [{ by: 'wu', at: NOW }],
  });

  const excluded = moved(submit(drafted(EXCLUDED), AT_ONCE, by()));
  const once = moved(approve(excluded, by(WU)));
  expect(once.state).toBe('awaitingSecond');
  expect(refusal(approve(once, by(WU)))).toBe('version.approvedAlready');
  expect(moved(approve(once, by(XU))).state).toBe('scheduled');
});

test('whoever edited is no second person; an edit voids approvals', () => {
  const draft = moved(beginDraft(numbered(2), first, by(CHEN)));
  const shared = moved(editDraft(draft, { begun: draft, rules: EXCLUDED }, by(WU)));
  const waiting = moved(submit(moved(validate(shared, by())), AT_ONCE, by()));
  expect(refusal(approve(waiting, by(WU)))).toBe('version.ownChange');
  const rejected = moved(reject(moved(approve(waiting, by(XU))), by(as('ding', 'operator'))));
  expect(rejected.state).toBe('rejected');
  const again = moved(editDraft(rejected, { begun: rejected, rules: RISKY }, by()));
  expect(again).toMatchObject({ state: 'draft', approvals: [], revision: 3 });
});

test('an emergency number gets nowhere', () => {
  expect(refusal(submit(drafted(withLines(line('120', 'FORWARD'))), AT_ONCE, by()))).toBe(
    'version.forbiddenChange',
  );
});

test('the later of two editors is told who changed what, and nothing is overwritten', () => {
  const draft = moved(beginDraft(numbered(2), first, by(CHEN)));
  const chens = moved(editDraft(draft, { begun: draft, rules: ORDINARY }, by(CHEN, { now: NOW + 5 })));
  expect(editDraft(chens, { begun: draft, rules: RISKY }, by(WU))).toEqual({
    kind: 'refused',
    refusal: {
      code: 'version.editedMeanwhile',
      revision: 2,
      edits: [{ revision: 2, by: 'chen', at: NOW + 5 }],
      changes: [expect.objectContaining({ field: 'name', from: '热线12319', to: '城管热线' })],
    },
  });
});

test('nothing goes out with a linter error, too early, on a moved base or unapproved', () => {
  const draft = moved(beginDraft(numbered(2), first, by()));
  expect(refusal(validate(draft, by(CHEN, { lintErrors: ['line.overlap'] })))).toBe('version.lintErrors');
  expect(refusal(submit(moved(validate(draft, by())), AT_ONCE, by()))).toBe('version.noChange');

  const later = moved(submit(drafted(ORDINARY), { effectiveAt: NOW + 60, revertAt: null }, by()));
  const out = (more: Partial<PublishContext>) =>
    refusal(publish(later, { ...by(SYSTEM, more), current: first, undone: null }));
  expect(out({ now: NOW + 59 })).toBe('version.tooEarly');
  expect(out({ now: NOW + 60, lintErrors: ['queue.losesCalls'] })).toBe('version.lintErrors');
  // A number that was put on the list of excluded ones while the version waited.
  expect(out({ now: NOW + 60, listed: [{ number: '12319', name: '', rule: 'two-approvers' }] })).toBe(
    'version.approvalsMissing',
  );
  expect(out({ now: NOW + 60 })).toBeUndefined();

  const rival = moved(submit(drafted(changing('12369', { name: '环保' }), 3), AT_ONCE, by(WU)));
  const other = published(rival, first).version;
  expect(refusal(publish(later, { ...by(SYSTEM, { now: NOW + 60 }), current: other, undone: null }))).toBe(
    'version.baseMoved',
  );
});

test('rebasing makes the same changes to what is published now, or names the conflict', () => {
  const mine = moved(submit(drafted(ORDINARY), AT_ONCE, by()));
  const theirs = published(
    moved(submit(drafted(changing('12369', { name: '环保' }), 3), AT_ONCE, by())),
    first,
  ).version;
  const both = moved(rebase(mine, first.rules, theirs, by()));
  expect(both).toMatchObject({ state: 'draft', baseId: 'v3', revision: mine.revision + 1 });
  expect(both.rules.lines.map(({ name }) => name)).toEqual(expect.arrayContaining(['城管热线', '环保']));

  const rival = published(
    moved(submit(drafted(changing('12319', { name: '城建' }), 3), AT_ONCE, by())),
    first,
  ).version;
  expect(rebase(mine, first.rules, rival, by())).toMatchObject({
    kind: 'refused',
    refusal: { code: 'version.conflict', conflicts: [{ field: 'name', to: '城管热线' }] },
  });
  expect(moved(rebase(mine, first.rules, rival, { ...by(), resolved: ORDINARY }))).toMatchObject({
    baseId: 'v3',
    rules: ORDINARY,
  });
});

test('a rollback is a new version with the old content; the one undone is reverted, the old one untouched', () => {
  const second = published(moved(submit(drafted(ORDINARY), AT_ONCE, by())), first).version;
  const back = moved(rollBack(numbered(3), first, second, by()));
  const { version, retired } = published(back, second);
  expect(version).toMatchObject({ number: 3, origin: 'rollback', undoes: 'v2', rules: first.rules });
  expect(retired).toEqual([{ ...second, state: 'reverted' }]);

  expect(refusal(rollBack(numbered(3), first, second, { ...by(), reason: ' ' }))).toBe(
    'version.reasonMissing',
  );
  expect(refusal(rollBack(numbered(3), drafted(RISKY), second, by()))).toBe('version.neverPublished');
  expect(refusal(rollBack(numbered(3), first, first, by()))).toBe('version.noChange');
});

const temporary = () => {
  const ready = moved(submit(drafted(ORDINARY), { effectiveAt: null, revertAt: NOW + 100 }, by()));
  return published(ready, first).version;
};

test('a rollback makes nothing lasting that was approved for a time', () => {
  const second = temporary();
  const undone = published(moved(rollBack(numbered(3), first, second, by())), second);
  const [reverted = second] = undone.retired;
  const early = rollBack(numbered(4), reverted, undone.version, by(CHEN, { now: NOW + 99 }));
  expect(moved(early)).toMatchObject({ rules: ORDINARY, revertAt: NOW + 100 });
  const late = rollBack(numbered(4), reverted, undone.version, by(CHEN, { now: NOW + 100 }));
  expect(late).toMatchObject({ refusal: { code: 'version.temporaryOver', revertAt: NOW + 100 } });
  // While it is only superseded it ends by itself, and whatever was restored from it with it.
  const third = { ...first, ...numbered(3), rules: changing('12319', { name: '城建' }) };
  const superseded = { ...second, state: 'superseded' as const };
  expect(moved(rollBack(numbered(4), superseded, third, by()))).toMatchObject({ revertAt: null });
});

test('a temporary change is undone at its moment', () => {
  const second = temporary();
  const end = (now: number) => endTemporary(numbered(3), second, first.rules, second, by(SYSTEM, { now }));
  expect(end(NOW + 99)).toMatchObject({ refusal: { code: 'version.tooEarly' } });
  const over = end(NOW + 100);
  expect(over).toMatchObject({
    kind: 'version',
    conflicts: [],
    version: { origin: 'temporaryEnd', undoes: 'v2', rules: ordered(first.rules) },
  });
  if (over.kind !== 'version') throw new Error(over.kind);
  const result = publish(over.version, {
    ...by(SYSTEM, { now: NOW + 100 }),
    current: second,
    undone: second,
  });
  expect(result).toMatchObject({ kind: 'published', retired: [{ id: 'v2', state: 'reverted' }] });
});

test('neither a rollback nor the end of a temporary change waits for the linter or a second person', () => {
  const risky = moved(
    approve(moved(submit(drafted(RISKY), { ...AT_ONCE, revertAt: NOW + 1 }, by())), by(WU)),
  );
  const second = published(risky, first).version;
  const now = NOW + 1;
  const over = endTemporary(numbered(3), second, first.rules, second, by(SYSTEM, { now }));
  if (over.kind !== 'version') throw new Error(over.kind);
  for (const version of [over.version, moved(rollBack(numbered(3), first, second, by()))]) {
    const context = {
      ...by(SYSTEM, { now, lintErrors: ['queue.losesCalls'] }),
      current: second,
      undone: second,
    };
    expect(publish(version, context)).toMatchObject({ kind: 'published', version: { approvals: [] } });
  }
});

test('what was published after a temporary change stays when that ends', () => {
  const second = temporary();
  const rules = { ...second.rules, lines: [...second.rules.lines, line('12328', 'FORWARD')] };
  const third = published(
    moved(submit(drafted(rules, 3, second), AT_ONCE, by(CHEN, { current: second }))),
    second,
  );
  const [superseded] = third.retired;
  if (superseded === undefined) throw new Error('nothing was superseded');
  const over = endTemporary(
    numbered(4),
    superseded,
    first.rules,
    third.version,
    by(SYSTEM, { now: NOW + 100 }),
  );
  expect(over).toMatchObject({ version: { rules: ordered(withLines(line('12328', 'FORWARD'))) } });
  if (over.kind !== 'version') throw new Error(over.kind);
  const result = publish(over.version, {
    ...by(SYSTEM, { now: NOW + 100 }),
    current: third.version,
    undone: superseded,
  });
  expect(result).toMatchObject({
    retired: [
      { id: 'v3', state: 'superseded' },
      { id: 'v2', state: 'reverted' },
    ],
  });
});

test('a temporary change that was overwritten or undone meanwhile leaves nothing to do but to say so', () => {
  const second = { ...temporary(), state: 'superseded' as const };
  const later = (rules: RuleSet) =>
    endTemporary(numbered(9), second, first.rules, { id: 'v8', rules }, by(SYSTEM, { now: NOW + 100 }));
  expect(later(first.rules)).toMatchObject({
    kind: 'retired',
    version: { state: 'reverted' },
    conflicts: [],
  });
  expect(later(changing('12319', { name: '城建' }))).toMatchObject({
    kind: 'retired',
    conflicts: [{ field: 'name', from: '城管热线' }],
  });
});

test('a temporary change may not end before it begins', () => {
  for (const when of [
    { effectiveAt: null, revertAt: NOW },
    { effectiveAt: NOW + 10, revertAt: NOW + 10 },
  ]) {
    expect(refusal(submit(drafted(ORDINARY), when, by()))).toBe('version.revertBeforeEffect');
  }
});

test('the clock is told what is due, the earliest first', () => {
  const at = (number: number, state: VersionState, more: Partial<RuleVersion>) => ({
    ...first,
    ...numbered(number),
    state,
    ...more,
  });
  const { publish: due, end } = dueVersions(
    [
      at(2, 'scheduled', { effectiveAt: NOW }),
      at(3, 'scheduled', { effectiveAt: null }),
      at(4, 'scheduled', { effectiveAt: NOW + 1 }),
      at(5, 'validated', { effectiveAt: NOW }),
      at(6, 'superseded', { revertAt: NOW }),
      at(7, 'published', { revertAt: NOW - 1 }),
      at(8, 'reverted', { revertAt: NOW }),
      at(9, 'published', { revertAt: NOW + 1 }),
    ],
    NOW,
  );
  expect(due.map(({ number }) => number)).toEqual([3, 2]);
  expect(end.map(({ number }) => number)).toEqual([7, 6]);
});

test('every edge is walked by those who may, by nobody else, and with a reason where one is asked for', () => {
  const foreign = { ...first, authorId: 'somebody', edits: [] };
  for (const edge of VERSION_TRANSITIONS) {
    for (const role of ['operator', 'system'] as const) {
      const may = (edge.by as readonly string[]).includes(role);
      const step = walk(
        foreign,
        edge.from,
        edge.move,
        {},
        { actor: as('x', role), now: NOW, reason: '因为' },
      );
      expect(step).toMatchObject(
        may
          ? { event: { move: edge.move, from: edge.from, to: edge.to, actorId: 'x', reason: '因为' } }
          : { refusal: { code: 'version.moveForbidden' } },
      );
      const silent = walk(foreign, edge.from, edge.move, {}, { actor: as('x', role), now: NOW });
      if (may) expect(silent.kind).toBe(edge.reason === 'required' ? 'refused' : 'moved');
    }
  }
});

test('every move from a state that the table does not name is impossible', () => {
  const everybody = as('x', 'operator', 'system');
  for (const { move } of VERSION_TRANSITIONS) {
    for (const state of [null, ...VERSION_STATES]) {
      if (versionEdge(move, state) !== null) continue;
      expect(refusal(walk(first, state, move, {}, { actor: everybody, now: NOW, reason: 'x' }))).toBe(
        'version.moveImpossible',
      );
    }
  }
  expect(refusal(withdraw(first, by()))).toBe('version.moveImpossible');
  expect(refusal(submit(first, AT_ONCE, by()))).toBe('version.moveImpossible');
  expect(refusal(approve(first, by(WU)))).toBe('version.moveImpossible');
});

test('every state is reached, (move, from) occurs once, and the drawing shows every edge', () => {
  expect(new Set(VERSION_TRANSITIONS.map(({ to }) => to))).toEqual(new Set(VERSION_STATES));
  const pairs = VERSION_TRANSITIONS.map(({ move, from }) => `${move} ${from}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  const drawing = versionDiagram();
  for (const { move, from, to } of VERSION_TRANSITIONS) {
    expect(drawing).toContain(`  ${from ?? '[*]'} --> ${to}: ${move}\n`);
  }
});
