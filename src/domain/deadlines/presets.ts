// Limits as data. A county chooses one, or edits it; sources are in `basis`. What a county chose is kept whole with its choice:
// what is changed here holds for whoever chooses it from then on, and for no ticket that was promised something before.
import type { CompressedTime } from './compressed-time.ts';
import { STAGE_LIMITS, type StageLimit, type StageLimits, type Urgency } from './stages.ts';

export type Limit =
  | { readonly unit: 'workingDays'; readonly amount: number }
  /** To the close of so many working days, the day itself being the first: 1 is 当日办结, which the Civil Code's count cannot say. */
  | { readonly unit: 'closeOfWorkingDay'; readonly amount: number }
  /** Natural days; a last day that is a day off gives way to the next working day. */
  | { readonly unit: 'calendarDays'; readonly amount: number }
  /** Around the clock, for what cannot wait for office hours. */
  | { readonly unit: 'hours'; readonly amount: number };

export type LimitedType = 'ENQUIRY' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE' | 'OTHER';

export interface Preset {
  readonly code: string;
  readonly name: string;
  readonly basis: string;
  readonly limits: Readonly<Record<LimitedType, Limit>>;
  /** 急事急办; null: the limit of its type, and the short stages of the urgent lane. */
  readonly urgent: Limit | null;
  /** Categories with a limit of their own, with all below them: water, power, gas, heat. */
  readonly categories: readonly { readonly category: string; readonly limit: Limit }[];
  readonly stages: StageLimits;
  /** At so many percent of its time a unit is urged by the program, where nobody did it; null: only by somebody's hand. */
  readonly urgeAtPercent: UrgePercent | null;
  /**
   * So long after it was urged, its time being over, and after the last thing it did, a unit that still has a ticket is
   * supervised in writing; null: only by somebody's hand.
   */
  readonly superviseAfter: Readonly<Record<Urgency, StageLimit | null>>;
  /** The time of a supervision order that no person wrote. */
  readonly superviseWorkingDays: number;
  /** So many working days after a unit's time was over a circular goes out by itself; null: only by somebody's hand. */
  readonly circularAfterWorkingDays: number | null;
  readonly extension: {
    /** How often a ticket may be granted more time. */
    readonly times: number;
    /** So many working days before the time is over it must be asked for. */
    readonly askWorkingDaysBefore: number;
    /** The most that is granted at once, in the unit of the limit. */
    readonly longest: number;
  };
  /** So many natural days after closing a ticket may be reopened. */
  readonly reopenWithinDays: number;
  /** So many natural days after its end a ticket goes to the archive by itself; not while it may be reopened. */
  readonly archiveAfterDays: number;
  /** For a demonstration; null or absent: every ticket has its real time. */
  readonly compressed?: CompressedTime | null;
}

/** Of its marks those at which a unit can be urged: before its time is over, or when it is. */
export const URGE_PERCENTS = [80, 100] as const;
export type UrgePercent = (typeof URGE_PERCENTS)[number];

/** 申请延期应在期满1个工作日前提出，一般以一次为限 (bureaus); reopening for 15 days, and the archive after 30, are our proposal. */
const USUAL = {
  urgent: null,
  categories: [],
  stages: STAGE_LIMITS,
  // 催办, then in writing, then 通报: the bureaus urge by the next day and tell of it after five; what lies between is our proposal.
  urgeAtPercent: 100,
  superviseAfter: { normal: { unit: 'workingDays', amount: 2 }, urgent: { unit: 'minutes', amount: 60 } },
  superviseWorkingDays: 3,
  // 超期5个工作日以上的予以通报 (bureaus).
  circularAfterWorkingDays: 5,
  extension: { times: 1, askWorkingDaysBefore: 1, longest: 5 },
  reopenWithinDays: 15,
  archiveAfterDays: 30,
} as const satisfies Partial<Preset>;

const workingDays = (amount: number): Limit => ({ unit: 'workingDays', amount });
const hours = (amount: number): Limit => ({ unit: 'hours', amount });
const closeOfWorkingDay = (amount: number): Limit => ({ unit: 'closeOfWorkingDay', amount });
const calendarDays = (amount: number): Limit => ({ unit: 'calendarDays', amount });

/** By their codes in the list of categories that the program brings; a county that sorts otherwise names its own. */
const WATER_POWER_GAS_HEAT = ['utilities.water', 'utilities.power', 'utilities.gas', 'utilities.heat'];

export const PRESETS = [
  {
    ...USUAL,
    code: 'jiangsu-3-5',
    name: '江苏：咨询3个工作日，其他5个工作日',
    basis: '江苏省12345，2022-02-07',
    limits: {
      ENQUIRY: workingDays(3),
      HELP: workingDays(5),
      COMPLAINT: workingDays(5),
      REPORT: workingDays(5),
      SUGGESTION: workingDays(5),
      PRAISE: workingDays(5),
      OTHER: workingDays(5),
    },
  },
  {
    ...USUAL,
    code: 'shanghai-1-3-5-15',
    name: '上海：咨询1个工作日，其他5个工作日，复杂的经批准15个工作日',
    basis: '上海市静安区大宁路街道，2019',
    // Complex matters have 15 working days in all, once approved.
    extension: { times: 1, askWorkingDaysBefore: 1, longest: 10 },
    limits: {
      ENQUIRY: workingDays(1),
      HELP: workingDays(5),
      COMPLAINT: workingDays(5),
      REPORT: workingDays(5),
      SUGGESTION: workingDays(5),
      PRAISE: workingDays(5),
      OTHER: workingDays(5),
    },
  },
  {
    ...USUAL,
    code: 'beijing-2h-24h-7d-15d',
    name: '北京：紧急2小时，水电气热24小时，一般诉求7日，复杂的经批准15日',
    basis: '北京市12345服务规范（征求意见稿），2021-12-28',
    urgent: hours(2),
    categories: WATER_POWER_GAS_HEAT.map((category) => ({ category, limit: hours(24) })),
    extension: { times: 1, askWorkingDaysBefore: 1, longest: 8 },
    limits: {
      ENQUIRY: calendarDays(7),
      HELP: calendarDays(7),
      COMPLAINT: calendarDays(7),
      REPORT: calendarDays(7),
      SUGGESTION: calendarDays(7),
      PRAISE: calendarDays(7),
      OTHER: calendarDays(7),
    },
  },
  {
    ...USUAL,
    code: 'bureau-same-3-13',
    name: '部门：紧急当日，咨询、求助3个工作日，其他13个工作日',
    basis: '徐州市住房和城乡建设局',
    urgent: closeOfWorkingDay(1),
    stages: {
      ...STAGE_LIMITS,
      contact: { normal: { unit: 'workingDays', amount: 0 }, urgent: { unit: 'minutes', amount: 120 } },
    },
    limits: {
      ENQUIRY: workingDays(3),
      HELP: workingDays(3),
      COMPLAINT: workingDays(13),
      REPORT: workingDays(13),
      SUGGESTION: workingDays(13),
      PRAISE: workingDays(13),
      OTHER: workingDays(13),
    },
  },
] as const satisfies readonly Preset[];

export function presetOf(code: string): Preset | null {
  return PRESETS.find((preset) => preset.code === code) ?? null;
}
