import { Type } from '@fastify/type-provider-typebox';
import { AFTER_ENDS, MODES } from '../../../domain/hotlines/mode.ts';
import { LAST_RESORTS } from '../../../domain/hotlines/queue.ts';
import { HOURS_AT_MOST, HOURS_EXAMPLE } from '../../../domain/hotlines/register/read-hours.ts';
import { DIALLED_ENTRIES, RECOGNITION_METHODS, TRUSTED_HEADERS } from '../../../domain/hotlines/trunk.ts';
import type { FieldValue } from '../../../domain/hotlines/versions/content.ts';
import { VERSION_STATES } from '../../../domain/hotlines/versions/life.ts';
import type { Menu } from '../../../domain/ivr/menu.ts';
import { RATING_WAYS } from '../../../domain/rating/grades.ts';
import { ASK_AT_MOST, ASK_EXAMPLE } from '../../../domain/skills/skills.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { Code, Day, DialledNumber, exactly, Instant, NUMBER_AT_MOST, nullable, oneOf } from './elements.ts';

const Text = (max: number, description: string) => Type.String({ maxLength: max, description });
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE, description: '名称' });
const Duration = (most: number, description: string) =>
  Type.Integer({ minimum: 0, maximum: most, description });

export const VersionRef = Type.String({
  pattern: '^([0-9]{1,9}|published|[0-9a-f-]{36})$',
  description: '版本号、published（现行版本）或版本 id',
  examples: ['7'],
});
export const VersionParams = exactly({ version: VersionRef });
export const Revision = Type.Integer({
  minimum: 1,
  maximum: NUMBER_AT_MOST,
  description: '编辑时所见的修订号；他人已改则拒绝',
});
export const OptionalReason = Type.Optional(Type.String({ maxLength: 500, description: '理由，记入历史' }));
export const Moment = Type.String({
  format: 'date-time',
  description: '带时区的时刻',
  examples: ['2026-12-01T08:00:00+08:00'],
});

/** Read field by field where it is taken in: its faults say where and what belongs there (`rules.menuInvalid`). */
export const MenuShape = Type.Unsafe<Menu>({
  type: 'object',
  description: '菜单：code、name、languages、start、nodes、texts',
  required: ['code', 'nodes'],
  additionalProperties: true,
});
export const MenuCode = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$', description: '菜单代码' });

const Skills = nullable(
  Text(
    ASK_AT_MOST,
    `技能要求，带问号者为优先、不强求；${ASK_EXAMPLE}。同一技能写几个优先等级即为梯队（即其他系统的 penalty）：desk?, desk:2? 先派 2 级，再派 1 级，最后派其他人`,
  ),
);

const lineFields = {
  name: Name,
  unitCode: Code,
  unitName: Text(100, '承办单位；已登记的单位以登记名称为准'),
  mode: oneOf(MODES),
  validFrom: Day,
  validTo: nullable(Day),
  queue: Code,
  unitNumber: nullable(DialledNumber),
  trunk: nullable(Type.String({ minLength: 1, maxLength: 40, description: '中继' })),
  greeting: nullable(Type.String({ minLength: 1, maxLength: 60, description: '语音名' })),
  menu: nullable(MenuCode),
  skills: Skills,
  afterEnd: oneOf(AFTER_ENDS, { description: '短期过渡期满后：播报并转接，或播报后结束' }),
  hours: nullable(Text(HOURS_AT_MOST, `专席的受理时间，其余时间由总席受理；${HOURS_EXAMPLE}`)),
  centreAddress: nullable(Text(300, '分中心的 SIP 地址，如 sip:12333@10.1.2.3')),
  basis: Text(500, '依据：文件、协议'),
  area: Text(100, '使用区域'),
};
/** Files exported by earlier releases lack them. */
const { afterEnd, hours, centreAddress, skills } = lineFields;
const laterFields = {
  afterEnd: Type.Optional(afterEnd),
  hours: Type.Optional(hours),
  centreAddress: Type.Optional(centreAddress),
  skills: Type.Optional(skills),
};
const RATING_WORDS =
  '通话后评价：off 不评价；keys 话务员先挂机时按键评价；keysOrMessage 另向先挂机的市民发短信';
const firstQueueFields = {
  name: Name,
  overflowQueue: nullable(Code),
  overflowAfterMs: nullable(Duration(3_600_000, '溢出等待，毫秒')),
  ringTimeoutMs: Type.Integer({ minimum: 3000, maximum: 60_000, description: '振铃时限，毫秒' }),
  wrapUpMs: Duration(600_000, '整理时长，毫秒'),
};
const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1439, description: '当日第几分钟' });
const CallbackRuleShape = exactly({
  afterWaitMs: nullable(Duration(3_600_000, '等待多久后提示可回呼，毫秒')),
  aboveEstimateMs: nullable(Duration(3_600_000, '预计等待超过多少即提示，毫秒')),
  repeatEveryMs: Type.Integer({ minimum: 30_000, maximum: 3_600_000, description: '再次提示的间隔，毫秒' }),
  validMs: Type.Integer({ minimum: 600_000, maximum: 86_400_000, description: '回呼的有效时长，毫秒' }),
  attempts: Type.Integer({ minimum: 1, maximum: 10, description: '最多拨打市民几次' }),
  quietHours: exactly({ fromMinute: MinuteOfDay, toMinute: MinuteOfDay }),
});
/** Files exported by earlier releases lack them. */
const laterQueueFields = {
  rating: oneOf(RATING_WAYS, { description: RATING_WORDS }),
  overflowWaiting: nullable(
    Type.Integer({ minimum: 1, maximum: 10_000, description: '前面已有这么多人等待即溢出' }),
  ),
  overflowLongestMs: nullable(
    Type.Integer({ minimum: 1_000, maximum: 3_600_000, description: '队首已等待这么久即溢出，毫秒' }),
  ),
  overflowUnstaffed: Type.Boolean({
    description: '无能受理的话务员签入即溢出：无人签入，或签入者均不具备该来电所需技能',
  }),
  priority: Type.Integer({
    minimum: 1,
    maximum: 9,
    description: '1 最急，9 最缓；每差一级相当于一分钟的等待',
  }),
  skills: Skills,
  ownerFirstMs: Duration(60_000, '先等候原受理人或上次接听人，毫秒；最多 20000，超出的不能发布；0 为不等'),
  tellsPlace: Type.Boolean({
    description: '播报排队位置，能够可靠估计时并播报等待时间；预计等待不足 20 秒不播报',
  }),
  placeEveryMs: Type.Integer({
    minimum: 15_000,
    maximum: 1_800_000,
    description: '两次播报位置的最短间隔，毫秒；没有变化不重复',
  }),
  lastResort: oneOf(LAST_RESORTS, {
    description: '整条溢出链都无人接听时：wait 继续等待，message 请市民留言',
  }),
  lastResortAfterMs: nullable(
    Type.Integer({ minimum: 1_000, maximum: 3_600_000, description: '自开始排队起，毫秒' }),
  ),
  callback: nullable(CallbackRuleShape),
};
export const TrunkCode = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,39}$',
  description: '中继代码，即交换侧的名称',
});
const Dids = Type.Array(exactly({ did: DialledNumber, line: DialledNumber }), { maxItems: 20_000 });
const trunkFields = {
  name: Name,
  carrier: Text(100, '运营商'),
  methods: Type.Array(oneOf(RECOGNITION_METHODS), { uniqueItems: true, description: '识别顺序' }),
  line: nullable(DialledNumber),
  dids: Dids,
  trusts: Type.Array(oneOf(TRUSTED_HEADERS), { uniqueItems: true, description: '采信的信息' }),
  dialledEntry: oneOf(DIALLED_ENTRIES),
};
const municipalityFields = {
  name: Name,
  areaCode: Type.String({ pattern: '^0[0-9]{2,3}$', description: '区号' }),
  timeZone: Text(60, '时区'),
  mainNumber: DialledNumber,
  generalQueue: Code,
};
export const TrunkShape = exactly({ code: TrunkCode, ...trunkFields });
const TrunkList = Type.Array(TrunkShape, { maxItems: 200 });
export const LineShape = exactly({ number: DialledNumber, ...lineFields });
const queueFields = { ...firstQueueFields, ...laterQueueFields };
export const QueueShape = exactly({ code: Code, ...queueFields });
const StoredQueueShape = exactly({
  code: Code,
  ...firstQueueFields,
  ...Type.Partial(Type.Object(laterQueueFields)).properties,
});
const ruleSet = {
  municipality: exactly(municipalityFields),
  lines: Type.Array(exactly({ number: DialledNumber, ...lineFields, ...laterFields }), { maxItems: 20_000 }),
  menus: Type.Array(MenuShape, { maxItems: 200 }),
};
export const RuleSetShape = exactly({
  ...ruleSet,
  queues: Type.Array(QueueShape, { maxItems: 500 }),
  trunks: TrunkList,
});

const partOf = {
  line: Type.Partial(Type.Object(lineFields)).properties,
  queue: Type.Partial(Type.Object({ ...queueFields, ...laterQueueFields })).properties,
  municipality: Type.Partial(Type.Object(municipalityFields)).properties,
  trunk: Type.Partial(Type.Object(trunkFields)).properties,
};

/** What is left out stays as it is. */
export const EditShape = exactly({
  /** A file of an earlier release names no trunks. */
  rules: Type.Optional(
    exactly({
      ...ruleSet,
      queues: Type.Array(StoredQueueShape, { maxItems: 500 }),
      trunks: Type.Optional(TrunkList),
    }),
  ),
  municipality: Type.Optional(exactly(partOf.municipality)),
  lines: Type.Optional(
    Type.Array(exactly({ number: DialledNumber, ...partOf.line }), {
      maxItems: 20_000,
      description: '新增或修改的号码；不填生效日期即今日适用的那一条',
    }),
  ),
  removeLines: Type.Optional(
    Type.Array(exactly({ number: DialledNumber, validFrom: Type.Optional(Day) }), { maxItems: 20_000 }),
  ),
  queues: Type.Optional(Type.Array(exactly({ code: Code, ...partOf.queue }), { maxItems: 500 })),
  removeQueues: Type.Optional(Type.Array(Code, { maxItems: 500 })),
  menus: Type.Optional(
    Type.Array(MenuShape, { maxItems: 200, description: '整个菜单：新增，或替换同代码的' }),
  ),
  removeMenus: Type.Optional(Type.Array(MenuCode, { maxItems: 200 })),
  trunks: Type.Optional(
    Type.Array(exactly({ code: TrunkCode, ...partOf.trunk }), {
      maxItems: 200,
      description: '新增或修改的中继；新中继不填者按默认',
    }),
  ),
  removeTrunks: Type.Optional(Type.Array(TrunkCode, { maxItems: 200 })),
});

export const VersionShape = exactly({
  id: Type.String(),
  number: Type.Integer({ description: '版本号' }),
  title: Type.String(),
  titleEn: Type.String({ description: '系统所拟题名的英文；人写的照原文' }),
  state: oneOf(VERSION_STATES),
  stateName: Type.String(),
  revision: Type.Integer({ description: '修订号' }),
  origin: Type.String({ description: 'draft、rollback、temporaryEnd 或 founding' }),
  baseId: nullable(Type.String()),
  undoes: nullable(Type.String()),
  author: exactly({ id: Type.String(), name: Type.String() }),
  approvals: Type.Array(exactly({ by: Type.String(), at: Instant })),
  effectiveAt: nullable(Instant),
  revertAt: nullable(Instant),
  createdAt: Instant,
  publishedAt: nullable(Instant),
  lines: Type.Integer(),
  heldBecause: nullable(Type.String({ description: '到时未能执行的原因' })),
  heldBecauseEn: nullable(Type.String({ description: '同上，英文' })),
  retryAt: nullable(Instant),
});
export const VersionEventShape = exactly({
  at: Instant,
  by: exactly({ id: Type.String(), name: Type.String() }),
  move: Type.String(),
  from: nullable(Type.String()),
  to: Type.String(),
  revision: Type.Integer(),
  reason: Type.String(),
  reasonEn: Type.String({ description: '系统所记理由的英文；人写的照原文' }),
});

export const Words = exactly({ zh: Type.String(), en: Type.String() });
export const FindingShape = exactly({
  code: Type.String(),
  severity: oneOf(['error', 'warning', 'notice']),
  place: exactly({ thing: Type.String(), key: Type.String(), field: nullable(Type.String()) }),
  message: Words,
  cure: Words,
});
export const ChangeShape = exactly({
  kind: oneOf(['changed', 'added', 'removed']),
  thing: Type.String(),
  key: Type.String(),
  field: nullable(Type.String()),
  from: Type.Unsafe<FieldValue>({ description: '原值；菜单按节点，值为整个节点' }),
  to: Type.Unsafe<FieldValue>({ description: '新值' }),
  words: Words,
});
