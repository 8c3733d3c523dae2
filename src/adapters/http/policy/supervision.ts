import { FIGURE_READERS, TICKET_DESK } from './desks.ts';

/** What the hotline does about units that stall, beyond the single ticket. */
export const SUPERVISION_POLICY = {
  draftCircular: ['supervisor', 'lead', 'operator'],
  listCirculars: ['supervisor', 'lead', 'operator', 'adjudicator', 'leader', 'unit'],
  readCircular: ['supervisor', 'lead', 'operator', 'adjudicator', 'leader', 'unit'],
  listCircularSignatories: ['supervisor', 'lead', 'operator'],
  listCircularRows: ['supervisor', 'lead', 'operator', 'adjudicator', 'leader', 'unit'],
  editCircular: ['supervisor', 'lead', 'operator'],
  recountCircular: ['supervisor', 'lead', 'operator'],
  correctCircular: ['supervisor', 'lead', 'operator'],
  moveCircular: ['supervisor', 'lead', 'operator', 'leader'],
  signCircularReceipt: ['unit'],

  recordMeeting: ['supervisor', 'adjudicator', 'lead', 'operator'],
  listMeetings: [...TICKET_DESK, 'unit', 'leader'],
  readMeeting: [...TICKET_DESK, 'unit', 'leader'],
  editMeeting: ['supervisor', 'adjudicator', 'lead', 'operator'],
  moveMeeting: ['supervisor', 'adjudicator', 'lead', 'operator'],
  listMeetingTasks: ['supervisor', 'adjudicator', 'lead', 'operator', 'leader', 'unit'],
  moveMeetingTask: ['supervisor', 'lead', 'unit'],

  reportUnits: [...FIGURE_READERS, 'adjudicator', 'unit'],
  reportUrges: [...FIGURE_READERS, 'adjudicator', 'unit'],
  listScoreRows: [...FIGURE_READERS, 'adjudicator', 'unit'],
} as const;
