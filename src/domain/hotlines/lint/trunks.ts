import { normaliseNumber } from '../number.ts';
import type { RecognitionMethod, TrunkProfile } from '../trunk.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleLine, RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';

type Spelling = (number: string) => string;

const at = (key: string, field: keyof TrunkProfile | null = null): Finding['place'] => ({
  thing: 'trunk',
  key,
  field,
});

/** Can every number be recognised over some trunk, and by nothing that its carrier is not believed in? */
export function lintTrunks(rules: RuleSet, context: LintContext): readonly Finding[] {
  const { areaCode } = rules.municipality;
  const canonical: Spelling = (number) => normaliseNumber(number, areaCode) ?? number;
  const registered = new Set(rules.lines.map(({ number }) => canonical(number)));
  return [
    ...lintCodes(rules, context),
    ...rules.trunks.flatMap((trunk) => [
      ...lintTargets(trunk, canonical, registered),
      ...lintOrder(trunk),
      ...lintTrust(trunk, rules, canonical),
    ]),
    ...lintDids(rules.trunks, canonical),
    ...lintReach(rules, canonical),
  ];
}

function lintCodes({ trunks }: RuleSet, { trunks: atSwitch }: LintContext): readonly Finding[] {
  const findings: Finding[] = [];
  if (trunks.length === 0) {
    findings.push(
      finding(
        'trunk.none',
        { thing: 'municipality', key: '', field: null },
        '没有登记任何中继，来电的转移信息均不予采信',
        'no trunk is entered: what carriers write is believed of none',
      ),
    );
  }
  const seen = new Set<string>();
  for (const { code } of trunks) {
    if (seen.has(code)) {
      findings.push(finding('trunk.duplicate', at(code), `中继 ${code} 重复`, `trunk ${code} stands twice`));
    }
    seen.add(code);
    if (atSwitch !== undefined && !atSwitch.includes(code)) {
      const zh = `中继 ${code} 在交换侧没有配置`;
      findings.push(finding('trunk.notAtSwitch', at(code, 'code'), zh, `the switch has no trunk ${code}`));
    }
  }
  return findings;
}

/** A trunk or a DID must stand for a number that is registered. */
function lintTargets(
  trunk: TrunkProfile,
  canonical: Spelling,
  registered: ReadonlySet<string>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const { code, line, dids } = trunk;
  if (line !== null && !registered.has(canonical(line))) {
    const zh = `中继 ${code} 专属于 ${line}，该号码未登记`;
    findings.push(
      finding(
        'trunk.lineUnknown',
        at(code, 'line'),
        zh,
        `${code} belongs to ${line}, which is not registered`,
      ),
    );
  }
  for (const { did, line: target } of dids) {
    if (registered.has(canonical(target))) continue;
    const zh = `直拨号码 ${did} 对应 ${target}，该号码未登记`;
    findings.push(
      finding(
        'trunk.lineUnknown',
        at(code, 'dids'),
        zh,
        `DID ${did} leads to ${target}, which is not registered`,
      ),
    );
  }
  return findings;
}

/** One DID, one line, over whichever trunk. */
function lintDids(trunks: readonly TrunkProfile[], canonical: Spelling): readonly Finding[] {
  const findings: Finding[] = [];
  const known = new Map<string, string>();
  for (const { code, dids } of trunks) {
    const here = new Set<string>();
    for (const { did, line } of dids) {
      const [number, target] = [canonical(did), canonical(line)];
      const other = known.get(number);
      if (here.has(number) || (other !== undefined && other !== target)) {
        const zh = `直拨号码 ${did} 同时对应 ${other ?? target} 和 ${target}`;
        const en = `the DID ${did} stands for ${other ?? target} and for ${target}`;
        findings.push(finding('trunk.didTwice', at(code, 'dids'), zh, en));
      }
      here.add(number);
      known.set(number, other ?? target);
    }
  }
  return findings;
}

const FORWARDING = ['diversion', 'historyInfo', 'rdnis'] as const satisfies readonly RecognitionMethod[];

/** Without To at the end, a carrier that forgets its header turns every forwarded call into one to 12345. */
function lintOrder({ code, line, methods }: TrunkProfile): readonly Finding[] {
  if (line !== null || methods.includes('to')) return [];
  const zh = `中继 ${code} 的识别顺序缺少 To，运营商不带转移信息的来电将识别为主号码`;
  const en = `the order of ${code} lacks To: calls without a forwarding header are taken for the main number`;
  return [finding('trunk.noLastResort', at(code, 'methods'), zh, en)];
}

/** Forwarded numbers without a trunk or a DID of their own stand and fall with headers that are not believed. */
function lintTrust(trunk: TrunkProfile, rules: RuleSet, canonical: Spelling): readonly Finding[] {
  const { code, line, methods, trusts } = trunk;
  const asked = FORWARDING.filter((method) => methods.includes(method));
  if (line !== null || asked.length === 0 || asked.some((method) => trusts.includes(method))) return [];
  const promised = new Set(
    rules.trunks.flatMap((one) => [
      ...(one.line === null ? [] : [canonical(one.line)]),
      ...one.dids.map((entry) => canonical(entry.line)),
    ]),
  );
  const lost = [
    ...new Set(
      rules.lines
        .filter(({ mode, number }) => mode === 'FORWARD' && !promised.has(canonical(number)))
        .map(({ number }) => number),
    ),
  ];
  if (lost.length === 0) return [];
  const some = `${lost.slice(0, 5).join('、')}${lost.length > 5 ? ` 等 ${lost.length} 个` : ''}`;
  const zh = `中继 ${code} 的转移信息不予采信，经其转来的 ${some} 将识别为主号码`;
  const en = `nothing that ${code} says of forwardings is believed: ${lost.slice(0, 5).join(', ')} would be taken for the main number`;
  return [finding('trunk.untrustedForward', at(code, 'trusts'), zh, en)];
}

/** A number that no call can be recognised for: every trunk belongs to another one. */
function lintReach({ trunks, lines }: RuleSet, canonical: Spelling): readonly Finding[] {
  if (trunks.length === 0) return [];
  // The first to be asked is the trunk's owner: nobody else is ever asked.
  const shared = trunks.some(({ line, methods }) => line === null || methods[0] !== 'trunk');
  if (shared) return [];
  const owners = new Set(trunks.flatMap(({ line }) => (line === null ? [] : [canonical(line)])));
  const told = new Set<string>();
  return lines.flatMap((line: RuleLine) => {
    const number = canonical(line.number);
    if (owners.has(number) || told.has(number)) return [];
    told.add(number);
    const place = { thing: 'line', key: lineKey(line), field: 'number' } as const;
    const zh = `所有中继都专属于其他号码，${line.number} 的来电无法识别`;
    const en = `every trunk belongs to another number: no call is ever taken for ${line.number}`;
    return [finding('line.unreachable', place, zh, en)];
  });
}
