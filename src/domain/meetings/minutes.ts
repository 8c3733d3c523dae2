/** 会议纪要: what was said at the table and what came of it, as it is written down. */
export interface Minutes {
  readonly topic: string;
  readonly place: string;
  /** 主持人: who spoke for the hotline or the government. */
  readonly chair: string;
  /** Units at the table, and what each said. */
  readonly participants: readonly { readonly unitCode: string; readonly position: string }[];
  /** Tickets that it was about; never none. */
  readonly ticketIds: readonly string[];
  readonly text: string;
  readonly decisions: readonly Decision[];
  readonly tasks: readonly TaskDraft[];
}

export interface Decision {
  readonly words: string;
  /** 责任主体: whose a ticket is from now on, and where the like of it goes; null: nothing of that kind. */
  readonly responsible: Responsible | null;
}

export interface Responsible {
  readonly ticketId: string;
  readonly leadUnit: string;
  readonly assistUnits: readonly string[];
  /** The rule that it becomes; an empty field is any. null: for this ticket alone. */
  readonly rule: {
    readonly area: string;
    readonly category: string;
    readonly asset: string;
    /** Local day; null: today. */
    readonly validFrom: string | null;
  } | null;
}

export interface TaskDraft {
  readonly unitCode: string;
  readonly task: string;
  /** By the calendar of its unit, from the confirmation on. */
  readonly workingDays: number;
  /** Of those that the meeting was about; never none: on these it stands, and under the first it is supervised. */
  readonly ticketIds: readonly string[];
}

export const TASK_WORKING_DAYS = { least: 1, most: 90 } as const;

export type MinutesFault =
  /** A decision or a task speaks of a ticket that the meeting was not about. */
  | { readonly code: 'meeting.ticketNotOfIt'; readonly data: { readonly where: string; readonly id: string } }
  /** Two decisions give one ticket away. */
  | { readonly code: 'meeting.decidedTwice'; readonly data: { readonly id: string } }
  /** It came to nothing: no decision and no task. */
  | { readonly code: 'meeting.withoutResult'; readonly data: Readonly<Record<string, never>> };

/** What keeps these minutes from being kept (`draft`) or confirmed; null: nothing. */
export function minutesFault(minutes: Minutes, as: 'draft' | 'confirmed'): MinutesFault | null {
  const about = new Set(minutes.ticketIds);
  const given = minutes.decisions.flatMap(({ responsible }, n) =>
    responsible === null ? [] : [{ where: `decisions/${n}`, id: responsible.ticketId }],
  );
  const tasked = minutes.tasks.flatMap(({ ticketIds }, n) =>
    ticketIds.map((id) => ({ where: `tasks/${n}`, id })),
  );
  const stranger = [...given, ...tasked].find(({ id }) => !about.has(id));
  if (stranger !== undefined) return { code: 'meeting.ticketNotOfIt', data: stranger };
  const twice = given.find(({ id }, n) => given.findIndex((one) => one.id === id) !== n);
  if (twice !== undefined) return { code: 'meeting.decidedTwice', data: { id: twice.id } };
  if (as === 'confirmed' && minutes.decisions.length + minutes.tasks.length === 0) {
    return { code: 'meeting.withoutResult', data: {} };
  }
  return null;
}

/** Every unit that the minutes name. */
export const unitsNamed = ({ participants, decisions, tasks }: Minutes): readonly string[] => [
  ...new Set([
    ...participants.map(({ unitCode }) => unitCode),
    ...decisions.flatMap(({ responsible }) =>
      responsible === null ? [] : [responsible.leadUnit, ...responsible.assistUnits],
    ),
    ...tasks.map(({ unitCode }) => unitCode),
  ]),
];
