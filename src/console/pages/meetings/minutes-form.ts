import { momentText } from '../../elements/wall-time.ts';
import type { Meeting, MinutesBody } from './shapes.ts';

/** A ticket as it is named on the page. */
export interface NamedTicket {
  readonly id: string;
  readonly number: string;
}

export interface DecisionForm {
  words: string;
  /** It says whose a ticket is. */
  decides: boolean;
  ticketId: string;
  leadUnit: string;
  assistUnits: string[];
  /** The like of it goes there from now on. */
  asRule: boolean;
  category: string;
  area: string;
  asset: string;
  validFrom: string;
}

export interface TaskForm {
  unitCode: string;
  task: string;
  workingDays: number;
  ticketIds: string[];
}

export interface MinutesForm {
  /** Of the draft that it was written from; 0: of none. */
  base: number;
  heldAt: string;
  topic: string;
  place: string;
  chair: string;
  participants: { unitCode: string; position: string }[];
  tickets: NamedTicket[];
  text: string;
  decisions: DecisionForm[];
  tasks: TaskForm[];
}

/** Where minutes are kept on this machine while they are typed; null: of a new meeting. */
export const minutesWords = (id: string | null): string => `meeting.${id ?? 'new'}`;

export const emptyDecision = (): DecisionForm => ({
  ...{ words: '', decides: false, ticketId: '', leadUnit: '', assistUnits: [] },
  ...{ asRule: false, category: '', area: '', asset: '', validFrom: '' },
});
export const emptyTask = (): TaskForm => ({ unitCode: '', task: '', workingDays: 5, ticketIds: [] });

export const emptyMinutes = (): MinutesForm => ({
  ...{ base: 0, heldAt: '', topic: '', place: '', chair: '', text: '' },
  ...{ participants: [], tickets: [], decisions: [], tasks: [] },
});

export function formOf(meeting: Meeting): MinutesForm {
  const { revision, topic, place, chair, text } = meeting;
  return {
    ...{ base: revision, heldAt: momentText(Date.parse(meeting.heldAt)), topic, place, chair, text },
    participants: meeting.participants.map((one) => ({ ...one })),
    tickets: meeting.tickets.map((one) => ({ ...one })),
    decisions: meeting.decisions.map(({ words, responsible }) => ({
      ...emptyDecision(),
      words,
      ...(responsible === null
        ? {}
        : {
            decides: true,
            ticketId: responsible.ticketId,
            leadUnit: responsible.leadUnit,
            assistUnits: [...responsible.assistUnits],
            ...(responsible.rule === null
              ? {}
              : { asRule: true, ...responsible.rule, validFrom: responsible.rule.validFrom ?? '' }),
          }),
    })),
    tasks: meeting.tasks.map((one) => ({ ...one, ticketIds: [...one.ticketIds] })),
  };
}

const isDecision = (one: DecisionForm): boolean =>
  one.words.trim() !== '' &&
  (!one.decides ||
    (one.ticketId !== '' &&
      one.leadUnit !== '' &&
      (!one.asRule || one.category !== '' || one.area !== '' || one.asset !== '')));
const isTask = (one: TaskForm): boolean =>
  one.unitCode !== '' && one.task.trim() !== '' && one.workingDays >= 1 && one.ticketIds.length > 0;

/** Key of the first field that is still missing, or null. */
export function missingOf(form: MinutesForm): string | null {
  for (const field of ['topic', 'heldAt', 'place', 'chair'] as const)
    if (form[field].trim() === '') return field;
  if (form.tickets.length === 0) return 'tickets';
  if (form.participants.some(({ unitCode }) => unitCode === '')) return 'participants';
  if (form.text.trim() === '') return 'text';
  if (!form.decisions.every(isDecision)) return 'decisions';
  return form.tasks.every(isTask) ? null : 'tasks';
}

export function bodyOf(form: MinutesForm): MinutesBody {
  return {
    heldAt: form.heldAt,
    topic: form.topic.trim(),
    place: form.place.trim(),
    chair: form.chair.trim(),
    text: form.text.trim(),
    ticketIds: form.tickets.map(({ id }) => id),
    participants: form.participants.map(({ unitCode, position }) => ({
      unitCode,
      position: position.trim(),
    })),
    decisions: form.decisions.map(
      ({ words, decides, ticketId, leadUnit, assistUnits, asRule, ...scope }) => ({
        words: words.trim(),
        ...(decides
          ? {
              responsible: {
                ...{ ticketId, leadUnit, assistUnits: [...assistUnits] },
                ...(asRule ? { rule: ruleOf(scope) } : {}),
              },
            }
          : {}),
      }),
    ),
    tasks: form.tasks.map(({ unitCode, task, workingDays, ticketIds }) => ({
      ...{ unitCode, task: task.trim(), workingDays, ticketIds: [...ticketIds] },
    })),
  };
}

const ruleOf = ({
  validFrom,
  ...where
}: Pick<DecisionForm, 'category' | 'area' | 'asset' | 'validFrom'>) => ({
  ...where,
  ...(validFrom === '' ? {} : { validFrom }),
});
