import { spokenMs } from '../ivr/spoken.ts';
import { HEARD_AT_MOST } from './announcement.ts';
import { areaCodeOf } from './caller-area.ts';
import type { Incident } from './incident.ts';

/** What is known beside the announcement itself. Numbers in the one spelling. */
export interface IncidentSurroundings {
  readonly nowMs: number;
  /** Numbers that are on the register. */
  readonly lines: readonly string[];
  /** Emergency and other protected numbers: nothing is ever put before them. */
  readonly protectedNumbers: readonly string[];
  /** Announcements that are live as well. */
  readonly live: readonly Incident[];
}

interface Words {
  readonly zh: string;
  readonly en: string;
}
export interface IncidentFinding {
  readonly code: IncidentFindingCode;
  /** error: is not started; warning, notice: is started and said. */
  readonly severity: 'error' | 'warning' | 'notice';
  readonly field: keyof Incident;
  readonly message: Words;
  readonly cure: Words;
}

/** GB/T 33358: a person within nine seconds. Longer than the other, and it is a broadcast. */
export const BEFORE_PERSON_MS = 9_000;
export const SPOKEN_AT_MOST_MS = 30_000;
/** The offer of a key, spoken behind. */
const OFFER_MS = 4_000;

export const INCIDENT_FINDINGS = {
  'announcement.textMissing': [
    'error',
    '写明发生了什么、预计何时恢复',
    'say what happened and when it should be over',
  ],
  'announcement.tooLong': [
    'error',
    `缩短到 ${SPOKEN_AT_MOST_MS / 1000} 秒以内`,
    `shorten it to ${SPOKEN_AT_MOST_MS / 1000} s`,
  ],
  'announcement.beforePerson': [
    'warning',
    '缩短文字，9 秒内转接人工',
    'shorten it: a person within nine seconds',
  ],
  'announcement.expired': ['error', '填写将来的截止时间', 'enter an end that is still to come'],
  'announcement.neverMatches': [
    'error',
    '放宽被叫号码或来电区域',
    'aim it at a line or an area that somebody can call from',
  ],
  'announcement.lineUnknown': ['warning', '核对被叫号码', 'check the called number'],
  'announcement.protectedLine': [
    'error',
    '从被叫号码中删除；紧急来电前不得播放任何通知',
    'leave it out: nothing is played before an emergency call',
  ],
  'announcement.mobilesLeftOut': [
    'notice',
    '如希望手机来电也听到，请选择向未知区域播放',
    'let callers of unknown area hear it, if mobiles shall',
  ],
  'announcement.tooMany': ['warning', '合并或撤回其中之一', 'withdraw one of them, or say both in one'],
} as const satisfies Readonly<Record<string, readonly [IncidentFinding['severity'], string, string]>>;
export type IncidentFindingCode = keyof typeof INCIDENT_FINDINGS;

function finding(code: IncidentFindingCode, field: keyof Incident, zh: string, en: string): IncidentFinding {
  const [severity, cureZh, cureEn] = INCIDENT_FINDINGS[code];
  return { code, severity, field, message: { zh, en }, cure: { zh: cureZh, en: cureEn } };
}

/** Whatever would make an announcement useless or hurtful, worst first. */
export function incidentFindings(
  incident: Incident,
  around: IncidentSurroundings,
): readonly IncidentFinding[] {
  const rank = { error: 0, warning: 1, notice: 2 } as const;
  return [
    ...textFindings(incident),
    ...timeFindings(incident, around),
    ...lineFindings(incident, around),
    ...areaFindings(incident),
    ...crowdFindings(incident, around),
  ].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function textFindings({ text, offerKey }: Incident): IncidentFinding[] {
  if (text.trim() === '')
    return [finding('announcement.textMissing', 'text', '没有文字', 'there is no text')];
  const ms = spokenMs(text) + (offerKey === null ? 0 : OFFER_MS);
  const seconds = Math.round(ms / 100) / 10;
  const zh = `约需 ${seconds} 秒${offerKey === null ? '' : '（含按键提示）'}`;
  const en = `it takes about ${seconds} s`;
  if (ms > SPOKEN_AT_MOST_MS) return [finding('announcement.tooLong', 'text', zh, en)];
  return ms > BEFORE_PERSON_MS ? [finding('announcement.beforePerson', 'text', zh, en)] : [];
}

function timeFindings({ fromMs, untilMs }: Incident, { nowMs }: IncidentSurroundings): IncidentFinding[] {
  if (untilMs <= nowMs) {
    return [finding('announcement.expired', 'untilMs', '截止时间已过', 'its end has passed')];
  }
  return untilMs > fromMs
    ? []
    : [finding('announcement.neverMatches', 'untilMs', '截止不晚于开始', 'it ends no later than it begins')];
}

function lineFindings({ lines }: Incident, around: IncidentSurroundings): IncidentFinding[] {
  if (lines === null) return [];
  const guarded = lines.filter((line) => around.protectedNumbers.includes(line));
  const unknown = lines.filter((line) => !around.lines.includes(line) && !guarded.includes(line));
  const found = guarded.map((line) =>
    finding('announcement.protectedLine', 'lines', `${line} 是受保护号码`, `${line} is a protected number`),
  );
  if (lines.length === unknown.length + guarded.length) {
    const zh = lines.length === 0 ? '没有选择被叫号码' : `${lines.join('、')} 均不是登记号码`;
    found.push(finding('announcement.neverMatches', 'lines', zh, 'no line on the register is meant'));
    return found;
  }
  return [
    ...found,
    ...unknown.map((line) =>
      finding('announcement.lineUnknown', 'lines', `${line} 未登记`, `${line} is not on the register`),
    ),
  ];
}

function areaFindings({ area }: Incident): IncidentFinding[] {
  if (area === null) return [];
  const { areaCodes, prefixes, numbers, unknownHear } = area;
  if (areaCodes.length + prefixes.length + numbers.length === 0 && !unknownHear) {
    return [finding('announcement.neverMatches', 'area', '没有任何来电区域', 'no caller is in such an area')];
  }
  const odd = areaCodes.filter((code) => areaCodeOf(`${code}88888888`) !== code);
  const found = odd.map((code) =>
    finding('announcement.neverMatches', 'area', `“${code}”不是区号`, `“${code}” is no area code`),
  );
  if (unknownHear) return found;
  const zh = '手机和未显示号码的来电看不出区域，不会听到';
  return [
    ...found,
    finding('announcement.mobilesLeftOut', 'area', zh, 'mobiles and withheld numbers will not hear it'),
  ];
}

function crowdFindings(incident: Incident, { live }: IncidentSurroundings): IncidentFinding[] {
  const together = live.filter(
    (other) =>
      other.id !== incident.id &&
      other.state === 'live' &&
      other.fromMs < incident.untilMs &&
      incident.fromMs < other.untilMs &&
      (other.lines === null ||
        incident.lines === null ||
        other.lines.some((line) => incident.lines?.includes(line))),
  );
  if (together.length < HEARD_AT_MOST) return [];
  const titles = together.map(({ title }) => `“${title}”`).join('、');
  const zh = `与 ${titles} 同时播放，每次来电最多播放 ${HEARD_AT_MOST} 条`;
  return [finding('announcement.tooMany', 'lines', zh, `no caller hears more than ${HEARD_AT_MOST} at once`)];
}
