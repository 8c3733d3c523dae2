import { callableNumber } from '../../domain/callbacks/callable.ts';
import {
  type DutyFinding,
  type DutyList,
  type DutyShift,
  lintDuty,
  type OnCall,
  shiftAt,
  shiftFault,
} from '../../domain/duty/roster.ts';
import { AppError } from '../errors.ts';
import type { AnnouncementBook } from '../ports/announcements.ts';
import type { DutyBook } from '../ports/duty.ts';
import type { Units } from '../ports/organisation.ts';
import type { Database } from '../ports/transaction.ts';

interface Deps {
  readonly database: Database;
  readonly duty: DutyBook;
  readonly units: Units;
  readonly announcements: Pick<AnnouncementBook, 'areaCode'>;
  readonly now: () => number;
}

/**
 * Duty lists and their shifts. Codes: duty.taken, duty.unitUnknown, duty.listUnknown, duty.shiftUnknown, and the faults of
 * `shiftFault`.
 */
export function keepDuty({ database, duty, units, announcements, now }: Deps) {
  const dialled = async (): Promise<(number: string) => string | null> => {
    const areaCode = await announcements.areaCode();
    return (number) => {
      const read = callableNumber(number, { areaCode, isOwn: () => false });
      return read.kind === 'callable' ? read.number : null;
    };
  };
  return {
    async add(list: DutyList, by: string): Promise<DutyList> {
      if (list.unitCode !== null && (await units.byCode(list.unitCode)) === null) {
        throw new AppError('duty.unitUnknown', { unit: list.unitCode });
      }
      const named = { ...list, name: list.name.trim() };
      if ((await duty.add(named, by)) === 'taken') {
        throw new AppError('duty.taken', { code: list.code, unit: list.unitCode });
      }
      return named;
    },

    async addShift(code: string, asked: DutyShift, by: string): Promise<DutyShift> {
      const inOneSpelling = await dialled();
      const ladder = asked.ladder.map(({ name, number }) => ({
        name: name.trim(),
        number: inOneSpelling(number) ?? number,
      }));
      const shift = { ...asked, ladder };
      return database.transact(async (tx) => {
        if ((await duty.lock(code, tx)) === null) throw new AppError('duty.listUnknown', { list: code });
        const standing = await duty.shifts(code, 0, tx);
        if (standing.some(({ id }) => id === shift.id)) return shift;
        const fault = shiftFault(shift, standing, {
          nowMs: now(),
          callable: (number) => inOneSpelling(number) !== null,
        });
        if (fault !== null) {
          const { fault: why, ...about } = fault;
          throw new AppError(why, 'fromMs' in about ? spanOf(about) : about);
        }
        await duty.addShift(code, shift, by, tx);
        return shift;
      });
    },

    async removeShift(code: string, id: string, by: string): Promise<void> {
      if (!(await duty.removeShift(code, id, by, now()))) throw new AppError('duty.shiftUnknown', { id });
    },
  };
}

const spanOf = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
});

/** Who is on call at this moment. Codes: duty.listUnknown, duty.gap. */
export async function onCallNow(
  { duty, now }: Pick<Deps, 'duty' | 'now'>,
  code: string,
): Promise<{ readonly list: DutyList; readonly ladder: readonly OnCall[] }> {
  const list = await duty.byCode(code);
  if (list === null) throw new AppError('duty.listUnknown', { list: code });
  const shift = shiftAt(await duty.shifts(code, now()), now());
  if (shift === null) throw new AppError('duty.gap', { list: list.name });
  return { list, ladder: shift.ladder };
}

const CHECKED_MS = 14 * 86_400_000;

/** Each list with its shifts to come and what is wrong with it in the next 14 days. */
export function readDuty({ duty, now }: Pick<Deps, 'duty' | 'now'>) {
  return async (): Promise<
    readonly {
      readonly list: DutyList;
      readonly shifts: readonly DutyShift[];
      readonly findings: readonly DutyFinding[];
    }[]
  > => {
    const fromMs = now();
    return Promise.all(
      (await duty.lists()).map(async (list) => {
        const shifts = await duty.shifts(list.code, fromMs);
        return { list, shifts, findings: lintDuty(shifts, { fromMs, toMs: fromMs + CHECKED_MS }) };
      }),
    );
  };
}
