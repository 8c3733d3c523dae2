import { expect, test } from 'vitest';
import { reasonInEnglish } from '../../../src/adapters/http/shapes/reason-english.ts';
import { DIAL_OUTCOME_NAMES } from '../../../src/domain/callbacks/dial-outcome.ts';
import { saidInWords } from '../../../src/domain/callbacks/visit-answers.ts';
import { VISIT_OUTCOME_NAMES } from '../../../src/domain/callbacks/visit-attempts.ts';
import { urgentWords } from '../../../src/domain/duty/urgent-notice.ts';
import { GRADE_ORDER } from '../../../src/domain/rating/grades.ts';
import { EXCLUSION_GROUND_NAMES, TRUTH_NAMES } from '../../../src/domain/tickets/exclusion.ts';

// What is in brackets or quotes here a person or the books wrote, in Latin letters: whatever is Chinese after it is the machine's.

const HAN = /\p{Script=Han}/u;

test('what came of visits, ratings and second visits, in every answer', () => {
  const answers = [true, false].flatMap((resolved) =>
    GRADE_ORDER.flatMap((result) =>
      GRADE_ORDER.map((process) => saidInWords({ resolved, result, process, words: '' })),
    ),
  );
  for (const by of ['回访', '自动回访', '链接回访', '市民评价', '独立复核回访', '独立复核推翻回访结果'])
    for (const said of answers) {
      expect(reasonInEnglish(`${by}：${said}`)).not.toMatch(HAN);
      expect(reasonInEnglish(`${by}：${said}；thanks`)).toMatch(/; thanks$/);
    }
  for (const outcome of [...Object.values(VISIT_OUTCOME_NAMES), '未能联系'])
    expect(reasonInEnglish(`自动回访：${outcome}`)).toMatch(/^Automatic visit: [ -~]+$/);
  expect(reasonInEnglish('回访：已解决，结果满意，过程非常不满意；谢谢')).toBe(
    'Return visit: solved, satisfied with the result, very dissatisfied with the way; 谢谢',
  );
});

test('every end of a call to somebody on call', () => {
  const ends = [
    ...(['received', 'machine', 'refused', 'notMade', 'untold'] as const).map((how) =>
      urgentWords(how, null),
    ),
    ...[null, ...DIAL_OUTCOME_NAMES].map((dial) => urgentWords('notReached', dial)),
  ];
  for (const end of ends) expect(reasonInEnglish(`急件电话通知：Li，${end}`)).not.toMatch(HAN);
  expect(reasonInEnglish('急件电话通知：与同一事件的T1一并通知，值班人员均未确认，已告知值班长')).toBe(
    'Urgent notice by telephone: told together with T1 of the same incident, nobody on call confirmed, the lead was told',
  );
  expect(
    reasonInEnglish('急件电话通知：Water值班人员均未确认，已呼叫4次 nobody on call confirmed, calls made: 4'),
  ).toBe('Urgent notice by telephone: Water, nobody on call confirmed, calls made: 4');
});

test('findings, exclusions, decisions, and what the clock does', () => {
  for (const truth of Object.values(TRUTH_NAMES)) {
    expect(reasonInEnglish(`诉求${truth}`)).not.toMatch(HAN);
    expect(reasonInEnglish(`诉求${truth}：seen on site`)).toMatch(/: seen on site$/);
  }
  for (const ground of Object.values(EXCLUSION_GROUND_NAMES))
    expect(reasonInEnglish(`申请剔除（${ground}）：law 3`)).not.toMatch(HAN);
  const own = [
    ...['同意剔除：ok', '不同意剔除：no', '撤回剔除申请：by us', '先行处置：gas', '会议纪要 3：to water'],
    ...['裁定 7 成为规则', '裁定 7 协办：help', '并入E1', '逾期未签收，系统自动签收', '期满自动归档'],
    ...['通过平台联系市民', '一日内未获同意，自动失效', '到期前未作决定，自动失效', '登记时注明'],
    ...['承办时限已到，系统自动催办', '承办时限将到，系统自动催办', '多次未能联系，已发送评价链接'],
    ...['市民对办理结果有异议，转热线复核', '同一地点同类诉求，自动并入'],
  ];
  expect(own.filter((one) => HAN.test(reasonInEnglish(one)))).toEqual([]);
});

test('what a person wrote stands as he wrote it', () => {
  for (const words of ['已与单位核实', '急件，请快办', '诉求人要求撤回', ''])
    expect(reasonInEnglish(words)).toBe(words);
});
