// Limits as data. A county chooses one; sources are in `basis`.

export type Limit =
  | { readonly unit: 'workingDays'; readonly amount: number }
  /** Natural days; a last day that is a day off gives way to the next working day. */
  | { readonly unit: 'calendarDays'; readonly amount: number }
  /** Around the clock, for what cannot wait for office hours. */
  | { readonly unit: 'hours'; readonly amount: number };

type Kind = 'ENQUIRY' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE';

export interface Preset {
  readonly code: string;
  readonly name: string;
  readonly basis: string;
  readonly limits: Readonly<Record<Kind, Limit>>;
}

const workingDays = (amount: number): Limit => ({ unit: 'workingDays', amount });
const calendarDays = (amount: number): Limit => ({ unit: 'calendarDays', amount });

export const PRESETS = [
  {
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
    },
  },
  {
    code: 'shanghai-1-3-5-15',
    name: '上海：咨询、建议1个工作日，求助、投诉5个工作日',
    basis: '上海市静安区大宁路街道，2019',
    limits: {
      ENQUIRY: workingDays(1),
      HELP: workingDays(5),
      COMPLAINT: workingDays(5),
      REPORT: workingDays(5),
      SUGGESTION: workingDays(1),
      PRAISE: workingDays(5),
    },
  },
  {
    code: 'beijing-2h-24h-7d-15d',
    name: '北京：一般诉求7日',
    basis: '北京市12345服务规范（征求意见稿），2021-12-28',
    limits: {
      ENQUIRY: calendarDays(7),
      HELP: calendarDays(7),
      COMPLAINT: calendarDays(7),
      REPORT: calendarDays(7),
      SUGGESTION: calendarDays(7),
      PRAISE: calendarDays(7),
    },
  },
  {
    code: 'bureau-same-3-13',
    name: '部门：咨询、求助3个工作日，其他13个工作日',
    basis: '徐州市住房和城乡建设局',
    limits: {
      ENQUIRY: workingDays(3),
      HELP: workingDays(3),
      COMPLAINT: workingDays(13),
      REPORT: workingDays(13),
      SUGGESTION: workingDays(13),
      PRAISE: workingDays(13),
    },
  },
] as const satisfies readonly Preset[];

export function presetOf(code: string): Preset | null {
  return PRESETS.find((preset) => preset.code === code) ?? null;
}
