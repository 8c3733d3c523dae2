import { forcedOff } from './forced-steps.ts';
import { clipped } from './message-words.ts';
import type { Sender, ToldLine, ToldTicket } from './ticket-steps.ts';
import type { UnitNotice } from './unit-notices.ts';

/** Who helped goes on helping unless he is told: the ticket ended, and with it his part. */
export function partNotices(line: ToldLine, ticket: ToldTicket, sender: Sender): readonly UnitNotice[] {
  const head = `【${clipped(sender.municipality, 20)}${sender.mainNumber}】`;
  const which = `${ticket.confidential ? '保密' : ''}工单${ticket.number}`;
  const why =
    line.type === 'withdraw' ? '已由诉求人撤回' : line.type === 'forced' ? '已由热线收回' : '已结案';
  return (line.partUnits ?? []).map((unitCode) => ({
    ...{ kind: 'unitRecalled', unitCode },
    text: `${head}${which}${why}，请停止协办。`,
  }));
}

/** The unit that had it goes on working unless somebody tells it not to. */
export function recallNotice(line: ToldLine, ticket: ToldTicket, sender: Sender): UnitNotice | null {
  const { type, body, formerUnit } = line;
  const head = `【${clipped(sender.municipality, 20)}${sender.mainNumber}】工单${ticket.number}`;
  if (type === 'forced') {
    const off = forcedOff(line);
    return off === null
      ? null
      : { kind: 'unitRecalled', unitCode: off, text: `${head}已由热线收回，请停止办理。` };
  }
  if (type !== 'handOver' || formerUnit === null || formerUnit === body.unitCode) return null;
  return { kind: 'unitRecalled', unitCode: formerUnit, text: `${head}已改派其他单位，请停止办理。` };
}
