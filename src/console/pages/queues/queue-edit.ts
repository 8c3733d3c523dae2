import type { Queue, QueuePatch, Rules } from '../../rules/shapes.ts';

/** The fields of a queue that its form changes. */
export type QueueFields = Partial<Omit<Queue, 'code'>>;
export type Callback = NonNullable<Queue['callback']>;

/** What somebody wants of a queue: only what he touched, so that what others change meanwhile stays theirs. */
interface QueueWish {
  /** Of a new one. */
  code: string;
  touched: QueueFields;
}
export const noQueueWish = (): QueueWish => ({ code: '', touched: {} });

/** What a new queue has unless somebody says otherwise; the server has the same. */
export const usualQueue = (generalQueue: string): Queue => ({
  code: '',
  name: '',
  overflowQueue: generalQueue,
  overflowAfterMs: 20_000,
  overflowWaiting: null,
  overflowLongestMs: null,
  overflowUnstaffed: false,
  ringTimeoutMs: 15_000,
  wrapUpMs: 30_000,
  rating: 'off',
  priority: 5,
  skills: null,
  ownerFirstMs: 20_000,
  tellsPlace: true,
  placeEveryMs: 60_000,
  lastResort: 'wait',
  lastResortAfterMs: null,
  callback: null,
});

/** For an operator who only says that there shall be one. */
export const USUAL_CALLBACK: Callback = {
  afterWaitMs: 60_000,
  aboveEstimateMs: 180_000,
  repeatEveryMs: 120_000,
  validMs: 4 * 3_600_000,
  attempts: 3,
  quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 },
};

const CODE = /^[a-z0-9-]{2,40}$/;
type QueueFault = 'code' | 'taken' | 'name' | 'nothing' | 'overflow' | 'lastResort' | 'itself';

/** What is missing before the wish can be sent; null: nothing. `code`: of the queue that is changed; null: a new one. */
export function queueFault(
  code: string | null,
  wish: QueueWish,
  queue: Queue,
  rules: Rules,
): QueueFault | null {
  const own = code ?? wish.code;
  if (code === null && !CODE.test(own)) return 'code';
  if (code === null && rules.queues.some((one) => one.code === own)) return 'taken';
  if (queue.name.trim() === '') return 'name';
  if (code !== null && Object.keys(wish.touched).length === 0) return 'nothing';
  if (queue.overflowQueue === own) return 'itself';
  if ((queue.overflowQueue === null) !== (queue.overflowAfterMs === null)) return 'overflow';
  if ((queue.lastResort === 'wait') !== (queue.lastResortAfterMs === null)) return 'lastResort';
  return null;
}

/** A new queue says all that the form showed: what nobody touched was agreed to. */
export function queuePatch(code: string | null, wish: QueueWish, queue: Queue): QueuePatch {
  return code === null ? { ...queue, code: wish.code } : { code, ...wish.touched };
}

/** What calls come to the queue by, and would come to nothing without it. */
export function usersOf(
  code: string,
  { municipality, lines, queues }: Rules,
  today: string,
): readonly string[] {
  const numbers = lines
    .filter(({ queue, validTo }) => queue === code && (validTo === null || validTo >= today))
    .map(({ number }) => number);
  const desks = queues.filter(({ overflowQueue }) => overflowQueue === code).map(({ name }) => name);
  return [...(municipality.generalQueue === code ? [municipality.name] : []), ...new Set(numbers), ...desks];
}
