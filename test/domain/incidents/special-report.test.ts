import { expect, test } from 'vitest';
import {
  type BriefedAppeal,
  citizensOf,
  draftSpecialReport,
  type IncidentBrief,
  mostWithin,
} from '../../../src/domain/incidents/report-draft.ts';
import {
  decideSpecialReport,
  SPECIAL_REPORT_MOVES,
  SPECIAL_REPORT_STATES,
  type SpecialReportMove,
  tellingParagraphs,
  unwrittenParagraphs,
} from '../../../src/domain/incidents/special-report.ts';
import { type Actor, STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';

const MINUTE = 60_000;
const appeal = (minute: number, over: Partial<BriefedAppeal> = {}): BriefedAppeal => ({
  at: minute * MINUTE,
  citizen: `139${minute}`,
  name: '王建国',
  place: '掘港街道余荡村5组3号',
  content: '家中停水，请回电 13912345678',
  over: false,
  discreet: false,
  ...over,
});
const brief = (appeals: readonly BriefedAppeal[]): IncidentBrief => ({
  number: 'SJ20260912-0001',
  title: '余荡村停水',
  category: '供水',
  area: '余荡村',
  appeals,
  steps: [
    { at: 20 * MINUTE, words: '系统发现诉求集中：10 分钟内 5 件' },
    { at: 25 * MINUTE, words: '核实并启动处置：已向水厂核实。' },
  ],
});
const ordered = {
  unit: '县自来水公司',
  assists: ['县住建局'],
  demand: '立即抢修，22时前恢复，联系人13900001111',
  given: 4,
  at: 30 * MINUTE,
};
const draft = (appeals: readonly BriefedAppeal[]) =>
  draftSpecialReport(brief(appeals), ordered, '如东县', (ms) => `第${ms / MINUTE}分`);

test('HM-13: the draft says from the books how many, by how many, how fast, what was done and by whom; what it means is left to a person', () => {
  const text = draft([
    appeal(0),
    appeal(1, { citizen: '1390' }),
    appeal(9, { over: true }),
    appeal(10, { citizen: '' }),
    appeal(21, { citizen: '' }),
  ]);
  expect(text).toEqual({
    title: '关于余荡村供水类诉求集中反映的舆情专报',
    addressee: '中共如东县委员会、如东县人民政府',
    paragraphs: [
      '近期余荡村集中反映“余荡村停水”（事件编号SJ20260912-0001），现将有关情况专报如下。',
      '一、基本情况',
      '自第0分至第21分，12345热线共受理该类诉求5件，涉及诉求人4人，最多时十分钟内4件。目前已结1件，在办4件。',
      '二、事件经过',
      '第20分，系统发现诉求集中：10 分钟内 5 件。',
      '第25分，核实并启动处置：已向水厂核实。',
      '三、诉求摘录',
      ...[1, 2, 3].map((nth) => `（${nth}）余荡村：家中停水，请回电 139****78。`),
      '四、应急处置',
      '第30分，已将其中4件作为急件交县自来水公司主办，县住建局协办，要求：立即抢修，22时前恢复，联系人139****11。',
      '五、研判和建议',
      '（请补充原因研判、发展趋势和处置建议）',
    ],
  });
  expect(unwrittenParagraphs(text)).toEqual([13]);
  expect(tellingParagraphs(text)).toEqual([]);
  expect(
    tellingParagraphs({ ...text, paragraphs: ['一、基本情况', '致电13912345678。', '住余荡村5组12号。'] }),
  ).toEqual([1, 2]);
  expect(unwrittenParagraphs({ ...text, paragraphs: ['一、基本情况', '已恢复。'] })).toEqual([]);
});

test('what is kept from most is counted and never quoted; no door of anybody stands in a quotation', () => {
  const text = draft([appeal(0, { discreet: true, content: '举报某人' }), appeal(1, { discreet: true })]);
  expect(text.paragraphs.join('\n')).not.toMatch(/举报某人|家中停水|5组|3号/);
  expect(text.paragraphs).toContain('诉求涉密或不宜摘录。');
  expect(text.paragraphs[2]).toContain('诉求2件');
  expect(draft([appeal(0)]).paragraphs.join('\n')).not.toMatch(/5组|3号/);
  const himself = appeal(0, { content: '我是王建国，住余荡村5组12号，家中停水，电话13912345678' });
  expect(draft([himself]).paragraphs).toContain('（1）余荡村：我是某某，某处，家中停水，电话139****78。');
});

test('the course of an incident is told to its newest forty steps, with no number in them, and says how many are left out', () => {
  const many = Array.from({ length: 90 }, (_, nth) => ({
    at: nth * MINUTE,
    words: `第${nth}步，电话13912345678`,
  }));
  const { paragraphs } = draftSpecialReport(
    { ...brief([appeal(0)]), steps: many },
    ordered,
    '如东县',
    String,
  );
  expect(paragraphs.length).toBeLessThanOrEqual(100);
  expect(paragraphs).toContain('此前另有50项经过，见事件记录。');
  expect(paragraphs.filter((words) => words.includes('步，电话'))).toHaveLength(40);
  expect(paragraphs.join('')).not.toContain('13912345678');
});

test('the fastest ten minutes are found wherever they lie; who withheld his number is counted as one', () => {
  expect(mostWithin([])).toBe(0);
  expect(mostWithin([0, 1, 2].map((minute) => ({ at: minute * MINUTE })))).toBe(3);
  expect(mostWithin([0, 30, 31, 40, 41, 60].map((minute) => ({ at: minute * MINUTE })))).toBe(3);
  expect(citizensOf([{ citizen: '1' }, { citizen: '1' }, { citizen: '' }, { citizen: '' }])).toBe(3);
});

test('a draft is worked on and issued by those who may, once; nobody of a unit writes of himself', () => {
  const by = (role: Actor['roles'][number], unitCode: string | null = null): Actor => ({
    accountId: 'a',
    roles: [role],
    unitCode,
  });
  const may = (move: SpecialReportMove, from: 'draft' | 'issued' | 'discarded' | null) =>
    STAFF_ROLES.filter((role) => 'to' in decideSpecialReport({ move, from, actor: by(role) }));
  expect(may('write', null)).toEqual(['lead', 'operator', 'dispatcher', 'supervisor']);
  expect(may('edit', 'draft')).toEqual(['lead', 'operator', 'dispatcher', 'supervisor']);
  expect(may('issue', 'draft')).toEqual(['lead', 'supervisor']);
  for (const state of SPECIAL_REPORT_STATES.filter((one) => one !== 'draft')) {
    for (const { move } of SPECIAL_REPORT_MOVES) expect(may(move, state)).toEqual([]);
  }
  expect(decideSpecialReport({ move: 'write', from: null, actor: by('lead', 'water') })).toEqual({
    refusal: 'specialReport.ownUnit',
  });
});
