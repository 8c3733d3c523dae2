import { callableNumber } from '../../domain/callbacks/callable.ts';
import { NUMBER_REFUSALS } from '../../domain/callbacks/outbound-rules.ts';
import { recipientOf } from '../../domain/messages/recipient.ts';
import { AppError } from '../errors.ts';
import type { AnnouncementBook } from '../ports/announcements.ts';
import type { Units } from '../ports/organisation.ts';
import type { UnitCallBook, UnitPhone } from '../ports/unit-calls.ts';

/**
 * The telephones from which a unit's people may call citizens. Kept by the hotline, so that a stolen session rings nobody's
 * telephone abroad. Refuses with `ticket.unitUnknown`, `outbound.number*`, `unitCall.phoneKnown`,
 * `unitCall.phoneNotMobile`, `unitCall.phoneUnknown`.
 */
export function keepUnitPhones(deps: {
  readonly units: Units;
  readonly unitCalls: UnitCallBook;
  readonly announcements: Pick<AnnouncementBook, 'areaCode'>;
  readonly now: () => number;
}) {
  return {
    async add(asked: UnitPhone, by: string): Promise<UnitPhone> {
      if ((await deps.units.byCode(asked.unitCode)) === null) {
        throw new AppError('ticket.unitUnknown', { unit: asked.unitCode });
      }
      const areaCode = await deps.announcements.areaCode();
      const readable = callableNumber(asked.number, { areaCode, isOwn: () => false });
      if (readable.kind === 'refused') throw new AppError(NUMBER_REFUSALS[readable.why]);
      if (
        (asked.notices || asked.leader) &&
        recipientOf(readable.number, 'unitWork', areaCode).kind === 'none'
      ) {
        throw new AppError('unitCall.phoneNotMobile');
      }
      const phone = { ...asked, number: readable.number, label: asked.label.trim() };
      const earlier = await deps.unitCalls.phone(phone.id);
      if (earlier !== null) return earlier;
      if ((await deps.unitCalls.addPhone(phone, by, deps.now())) === 'known') {
        throw new AppError('unitCall.phoneKnown', { unit: phone.unitCode });
      }
      return phone;
    },
    async remove(id: string, by: string): Promise<void> {
      if (!(await deps.unitCalls.removePhone(id, by, deps.now()))) {
        throw new AppError('unitCall.phoneUnknown', { id });
      }
    },
  };
}
