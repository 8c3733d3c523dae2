/**
 * 应急交办 (HM-13) of the appeals of an incident, one after the other. Modes of each line:
 *
 *   waiting  待交办: its turn comes, or comes again after something went wrong
 *   done     已交办: an urgent ticket with its units
 *   refused  未能交办: with the reason; a person deals with it
 */
export const HAND_OVER_OUTCOMES = ['waiting', 'done', 'refused'] as const;
export type HandOverOutcome = (typeof HAND_OVER_OUTCOMES)[number];

/** Who the hotline's word gives it to, and what is asked of them. */
export interface HandOverOrder {
  readonly unitCode: string;
  readonly assistUnits: readonly string[];
  readonly demand: string;
}

/** 72 h: who joins later is no emergency of that day, and what was demanded then is no demand of his. */
export const HAND_OVER_HOLDS_MS = 72 * 3_600_000;
/** It went, without a unit that was to assist: of its people the citizen complains (HM-16). */
export const ASSIST_ACCUSED = 'incident.assistAccused';

const TRIES_AT_MOST = 5;
const AGAIN_AFTER_MS = 5_000;

/**
 * Something that nobody foresaw came between. When it is tried again, in epoch milliseconds; null: often enough, a person
 * must see to it.
 */
export const handOverAgainAt = (tries: number, nowMs: number): number | null =>
  tries >= TRIES_AT_MOST ? null : nowMs + AGAIN_AFTER_MS * 2 ** (tries - 1);

/** What the alarm says of a hand-over that is over: of its appeals so many could not go, and nobody has them. */
export const handOverLeftWords = (incidentNumber: string, left: number) => ({
  detail: `事件 ${incidentNumber} 应急交办已完成，${left} 件未能交办、无人承办，请人工派单`,
  detailEn: `Incident ${incidentNumber} was handed over; ${left} of its appeals could not go and nobody has them: dispatch them by hand`,
});
/** That alarm, the same for the same incident. */
export const LEFT_ALARM = 'incident.handOverLeft';
export const leftAlarmKey = (incidentId: string): string => `${LEFT_ALARM}:${incidentId}`;
/** Why that alarm is over. */
export const NONE_LEFT = {
  reason: '再次交办后已无遗留',
  reasonEn: 'It was handed over once more, and none is left',
};
export const LEFT_SEEN_TO = {
  reason: '遗留的工单已派出、已办结或已退出事件',
  reasonEn: 'What was left has been dispatched, is over, or has left the incident',
};
