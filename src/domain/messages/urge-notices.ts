import { clipped } from './message-words.ts';
import type { Sender, ToldLine, ToldTicket } from './ticket-steps.ts';
import type { UnitNotice } from './unit-notices.ts';
import { isAutoUrge } from './urge-words.ts';

/** From this one on, and whenever the program has to press, whoever answers for the unit reads it too (催办抄送分管领导). */
export const COPIED_FROM = 3;

const which = ({ confidential, number }: ToldTicket): string => `${confidential ? '保密' : ''}工单${number}`;
const head = (sender: Sender): string => `【${clipped(sender.municipality, 20)}${sender.mainNumber}】`;

/** What the unit's leader reads in copy of an urge; null: it is no matter for him yet. */
export function leadersCopy(line: ToldLine, ticket: ToldTicket, sender: Sender): string | null {
  const { type, body, nthUrge = 1 } = line;
  if (type !== 'urged' || typeof body.unitCode !== 'string') return null;
  if (!isAutoUrge(line) && nthUrge < COPIED_FROM) return null;
  const why = !isAutoUrge(line)
    ? `已第${nthUrge}次催办`
    : body.over === true
      ? '已超期，系统已催办'
      : '即将超期，系统已催办';
  return `${head(sender)}抄送：贵单位办理的${which(ticket)}${why}，请督促办理。`;
}

/** Who helps is pressed with who leads: the reply waits for both. */
export function helpersNotices(line: ToldLine, ticket: ToldTicket, sender: Sender): readonly UnitNotice[] {
  const { type, body, helpers = [] } = line;
  if (type !== 'urged' && type !== 'citizenUrged') return [];
  const why =
    type === 'citizenUrged'
      ? '的诉求人催办'
      : body.auto !== true
        ? '经热线催办'
        : body.over === true
          ? '已超期'
          : '即将超期';
  const text = `${head(sender)}贵单位协办的${which(ticket)}${why}，请抓紧办理并回复牵头单位。`;
  const kind = ticket.urgency === 'urgent' ? 'unitUrgent' : 'unitWork';
  return helpers.map((unitCode) => ({ kind, unitCode, text }));
}
