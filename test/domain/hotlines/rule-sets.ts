import fc from 'fast-check';
import { momentsOf } from '../../../src/app/calls/local-moments.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import type { AgentProfile, Line, Queue } from '../../../src/domain/hotlines/configuration.ts';
import { AFTER_ENDS, MODES } from '../../../src/domain/hotlines/mode.ts';
import { LAST_RESORTS, QUEUE_BEFORE } from '../../../src/domain/hotlines/queue.ts';
import {
  DEFAULT_TRUNK,
  DIALLED_ENTRIES,
  RECOGNITION_METHODS,
  TRUSTED_HEADERS,
  type TrunkProfile,
} from '../../../src/domain/hotlines/trunk.ts';
import {
  configurationOf,
  type RuleLine,
  type RuleSet,
  routedLine,
} from '../../../src/domain/hotlines/versions/rule-set.ts';
import type { Menu } from '../../../src/domain/ivr/menu.ts';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { withSurgeKey } from '../../../src/domain/ivr/surge-key.ts';
import { RATING_WAYS } from '../../../src/domain/rating/grades.ts';

// Rule sets for tests: one that is in order, and generators of better and worse ones.

export const line = (number: string, mode: RuleLine['mode'], more: Partial<RuleLine> = {}): RuleLine => ({
  number,
  name: `热线${number}`,
  unitCode: 'unit',
  unitName: '单位',
  mode,
  validFrom: '2020-04-28',
  validTo: null,
  queue: 'general',
  unitNumber: null,
  trunk: null,
  greeting: null,
  menu: null,
  skills: null,
  afterEnd: 'connect',
  hours: null,
  centreAddress: null,
  basis: '',
  area: '',
  ...more,
});
/** The same, as calls go by it. */
export const routed = (number: string, mode: Line['mode'], more: Partial<Line> = {}): Line => ({
  ...routedLine(line(number, mode)),
  ...more,
});
export const queue = (code: string, more: Partial<Queue> = {}): Queue => ({
  code,
  name: code,
  ...QUEUE_BEFORE,
  overflowQueue: code === 'general' ? null : 'general',
  overflowAfterMs: code === 'general' ? null : 20_000,
  ringTimeoutMs: 15_000,
  wrapUpMs: 30_000,
  rating: 'off',
  callback: null,
  ...more,
});
export const agent = (number: string, ...queues: string[]): AgentProfile => ({
  agentId: `agent-${number}`,
  number,
  displayName: number,
  phone: `phone-${number}`,
  queues,
  employer: 'platform',
});

export const RULES: RuleSet = {
  municipality: {
    name: '如东县',
    areaCode: '0513',
    timeZone: 'Asia/Shanghai',
    mainNumber: '12345',
    generalQueue: 'general',
  },
  lines: [
    line('12345', 'MAIN'),
    line('12319', 'FORWARD'),
    line('12316', 'TRANSITION', { validFrom: '2026-10-28', validTo: '2027-01-28' }),
    line('12369', 'DEDICATED', { queue: 'desk-12369' }),
    line('12348', 'PARALLEL', { unitNumber: '051384139001', trunk: 'carrier' }),
  ],
  queues: [queue('general'), queue('desk-12369')],
  menus: [],
  trunks: [DEFAULT_TRUNK],
};
/** The rules as calls go by them: tests replace in it what they are about. */
export const CONFIGURATION = configurationOf(RULES, { version: 1, publishedAt: '2026-11-23T00:00:00Z' }, []);
/** Moments in Rudong, by the announced working days. */
export const moment = momentsOf(CONFIGURATION);
export const AGENTS = [agent('1001', 'general'), agent('1005', 'desk-12369')];

export const withLines = (...more: RuleLine[]): RuleSet => ({ ...RULES, lines: [...RULES.lines, ...more] });
/** The rules with one line replaced by what `change` makes of it. */
export const changing = (number: string, change: Partial<RuleLine>): RuleSet => ({
  ...RULES,
  lines: RULES.lines.map((one) => (one.number === number ? { ...one, ...change } : one)),
});

const isSound = ({ nodes }: Menu): boolean =>
  new Set(nodes.map(({ id }) => id)).size === nodes.length && nodes.length === 1;
const classic = classicMenu({ general: 'general', complaint: 'desk-a' });
const [startNode] = classic.nodes;
/** Menus with the same code that differ by a node, a text, a surge key, the order, an id that stands twice. */
export const MENUS: readonly Menu[] = [
  classic,
  classicMenu({ general: 'desk-b' }),
  straightToAPerson('general'),
  withSurgeKey(classic, {
    code: 'flood',
    label: '防汛',
    key: '7',
    queue: 'desk-a',
    announcement: '防汛请按7。',
    until: '2026-12-01T00:00:00+08:00',
  }),
  ...(startNode === undefined
    ? []
    : [
        { ...classic, nodes: [startNode, { ...startNode, id: 'b', name: '乙' }, { ...startNode, id: 'b' }] },
        {
          ...classic,
          nodes: [{ ...startNode, id: 'a' }, startNode],
          texts: { 'menu-person': '人工请按0。' },
        },
      ]),
];
/** One of each code, in order and no more than that: what may be published, with other words, desks and keys. */
const orderlyMenus: fc.Arbitrary<readonly Menu[]> = fc
  .tuple(
    fc.option(fc.constantFrom(...MENUS.filter((menu) => menu.code === classic.code && isSound(menu)))),
    fc.option(fc.constantFrom('general', 'desk-b').map(straightToAPerson)),
    fc.constantFrom('人工服务请按零。', '转人工请按零。'),
  )
  .map(([first, second, text]) => [
    ...(first === null ? [] : [{ ...first, texts: { ...first.texts, 'menu-person': text } }]),
    ...(second === null ? [] : [second]),
  ]);
const anyMenus: fc.Arbitrary<readonly Menu[]> = fc.array(fc.constantFrom(...MENUS), { maxLength: 3 });

const NUMBERS = [
  '12345',
  '12319',
  '12316',
  '12369',
  '110',
  '12388',
  '84110001',
  '051384110001',
  '95598',
  'x',
];
const QUEUES = ['general', 'desk-a', 'desk-b', 'nowhere'];
const DAYS = ['2020-04-28', '2020-07-28', '2026-01-01', '2026-11-23', '2027-03-01'];

/** Anything an operator's draft may hold. */
export const anyLine: fc.Arbitrary<RuleLine> = fc.record({
  number: fc.constantFrom(...NUMBERS),
  name: fc.constantFrom('甲', '乙'),
  unitCode: fc.constantFrom('unit', 'other'),
  unitName: fc.constantFrom('单位', '另一单位'),
  mode: fc.constantFrom(...MODES),
  validFrom: fc.constantFrom(...DAYS),
  validTo: fc.constantFrom(null, ...DAYS),
  queue: fc.constantFrom(...QUEUES),
  unitNumber: fc.constantFrom(null, '051384139001', '12345'),
  trunk: fc.constantFrom(null, 'carrier'),
  greeting: fc.constantFrom(null, 'own'),
  skills: fc.constantFrom(null, 'en', 'wu:2?'),
  menu: fc.constantFrom(null, 'classic-menu', 'straight-to-a-person', 'nowhere'),
  afterEnd: fc.constantFrom(...AFTER_ENDS),
  hours: fc.constantFrom(null, '08:30-17:30 workdays', '22:00-06:00', 'nonsense'),
  centreAddress: fc.constantFrom(null, 'sip:12333@10.1.2.3', 'sip:x@y'),
  basis: fc.constantFrom('', 'RD-05'),
  area: fc.constantFrom('', '掘港街道'),
});
export const anyQueue: fc.Arbitrary<Queue> = fc.record({
  code: fc.constantFrom('general', 'desk-a', 'desk-b'),
  name: fc.constantFrom('总席', '专席'),
  overflowQueue: fc.constantFrom(null, ...QUEUES),
  overflowAfterMs: fc.constantFrom(null, 20_000),
  ringTimeoutMs: fc.constantFrom(15_000, 20_000),
  wrapUpMs: fc.constantFrom(0, 30_000),
  rating: fc.constantFrom(...RATING_WAYS),
  overflowWaiting: fc.constantFrom(null, 3),
  overflowLongestMs: fc.constantFrom(null, 60_000),
  overflowUnstaffed: fc.boolean(),
  priority: fc.constantFrom(1, 5, 9),
  skills: fc.constantFrom(null, 'en', 'wu:2?'),
  ownerFirstMs: fc.constantFrom(0, 20_000),
  tellsPlace: fc.boolean(),
  placeEveryMs: fc.constantFrom(30_000, 60_000),
  lastResort: fc.constantFrom(...LAST_RESORTS),
  lastResortAfterMs: fc.constantFrom(null, 300_000),
  callback: fc.constantFrom(null, USUAL_CALLBACK_RULE),
});
export const anyTrunk: fc.Arbitrary<TrunkProfile> = fc.record({
  code: fc.constantFrom('carrier', 'mobile', 'own'),
  name: fc.constantFrom('运营商中继', '移动'),
  carrier: fc.constantFrom('', '移动'),
  methods: fc.shuffledSubarray([...RECOGNITION_METHODS]),
  line: fc.constantFrom(null, null, '12319', '12345'),
  dids: fc.array(
    fc.record({ did: fc.constantFrom('80001234', '80005678'), line: fc.constantFrom('12319', '12369', '1') }),
    { maxLength: 2 },
  ),
  trusts: fc.subarray([...TRUSTED_HEADERS]),
  dialledEntry: fc.constantFrom(...DIALLED_ENTRIES),
});
export const anyRules: fc.Arbitrary<RuleSet> = fc.record({
  municipality: fc.record({
    name: fc.constantFrom('如东县', '海门市'),
    areaCode: fc.constantFrom('0513', '010'),
    timeZone: fc.constant('Asia/Shanghai'),
    mainNumber: fc.constantFrom('12345', '12319'),
    generalQueue: fc.constantFrom('general', 'desk-a'),
  }),
  lines: fc.array(anyLine, { maxLength: 8 }),
  queues: fc.array(anyQueue, { maxLength: 4 }),
  menus: anyMenus,
  trunks: fc.array(anyTrunk, { maxLength: 3 }),
});

/** Mostly in order, so that a good part of it passes the linter: one period a number, queues that exist. */
export const orderlyRules: fc.Arbitrary<RuleSet> = fc
  .record({
    modes: fc.array(
      fc.tuple(
        fc.constantFrom('12319', '12316', '12369', '12348', '051384110001', '95598', '4008123456'),
        fc.constantFrom('FORWARD', 'TRANSITION', 'DEDICATED', 'PARALLEL', 'MERGED', 'SUBCENTER'),
        fc.constantFrom(...DAYS),
        fc.constantFrom('general', 'desk-a', 'desk-b'),
        fc.constantFrom('051384139001', '84139002', '02088880000', '+86 513 84139003', '12319'),
        fc.constantFrom(
          'sip:12366@10.1.2.3',
          'sip:800@centre.cn:5080',
          'sip:12319@10.1.2.4',
          'sip:84139002@10.1.2.5',
        ),
        fc.constantFrom(null, '08:30-17:30 workdays', '22:00-06:00', 'Mon-Fri until 2027-01-01T00:00+08:00'),
        fc.constantFrom(...AFTER_ENDS),
        fc.constantFrom(null, 'classic-menu', 'straight-to-a-person'),
      ),
      { maxLength: 7 },
    ),
    menus: orderlyMenus,
    overflow: fc.constantFrom('general', 'desk-b'),
    spelling: fc.constantFrom('', '0513'),
  })
  .map(({ modes, menus, overflow, spelling }) => {
    const seen = new Set<string>();
    const known = (menu: string | null): string | null =>
      menus.find(({ code }) => code === menu)?.code ?? null;
    const lines = modes.flatMap(
      ([number, mode, validFrom, desk, unitNumber, centreAddress, hours, afterEnd, menu]) => {
        if (seen.has(number)) return [];
        seen.add(number);
        const end: Partial<RuleLine> =
          mode === 'TRANSITION' ? { validTo: `${validFrom.slice(0, 4)}-12-31`, afterEnd } : {};
        const unit: Partial<RuleLine> = mode === 'PARALLEL' ? { unitNumber, trunk: 'carrier' } : {};
        const centre: Partial<RuleLine> = mode === 'SUBCENTER' ? { centreAddress, trunk: 'carrier' } : {};
        const open: Partial<RuleLine> = mode === 'DEDICATED' ? { hours } : {};
        return [
          line(number, mode, {
            validFrom,
            queue: desk,
            menu: known(menu),
            ...end,
            ...unit,
            ...centre,
            ...open,
          }),
        ];
      },
    );
    return {
      ...RULES,
      municipality: { ...RULES.municipality, mainNumber: `${spelling}12345` },
      lines: [line('12345', 'MAIN'), ...lines],
      queues: [queue('general'), queue('desk-a', { overflowQueue: overflow }), queue('desk-b')],
      menus,
    };
  });

/** In order but for one thing: a line more, a queue replaced by any other, another line made the main one. */
export const flawedRules: fc.Arbitrary<RuleSet> = fc
  .tuple(orderlyRules, anyLine, anyQueue, fc.constantFrom('line', 'queue', 'main', 'general'))
  .map(([rules, stray, other, flaw]) => {
    const { municipality, lines, queues } = rules;
    switch (flaw) {
      case 'line':
        return { ...rules, lines: [...lines, stray] };
      case 'queue':
        return { ...rules, queues: [...queues.filter(({ code }) => code !== other.code), other] };
      case 'main':
        return { ...rules, municipality: { ...municipality, mainNumber: lines.at(-1)?.number ?? '' } };
      default:
        return { ...rules, municipality: { ...municipality, generalQueue: other.code } };
    }
  });
