import type { TransitionTask } from './transition.ts';

/** What becomes of a task once its day has come. The program withdraws and reopens; people finish and dismiss. */
export const WORK_STATES = ['open', 'done', 'dismissed', 'withdrawn'] as const;
export type WorkState = (typeof WORK_STATES)[number];

export const WORK_MOVES = {
  finish: { from: 'open', to: 'done' },
  /** Nothing was to be done, for a reason. */
  dismiss: { from: 'open', to: 'dismissed' },
  /** The rules changed: it does not apply any more. */
  withdraw: { from: 'open', to: 'withdrawn' },
  /** The rules changed back. What a person closed stays closed. */
  reopen: { from: 'withdrawn', to: 'open' },
} as const satisfies Record<string, { readonly from: WorkState; readonly to: WorkState }>;

export type WithdrawReason =
  /** The rules in force know no such transition: extended by its date, taken out, rolled back. */
  | 'gone'
  /** What follows the transition is entered. */
  | 'followed'
  /** The transition has ended; its end is a task of its own. */
  | 'over';

export interface KnownTask {
  readonly key: string;
  readonly state: WorkState;
}

export interface TaskChanges {
  readonly open: readonly TransitionTask[];
  readonly reopen: readonly TransitionTask[];
  readonly withdraw: readonly { readonly key: string; readonly reason: WithdrawReason }[];
}

/**
 * What is to be written so that the open tasks are those which the rules in force call for on this day. After a
 * downtime a warning whose day has passed is written late, as long as the transition runs; its end however late.
 * Applied once, it calls for nothing more.
 */
export function taskChanges(
  tasks: readonly TransitionTask[],
  known: readonly KnownTask[],
  today: string,
): TaskChanges {
  const states = new Map(known.map(({ key, state }) => [key, state]));
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const due = tasks.filter((task) => task.day <= today && idle(task, today) === null);
  return {
    open: due.filter(({ key }) => !states.has(key)),
    reopen: due.filter(({ key }) => states.get(key) === WORK_MOVES.reopen.from),
    withdraw: known.flatMap(({ key, state }) => {
      const task = byKey.get(key);
      const reason = task === undefined ? 'gone' : idle(task, today);
      return state === WORK_MOVES.withdraw.from && reason !== null ? [{ key, reason }] : [];
    }),
  };
}

/** Why nobody has to do anything about it; null when somebody has. */
function idle(task: TransitionTask, today: string): WithdrawReason | null {
  if (task.followUp !== null) return 'followed';
  return task.kind === 'warn' && today > task.lastDay ? 'over' : null;
}

const WITHDRAWN: Readonly<Record<WithdrawReason, string>> = {
  gone: '现行规则中已没有这一过渡期 The rules in force know no such transition',
  followed: '已登记过渡期之后的方式 What follows is entered',
  over: '过渡期已届满，另有停用事项 The transition is over; its end is a task of its own',
};
export const withdrawnWords = (reason: WithdrawReason): string => WITHDRAWN[reason];

/** What a person is asked to do. */
export function taskWords(item: {
  readonly number: string;
  readonly daysBefore: number;
  readonly lastDay: string;
}): {
  readonly zh: string;
  readonly en: string;
} {
  const { number, daysBefore, lastDay } = item;
  if (daysBefore === 0) {
    return {
      zh: `${number} 的过渡期已于 ${lastDay} 届满，已转为停用：核对提示语，通知单位，登记后续方式`,
      en: `The transition of ${number} ended with ${lastDay}: check its announcement, tell the unit, enter what follows`,
    };
  }
  return {
    zh: `${number} 的过渡期还有 ${daysBefore} 天，${lastDay} 届满：通知单位和市民，决定停用、延期或改为其他方式`,
    en: `The transition of ${number} ends in ${daysBefore} days, with ${lastDay}: tell unit and citizens, decide what follows`,
  };
}
