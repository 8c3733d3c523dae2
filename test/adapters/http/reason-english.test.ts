import { expect, test } from 'vitest';
import { reasonInEnglish } from '../../../src/adapters/http/shapes/reason-english.ts';
import { DIAL_OUTCOME_NAMES } from '../../../src/domain/callbacks/dial-outcome.ts';
import { saidInWords } from '../../../src/domain/callbacks/visit-answers.ts';
import { VISIT_OUTCOME_NAMES } from '../../../src/domain/callbacks/visit-attempts.ts';
import {
  UNCONFIRMED,
  URGENT_ENDS,
  unconfirmedAfter,
  urgentWords,
} from '../../../src/domain/duty/urgent-notice.ts';
import { GRADE_ORDER } from '../../../src/domain/rating/grades.ts';
import {
  EXCLUSION_GROUND_NAMES,
  EXCLUSION_MOVE_NAMES,
  TRUTH_NAMES,
} from '../../../src/domain/tickets/exclusion.ts';
import { ASKED_BY, NOT_REACHED, OWN_FRAMES, OWN_REASONS } from '../../../src/domain/tickets/own-reasons.ts';

// What is in brackets or quotes here a person or the books wrote, in Latin letters: whatever is Chinese after it is the machine's.

const HAN = /\p{Script=Han}/u;

test('what came of visits, ratings and second visits, in every answer', () => {
  const answers = [true, false].flatMap((resolved) =>
    GRADE_ORDER.flatMap((result) =>
      GRADE_ORDER.map((process) => saidInWords({ resolved, result, process, words: '' })),
    ),
  );
  for (const by of Object.values(ASKED_BY))
    for (const said of answers) {
      const reason = OWN_FRAMES.said(by, said);
      expect(reasonInEnglish(OWN_FRAMES.more(reason, ''))).not.toMatch(HAN);
      expect(reasonInEnglish(OWN_FRAMES.more(reason, 'thanks'))).toMatch(/^[ -~]+; thanks$/);
    }
  for (const outcome of [...Object.values(VISIT_OUTCOME_NAMES), NOT_REACHED])
    expect(reasonInEnglish(OWN_FRAMES.said(ASKED_BY.machine, outcome))).toMatch(/^Automatic visit: [ -~]+$/);
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
  for (const end of ends) expect(reasonInEnglish(OWN_FRAMES.urgentCalled('Li', end))).not.toMatch(HAN);
  for (const end of [URGENT_ENDS.receivedTogether, URGENT_ENDS.unansweredTogether])
    expect(reasonInEnglish(OWN_FRAMES.urgentTogether('T1', end))).toMatch(
      /^Urgent notice by telephone: told together with T1 of the same incident, [ -~]+$/,
    );
  for (const { zh, en } of [...Object.values(UNCONFIRMED), unconfirmedAfter(4)])
    expect(reasonInEnglish(OWN_FRAMES.urgentUnanswered('Water', zh, en))).toBe(
      `Urgent notice by telephone: Water, ${en}`,
    );
  expect(
    reasonInEnglish('急件电话通知：Water值班人员均未确认，已呼叫4次 nobody on call confirmed, calls made: 4'),
  ).toBe('Urgent notice by telephone: Water, nobody on call confirmed, calls made: 4');
});

test('findings, exclusions, decisions, and what the clock does', () => {
  for (const truth of Object.values(TRUTH_NAMES).map(OWN_FRAMES.truth)) {
    expect(reasonInEnglish(truth)).not.toMatch(HAN);
    expect(reasonInEnglish(OWN_FRAMES.said(truth, 'seen on site'))).toMatch(/^[ -~]+: seen on site$/);
  }
  const own = [
    ...Object.values(OWN_REASONS),
    ...Object.values(EXCLUSION_GROUND_NAMES).map((ground) => OWN_FRAMES.exclusionAsked(ground, 'law 3')),
    ...Object.values(EXCLUSION_MOVE_NAMES).map((move) => OWN_FRAMES.said(move, 'ok')),
    ...[OWN_FRAMES.interim('gas'), OWN_FRAMES.minutes('3', 'to water'), OWN_FRAMES.becameRule('7')],
    ...[OWN_FRAMES.assists('7', 'help'), OWN_FRAMES.joined('E1')],
  ];
  expect(own.filter((one) => HAN.test(reasonInEnglish(one)))).toEqual([]);
});

test('what stands in the books of earlier releases is still told', () => {
  const written = [
    ...['同意剔除：ok', '撤回剔除申请：by us', '先行处置：gas', '会议纪要 3：to water', '裁定 7 成为规则'],
    ...['裁定 7 协办：help', '并入E1', '逾期未签收，系统自动签收', '期满自动归档', '诉求属实：seen'],
  ];
  expect(written.filter((one) => HAN.test(reasonInEnglish(one)))).toEqual([]);
});

test('what a person wrote stands as he wrote it', () => {
  for (const words of ['已与单位核实', '急件，请快办', '诉求人要求撤回', ''])
    expect(reasonInEnglish(words)).toBe(words);
});
