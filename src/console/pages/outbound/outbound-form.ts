import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';
import { momentText } from '../../elements/wall-time.ts';

export type Rules = AnswerOf<paths['/v1/outbound-rules']['get']>;
export type Wanted = Omit<Rules, 'revision'>;

export const PURPOSES = [
  'queueCallback',
  'missedCall',
  'ticket',
  'returnVisit',
  'unitContact',
  'survey',
  'urgentNotice',
  'correction',
] as const satisfies readonly (keyof Rules['callerIds'])[];
type Purpose = (typeof PURPOSES)[number];
export const CAPS = ['perHour', 'perAgentHour', 'perNumberHour'] as const;

/** As it is typed; an empty number is one that is still missing. */
interface Fields {
  trunk: string;
  /** Empty: the main number. */
  callerIds: Record<Purpose, string>;
  perHour: number | null;
  perAgentHour: number | null;
  perNumberHour: number | null;
  quietFrom: string;
  quietTo: string;
  ringS: number | null;
  wrapS: number | null;
  international: boolean;
  emergencyDesks: { desk: string; name: string; number: string }[];
  relieved: boolean;
  reliefUntil: string;
  reliefNumber: number | null;
}

export interface OutboundForm extends Fields {
  /** The rules that it was begun from, and their revision. */
  base: number;
  from: Fields;
}

const two = (n: number): string => String(n).padStart(2, '0');
export const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

function fieldsOf(rules: Rules): Fields {
  const { quietHours, relief = null, callerIds } = rules;
  const shown = PURPOSES.map((purpose) => [purpose, callerIds[purpose] ?? '']);
  return {
    trunk: rules.trunk,
    callerIds: Object.fromEntries(shown) as Record<Purpose, string>,
    ...{ perHour: rules.perHour, perAgentHour: rules.perAgentHour, perNumberHour: rules.perNumberHour },
    quietFrom: clock(quietHours.fromMinute),
    quietTo: clock(quietHours.toMinute),
    ringS: rules.ringTimeoutMs / 1000,
    wrapS: rules.shortWrapUpMs / 1000,
    international: rules.international,
    emergencyDesks: rules.emergencyDesks.map((one) => ({ ...one })),
    relieved: relief !== null,
    reliefUntil: relief === null ? '' : momentText(relief.untilMs),
    reliefNumber: relief?.perNumberHour ?? 60,
  };
}

export const formOf = (rules: Rules): OutboundForm => ({
  ...fieldsOf(rules),
  base: rules.revision,
  from: fieldsOf(rules),
});

/** What he changed stays his; all else is as somebody else has made it meanwhile. */
export function mergedForm(form: OutboundForm, rules: Rules): OutboundForm {
  const theirs = fieldsOf(rules);
  const same = (one: unknown, another: unknown): boolean => JSON.stringify(one) === JSON.stringify(another);
  const mine = Object.entries(form).filter(
    ([field, value]) => field in theirs && !same(value, form.from[field as keyof Fields]),
  );
  const shown = PURPOSES.map((purpose) => {
    const typed = form.callerIds[purpose];
    return [purpose, typed === form.from.callerIds[purpose] ? theirs.callerIds[purpose] : typed];
  });
  const callerIds = Object.fromEntries(shown) as Fields['callerIds'];
  return {
    ...theirs,
    ...(Object.fromEntries(mine) as Partial<Fields>),
    callerIds,
    base: rules.revision,
    from: theirs,
  };
}

/** What is sent; null: something is still missing. */
export function wantedOf(form: OutboundForm): Wanted | null {
  const { perHour, perAgentHour, perNumberHour, ringS, wrapS, relieved, reliefUntil, reliefNumber } = form;
  if (form.trunk === '' || perHour === null || perAgentHour === null || perNumberHour === null) return null;
  if (ringS === null || wrapS === null || (relieved && (reliefUntil === '' || reliefNumber === null)))
    return null;
  const desks = form.emergencyDesks.map(({ desk, name, number }) => ({
    ...{ desk: desk.trim(), name: name.trim(), number: number.trim() },
  }));
  const isDesk = ({ desk, name, number }: (typeof desks)[number]): boolean =>
    /^\d{3,5}$/.test(desk) && name !== '' && /^\d{3,20}$/.test(number);
  if (!desks.every(isDesk)) return null;
  const shown = PURPOSES.map((purpose) => [
    purpose,
    form.callerIds[purpose] === '' ? null : form.callerIds[purpose],
  ]);
  return {
    trunk: form.trunk,
    callerIds: Object.fromEntries(shown) as Wanted['callerIds'],
    ...{ perHour, perAgentHour, perNumberHour, international: form.international, emergencyDesks: desks },
    quietHours: { fromMinute: minuteOf(form.quietFrom), toMinute: minuteOf(form.quietTo) },
    ringTimeoutMs: Math.round(ringS * 1000),
    shortWrapUpMs: Math.round(wrapS * 1000),
    relief: relieved ? { untilMs: Date.parse(reliefUntil), perNumberHour: reliefNumber ?? 0 } : null,
  };
}

export interface Change {
  /** `trunk`, `purpose.ticket`. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What stands in one and otherwise in the other, field by field, as it is said on the page. */
export function changesBetween(
  before: Wanted,
  after: Wanted,
  say: {
    readonly number: (shown: string | null) => string;
    readonly seconds: (ms: number) => string;
    readonly yes: (on: boolean) => string;
    readonly relief: (relief: Wanted['relief']) => string;
  },
): readonly Change[] {
  const quiet = ({ quietHours: { fromMinute, toMinute } }: Wanted): string =>
    `${clock(fromMinute)}–${clock(toMinute)}`;
  const desks = ({ emergencyDesks }: Wanted): string =>
    emergencyDesks.map(({ desk, name, number }) => `${desk} ${name} ${number}`).join('、');
  const told: readonly (readonly [string, (rules: Wanted) => string])[] = [
    ...PURPOSES.map(
      (purpose) =>
        [`purpose.${purpose}`, (rules: Wanted) => say.number(rules.callerIds[purpose] ?? null)] as const,
    ),
    ['trunk', (rules) => rules.trunk],
    ...CAPS.map((cap) => [cap, (rules: Wanted) => String(rules[cap])] as const),
    ['quiet', quiet],
    ['ring', (rules) => say.seconds(rules.ringTimeoutMs)],
    ['wrap', (rules) => say.seconds(rules.shortWrapUpMs)],
    ['international', (rules) => say.yes(rules.international)],
    ['desks', desks],
    ['relief', (rules) => say.relief(rules.relief ?? null)],
  ];
  return told
    .map(([field, words]) => ({ field, before: words(before), after: words(after) }))
    .filter((one) => one.before !== one.after);
}
