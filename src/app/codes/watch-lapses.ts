import { lapsedEditions } from '../../domain/codes/lapsed.ts';
import { instantOf, localDateOf } from '../../domain/deadlines/local-time.ts';
import { type LapsedEntry, lapsedEntries } from '../../domain/dispatch/lapsed.ts';
import type { AlarmBook, AlarmKind, AlarmWords } from '../ports/alarms.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { CodeBook } from '../ports/codes.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';

interface Lapse extends AlarmWords {
  readonly kind: Extract<AlarmKind, 'codes.lapsed' | 'dispatch.lapsed'>;
  readonly key: string;
  readonly subject: string;
}

/** So many are told by name; the others are counted. */
const NAMED = 5;
const KINDS: readonly AlarmKind[] = ['codes.lapsed', 'dispatch.lapsed'];
/** More open alarms than a house can have. */
const OPEN_AT_MOST = 1000;

/**
 * Somebody must see to what has run out with nothing in its place: an edition of a code list past the last day that its paper
 * names, entries of the dispatch catalogue that have ended. One alarm a list, and one for all entries of a day; counted once a
 * day; it goes by itself with a successor, and does not come back where a person has closed it. Returns how many stand.
 */
export function watchLapses(deps: {
  readonly codes: Pick<CodeBook, 'standing'>;
  readonly dispatchCatalogue: Pick<DispatchCatalogue, 'all' | 'categories'>;
  readonly calendar: CalendarSource;
  readonly alarms: Pick<AlarmBook, 'raise' | 'settle' | 'list' | 'dismissed'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (): Promise<number> => {
    const atMs = deps.now();
    const { zone } = (await deps.calendar.load()).calendar;
    const day = localDateOf(atMs, zone);
    // Of all workers and after a restart: what is counted once a day is counted in the books.
    const unlessSinceMs = instantOf(day, 0, zone);
    const lapses = [...(await editions(deps, day)), ...(await entries(deps, day))];
    const keys = new Set(lapses.map(({ key }) => key));
    for (const { kind, key } of await deps.alarms.list(true, OPEN_AT_MOST)) {
      if (KINDS.includes(kind) && !keys.has(key))
        await deps.alarms.settle(key, atMs, { reason: '已接续', reasonEn: 'It goes on' });
    }
    const dismissed = new Set(await deps.alarms.dismissed([...keys]));
    const standing = lapses.filter(({ key }) => !dismissed.has(key));
    for (const lapse of standing)
      await deps.alarms.raise({ id: deps.newId(), ...lapse, atMs, unlessSinceMs });
    return standing.length;
  };
}

async function editions(
  { codes }: Parameters<typeof watchLapses>[0],
  day: string,
): Promise<readonly Lapse[]> {
  return lapsedEditions(await codes.standing(), day).map(({ list, number, title, validTo }) => ({
    kind: 'codes.lapsed',
    key: `codes.lapsed:${list}:${number}:${validTo ?? ''}`,
    subject: list,
    detail: `代码表 ${list} 第 ${number} 版（${title}）已于 ${validTo ?? ''} 到期，没有接续的版本，现仍按此版登记；请起草新版或延长期限`,
    detailEn: `Edition ${number} of the code list ${list} (${title}) ran out on ${validTo ?? ''} and nothing follows; it is still in use: draft a new one or extend it`,
  }));
}

async function entries(
  { dispatchCatalogue }: Parameters<typeof watchLapses>[0],
  day: string,
): Promise<readonly Lapse[]> {
  const categories = await dispatchCatalogue.categories();
  const above = new Map(categories.map(({ code, parentCode }) => [code, parentCode]));
  const lapsed = lapsedEntries(await dispatchCatalogue.all(), above, day);
  const days = new Set(lapsed.map(({ entry }) => entry.validTo ?? ''));
  const ofDays = [...days].map((validTo) => ({
    validTo,
    ofDay: lapsed.filter(({ entry }) => entry.validTo === validTo),
  }));
  return ofDays.map(({ validTo, ofDay }) => ({
    kind: 'dispatch.lapsed',
    key: `dispatch.lapsed:${validTo}`,
    subject: validTo,
    detail:
      `派单目录有 ${ofDay.length} 条于 ${validTo} 到期，没有接续，其中 ${nobodys(ofDay)} 条已无责任单位：` +
      `${ofDay.slice(0, NAMED).map(inWords).join('；')}${ofDay.length > NAMED ? '等' : ''}。请补录或确认不再需要`,
    detailEn:
      `Entries of the dispatch catalogue that ran out on ${validTo} with nothing in their place: ${ofDay.length}, ` +
      `${nobodys(ofDay)} of them with no unit now: ${ofDay.slice(0, NAMED).map(inEnglish).join('; ')}` +
      `${ofDay.length > NAMED ? ' …' : ''}. Enter what follows, or close this if nothing is to`,
  }));
}

const nobodys = (lapsed: readonly LapsedEntry[]): number =>
  lapsed.filter(({ fallsTo }) => fallsTo === null).length;

const whatOf = ({ area, category, asset }: LapsedEntry['entry']): string =>
  [area, category, asset].filter((one) => one !== '').join('/');

const inWords = ({ entry, fallsTo }: LapsedEntry): string =>
  `${whatOf(entry) || '全部'}（原 ${entry.leadUnit}，现${fallsTo === null ? '无' : `归 ${fallsTo}`}）`;

const inEnglish = ({ entry, fallsTo }: LapsedEntry): string =>
  `${whatOf(entry) || 'all'} (was ${entry.leadUnit}, now ${fallsTo ?? 'nobody'})`;
