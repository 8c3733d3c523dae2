import { CENTRE_EXAMPLE, readCentreAddress } from '../centre-address.ts';
import { protectionOf } from '../register/protected.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleLine, RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';

const SIP_PORT = 5_060;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)$/;

const at = (line: RuleLine, field: string): Finding['place'] => ({
  thing: 'line',
  key: lineKey(line),
  field,
});

/** 设分中心: whether a sub-centre's calls can be handed over, and not to ourselves. */
export function lintCentres(rules: RuleSet, context: LintContext): readonly Finding[] {
  const protection = protectionOf(context.listed, rules.municipality.areaCode);
  return rules.lines.flatMap((line) =>
    line.mode === 'SUBCENTER' ? lintCentre(line, protection, context) : [],
  );
}

function lintCentre(
  line: RuleLine,
  protection: ReturnType<typeof protectionOf>,
  context: LintContext,
): readonly Finding[] {
  const { number, centreAddress, trunk } = line;
  const findings: Finding[] = [];
  if (centreAddress === null || trunk === null) {
    const [field, zh] = centreAddress === null ? ['centreAddress', '分中心地址'] : ['trunk', '中继'];
    const en = `the sub-centre’s number ${number} lacks ${field}`;
    findings.push(finding('centre.incomplete', at(line, field), `分中心号码 ${number} 缺少${zh}`, en));
  }
  if (trunk !== null && context.trunks !== undefined && !context.trunks.includes(trunk)) {
    findings.push(
      finding('trunk.unknown', at(line, 'trunk'), `中继 ${trunk} 未配置`, `no trunk ${trunk} is set up`),
    );
  }
  if (centreAddress === null) return findings;
  const place = at(line, 'centreAddress');
  const centre = readCentreAddress(centreAddress);
  if (centre === null) {
    const zh = `号码 ${number} 的分中心地址“${centreAddress}”格式不符（${CENTRE_EXAMPLE}）`;
    return [...findings, finding('centre.malformed', place, zh, `“${centreAddress}” is no centre’s address`)];
  }
  const emergency = protection(centre.user);
  if (emergency?.rule === 'never') {
    const zh = `号码 ${number} 的来电将直接接往紧急号码 ${emergency.number}`;
    const en = `calls to ${number} would go to the emergency number ${centre.user}`;
    findings.push(finding('centre.emergency', place, zh, en));
  }
  const { ownSip } = context;
  if (ownSip === undefined || (centre.port ?? SIP_PORT) !== ownSip.port) return findings;
  if (LOOPBACK.test(centre.host) || ownSip.hosts.includes(centre.host)) {
    const zh = `号码 ${number} 的分中心地址 ${centreAddress} 是本中心`;
    findings.push(finding('centre.ringsBack', place, zh, `${centreAddress} is our own switch`));
  }
  return findings;
}
