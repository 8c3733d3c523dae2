// What the machine itself writes as the reason of a line stands in the books in the town's language, under the chain of the time
// line. Who reads English is told it in English, and whatever a person wrote as he wrote it.

import { VISIT_OUTCOME_NAMES } from '../../../domain/callbacks/visit-attempts.ts';
import { GRADES } from '../../../domain/rating/grades.ts';
import { EXCLUSION_GROUND_NAMES, TRUTH_NAMES } from '../../../domain/tickets/exclusion.ts';

/** All that it is, of the machine's own words. */
const WHOLE: Readonly<Record<string, string>> = {
  '逾期未签收，系统自动签收': 'Not signed for in time: signed for by the system',
  期满自动归档: 'Archived by itself, its time being over',
  通过平台联系市民: 'The citizen was called through the platform',
  '一日内未获同意，自动失效': 'Nobody agreed within a day: lapsed by itself',
  '到期前未作决定，自动失效': 'Not decided before the time was over: lapsed by itself',
  '承办时限已到，系统自动催办': 'The time of handling is over: urged by the system',
  '承办时限将到，系统自动催办': 'The time of handling is nearly over: urged by the system',
  '多次未能联系，已发送评价链接': 'Not reached several times: a link for rating was sent',
  '市民对办理结果有异议，转热线复核': 'The citizen disputes the result: to be looked at by the hotline',
  '同一地点同类诉求，自动并入': 'Appeals of one kind at one place: joined by itself',
  登记时注明: 'Named at registration',
};

/** How calls to somebody on call went. */
const CALLED: Readonly<Record<string, string>> = {
  已按1确认收到: 'confirmed by key 1',
  未接通: 'not put through',
  '接通后无按键（可能为语音信箱）': 'answered without a key, perhaps a voice box',
  接通后未按1确认: 'answered, and not confirmed by key 1',
  未能拨出: 'could not be called',
  '结果不明，按未确认处理': 'outcome unknown, taken for not confirmed',
  未按键确认: 'not confirmed by key',
  无人接听: 'no answer',
  占线: 'busy',
  拒接: 'rejected',
  关机或无法接通: 'switched off or out of reach',
  语音信箱: 'voice box',
  非本人: 'somebody else answered',
  线路故障: 'trouble of the line',
  已取消: 'called off',
  值班人员已按1确认收到: 'who was on call confirmed by key 1',
  '值班人员均未确认，已告知值班长': 'nobody on call confirmed, the lead was told',
};

/** By what the books call each of these. */
function byName<K extends string>(
  names: Readonly<Record<K, string>>,
  english: Readonly<Record<NoInfer<K>, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries<string>(names).map(([key, name]) => [name, english[key as K]]));
}

/** What came of a visit that got no answers. */
const VISITED: Readonly<Record<string, string>> = {
  未能联系: 'not reached',
  ...byName(VISIT_OUTCOME_NAMES, {
    answered: 'answered',
    refused: 'declined',
    noAnswer: 'no answer',
    busy: 'busy',
    switchedOff: 'switched off or out of service',
    wrongNumber: 'wrong number',
    callLater: 'asked to be called at another time',
    givenUp: 'not reached several times',
    machine: 'voice box, or nobody spoke',
    wrongPerson: 'somebody else answered',
    brokenOff: 'broken off',
    toPerson: 'went on to a person',
  }),
};
const BY: Readonly<Record<string, string>> = {
  回访: 'Return visit',
  自动回访: 'Automatic visit',
  链接回访: 'Visit by link',
  市民评价: 'Rated by the citizen',
  独立复核回访: 'Second visit by another person',
  独立复核推翻回访结果: 'The second visit overturns the first',
};
const TRUTHS = byName(TRUTH_NAMES, { true: 'true', partly: 'partly true', untrue: 'untrue' });
const GROUNDS = byName(EXCLUSION_GROUND_NAMES, {
  untrue: 'the appeal is untrue',
  unlawful: 'it asks for what the law forbids',
  unreasonable: 'it asks for more than is reasonable',
  repeated: 'the same matter again',
  policyBound: 'policy sets the limit, and it was explained',
});
const EXCLUSION_MOVES: Readonly<Record<string, string>> = {
  同意剔除: 'Exclusion agreed',
  不同意剔除: 'Exclusion refused',
  撤回剔除申请: 'Request for exclusion withdrawn',
};

const oneOf = (words: Readonly<Record<string, string>>): string => `(${Object.keys(words).join('|')})`;
const told = (words: Readonly<Record<string, string>>, word = ''): string => words[word] ?? word;
const GRADE_WORDS = Object.fromEntries(Object.values(GRADES).map(({ zh, en }) => [zh, en]));
const said = (sep: string, words = ''): string => (words === '' ? '' : `${sep}${words}`);

/** A frame of the machine's around words of a person, a number or a name. */
const FRAMES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    new RegExp(`^${oneOf(BY)}：(已解决|未解决)，结果(.+?)，过程([^；]+)(?:；(.*))?$`, 's'),
    (by, solved, result, process, words) =>
      `${told(BY, by)}: ${solved === '已解决' ? 'solved' : 'not solved'}, ${told(GRADE_WORDS, result)} with the result, ${told(GRADE_WORDS, process)} with the way${said('; ', words)}`,
  ],
  [
    new RegExp(`^${oneOf(BY)}：${oneOf(VISITED)}$`),
    (by, outcome) => `${told(BY, by)}: ${told(VISITED, outcome)}`,
  ],
  [
    new RegExp(`^急件电话通知：与同一事件的(.+?)一并通知，${oneOf(CALLED)}$`),
    (number, how) =>
      `Urgent notice by telephone: told together with ${number} of the same incident, ${told(CALLED, how)}`,
  ],
  [
    new RegExp(`^急件电话通知：(.+)，${oneOf(CALLED)}$`),
    (name, how) => `Urgent notice by telephone: ${name}, ${told(CALLED, how)}`,
  ],
  [
    // It holds its English beside it.
    /^急件电话通知：(.+?)(?:未设值班表|当前无人值班|无人值班|值班人员均未确认(?:，已呼叫\d+次)?) ([ -~]+)$/,
    (unit, why) => `Urgent notice by telephone: ${unit}, ${why}`,
  ],
  [
    new RegExp(`^诉求${oneOf(TRUTHS)}(?:：(.*))?$`, 's'),
    (truth, evidence) => `The appeal is ${told(TRUTHS, truth)}${said(': ', evidence)}`,
  ],
  [
    new RegExp(`^申请剔除（${oneOf(GROUNDS)}）：(.*)$`, 's'),
    (ground, evidence) => `Exclusion asked for (${told(GROUNDS, ground)}): ${evidence}`,
  ],
  [
    new RegExp(`^${oneOf(EXCLUSION_MOVES)}：(.*)$`, 's'),
    (move, words) => `${told(EXCLUSION_MOVES, move)}: ${words}`,
  ],
  [/^先行处置：(.*)$/s, (hazard) => `Interim handling: ${hazard}`],
  [/^会议纪要 (\S+)：(.*)$/s, (number, words) => `Minutes ${number}: ${words}`],
  [/^裁定 (\S+) 成为规则$/, (number) => `Decision ${number} became a rule`],
  [/^裁定 (\S+) 协办：(.*)$/s, (number, words) => `Assisting by decision ${number}: ${words}`],
  [/^并入(\S+)$/, (number) => `Joined to ${number}`],
];

/** The reason of a line as it is told in English. What holds no words of the machine is as it was written. */
export function reasonInEnglish(reason: string): string {
  const whole = WHOLE[reason];
  if (whole !== undefined) return whole;
  for (const [frame, english] of FRAMES) {
    const found = frame.exec(reason);
    if (found !== null) return english(...found.slice(1).map((part) => part ?? ''));
  }
  return reason;
}
