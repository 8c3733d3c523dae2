import { INTERCEPT } from '../mode-way.ts';
import { readNumber } from '../number.ts';
import { protectionOf } from '../register/protected.ts';
import { FIELD_NAMES, MODE_NAMES } from '../versions/change-words.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleLine, RuleSet } from '../versions/rule-set.ts';
import { type Finding, type FindingCode, finding, type LintContext } from './finding.ts';

type Say = (code: FindingCode, field: string | null, zh: string, en: string) => void;

/** What concerns one period of a number alone: whose it is, and where its calls go. */
export function lintLines(rules: RuleSet, context: LintContext): readonly Finding[] {
  const { areaCode } = rules.municipality;
  const numberOf = (raw: string): string | null => {
    const reading = readNumber(raw, areaCode);
    return reading.kind === 'number' ? reading.number : null;
  };
  const approved = new Set((context.approvedNumbers ?? []).map(numberOf));
  const known: Known = {
    numberOf,
    registered: new Set(rules.lines.map(({ number }) => numberOf(number))),
    protection: protectionOf(context.listed, areaCode),
    approved,
    queues: new Set(rules.queues.map(({ code }) => code)),
    staffed: new Set(context.agents.flatMap(({ queues }) => queues)),
    units: context.units === undefined ? null : new Set(context.units),
    trunks: new Set(rules.trunks.map(({ code }) => code)),
    generalQueue: rules.municipality.generalQueue,
  };
  return rules.lines.flatMap((line) => {
    const found: Finding[] = [];
    const say: Say = (code, field, zh, en) => {
      found.push(finding(code, { thing: 'line', key: lineKey(line), field }, zh, en));
    };
    lintOwner(line, known, say);
    lintDesk(line, known, say);
    lintUnused(line, say);
    lintGoodbye(line, context, say);
    if (line.mode === 'PARALLEL') lintParallel(line, known, say);
    return found;
  });
}

interface Known {
  readonly numberOf: (raw: string) => string | null;
  readonly registered: ReadonlySet<string | null>;
  readonly protection: ReturnType<typeof protectionOf>;
  readonly approved: ReadonlySet<string | null>;
  readonly queues: ReadonlySet<string>;
  readonly staffed: ReadonlySet<string>;
  readonly units: ReadonlySet<string> | null;
  readonly trunks: ReadonlySet<string>;
  readonly generalQueue: string;
}

function lintOwner({ number, unitCode, mode }: RuleLine, known: Known, say: Say): void {
  const protection = known.protection(number);
  if (protection?.rule === 'never') {
    const name = `${number}（${protection.name}）`;
    say('protected.never', 'number', `${name}不得归并`, `${number} is an emergency number`);
  } else if (protection !== null && !known.approved.has(known.numberOf(number))) {
    const zh = `${number}（${protection.name}）不在归并范围，${MODE_NAMES[mode]}须两名不同的审批人同意`;
    say(
      'protected.twoApprovers',
      'number',
      zh,
      `${number} is excluded from merging unless two persons approve`,
    );
  }
  if (known.units !== null && !known.units.has(unitCode)) {
    say('unit.unknown', 'unitCode', `单位 ${unitCode} 未登记`, `no unit ${unitCode} is known`);
  }
}

function lintDesk({ number, mode, queue, hours }: RuleLine, known: Known, say: Say): void {
  if (!known.queues.has(queue)) {
    say(
      'queue.unknown',
      'queue',
      `号码 ${number} 的队列 ${queue} 不存在`,
      `${number} leads to ${queue}, no queue`,
    );
    return;
  }
  if (mode !== 'DEDICATED') return;
  if (queue === known.generalQueue) {
    say(
      'desk.general',
      'queue',
      `专席号码 ${number} 由总席受理`,
      `the dedicated ${number} has no desk of its own`,
    );
  } else if (!known.staffed.has(queue)) {
    say(
      'desk.noAgent',
      'queue',
      `号码 ${number} 的专席 ${queue} ${hours === null ? '' : `在受理时间（${hours}）内`}没有话务员`,
      `the desk ${queue} has no agent${hours === null ? '' : ` in its hours (${hours})`}`,
    );
  }
}

/** Fields that mean something in one mode only: elsewhere somebody expects of them what does not happen. */
function lintUnused({ number, mode, hours, centreAddress, afterEnd }: RuleLine, say: Say): void {
  const unused = [
    ...(hours !== null && mode !== 'DEDICATED' ? (['hours'] as const) : []),
    ...(centreAddress !== null && mode !== 'SUBCENTER' ? (['centreAddress'] as const) : []),
    ...(afterEnd === 'goodbye' && mode !== 'TRANSITION' ? (['afterEnd'] as const) : []),
  ];
  for (const field of unused) {
    const zh = `${MODE_NAMES[mode]}号码 ${number} 不使用“${FIELD_NAMES.line[field]}”`;
    say('line.unusedField', field, zh, `${number} is ${mode}, which has no use for ${field}`);
  }
}

/** Whoever still dials a number that is no more must at least hear that it is. */
function lintGoodbye({ number, mode, afterEnd }: RuleLine, { prompts }: LintContext, say: Say): void {
  if (mode !== 'TRANSITION' || afterEnd !== 'goodbye' || prompts === undefined) return;
  const missing = INTERCEPT.filter((prompt) => !prompts.has(prompt));
  if (missing.length === 0) return;
  const zh = `号码 ${number} 期满后播报结束，但没有停用提示 ${missing.join('、')}`;
  const en = `callers of ${number} are to be told that it is no more, but there is no ${missing.join(', ')}`;
  say('transition.goodbyeSilent', 'afterEnd', zh, en);
}

function lintParallel({ number, unitNumber, trunk }: RuleLine, known: Known, say: Say): void {
  if (unitNumber === null || trunk === null) {
    const missing = unitNumber === null ? 'unitNumber' : 'trunk';
    const zh = `并行号码 ${number} 缺少${unitNumber === null ? '承办单位电话' : '中继'}`;
    say('parallel.incomplete', missing, zh, `the parallel ${number} lacks ${missing}`);
  }
  if (trunk !== null && !known.trunks.has(trunk)) {
    say('trunk.unknown', 'trunk', `中继 ${trunk} 未配置`, `no trunk ${trunk} is set up`);
  }
  if (unitNumber === null) return;
  const target = known.numberOf(unitNumber);
  if (target === null) {
    const zh = `承办单位电话“${unitNumber}”不是可拨打的号码`;
    say('parallel.unmatchable', 'unitNumber', zh, `“${unitNumber}” cannot be dialled`);
  } else if (known.protection(target)?.rule === 'never') {
    const zh = `号码 ${number} 的来电将直接接往紧急号码 ${target}`;
    say(
      'parallel.emergency',
      'unitNumber',
      zh,
      `calls to ${number} would go to the emergency number ${target}`,
    );
  } else if (known.registered.has(target)) {
    const zh = `承办单位电话 ${target} 是本平台登记的号码，来电将转回`;
    say('parallel.ringsBack', 'unitNumber', zh, `${target} is registered here: the call would come back`);
  }
}
