import { type Announcement, HEARD_AT_MOST, isOnAir } from './announcement.ts';
import { whereabouts } from './caller-area.ts';

/** A caller as announcements see him. Numbers in the one spelling, null when there is none. */
export interface Listener {
  readonly line: string | null;
  readonly caller: string | null;
  /** Dialled, handed over from or calling from an emergency number: nothing comes before a person. */
  readonly emergency: boolean;
}

export type NotHeard = 'notYet' | 'over' | 'emergency' | 'otherLine' | 'elsewhere' | 'areaUnknown' | 'enough';
export interface Considered {
  readonly announcement: Announcement;
  readonly outcome: 'heard' | NotHeard;
  /** Why, zh-CN. */
  readonly reason: string;
}

const REASONS: Readonly<Record<'heard' | NotHeard, string>> = {
  heard: '符合范围和时间',
  notYet: '尚未开始',
  over: '已过截止时间',
  emergency: '紧急来电不播放，直接转人工',
  otherLine: '不在所限的被叫号码之内',
  elsewhere: '来电号码不在所限的区域',
  areaUnknown: '来电号码看不出区域，且未选择向其播放',
  enough: `每次来电最多播放 ${HEARD_AT_MOST} 条，已有更贴切或更新的`,
};

/** Every announcement with what becomes of it for this caller: first those that are heard, in the order of hearing. */
export function consider(
  announcements: readonly Announcement[],
  listener: Listener,
  nowMs: number,
): readonly Considered[] {
  const judged = announcements.map((announcement) => ({
    announcement,
    outcome: judge(announcement, listener, nowMs),
  }));
  const fitting = judged.filter(({ outcome }) => outcome === 'heard');
  fitting.sort((a, b) => byFitness(a.announcement, b.announcement));
  const others = judged.filter(({ outcome }) => outcome !== 'heard');
  return [
    ...fitting.map((one, place) => (place < HEARD_AT_MOST ? one : { ...one, outcome: 'enough' as const })),
    ...others,
  ].map((one) => ({ ...one, reason: REASONS[one.outcome] }));
}

function judge(announcement: Announcement, listener: Listener, nowMs: number): 'heard' | NotHeard {
  if (!isOnAir(announcement, nowMs)) return nowMs < announcement.fromMs ? 'notYet' : 'over';
  if (listener.emergency) return 'emergency';
  const { lines, area } = announcement;
  if (lines !== null && (listener.line === null || !lines.includes(listener.line))) return 'otherLine';
  if (area === null) return 'heard';
  const where = whereabouts(area, listener.caller);
  switch (where) {
    case 'inside':
      return 'heard';
    case 'elsewhere':
      return 'elsewhere';
    case 'unknown':
      return area.unknownHear ? 'heard' : 'areaUnknown';
    default:
      return where satisfies never;
  }
}

/** The more narrowly aimed first, then the newer; the id makes it the same order everywhere. */
function byFitness(a: Announcement, b: Announcement): number {
  const aim = ({ lines, area }: Announcement): number => (lines === null ? 0 : 1) + (area === null ? 0 : 1);
  return aim(b) - aim(a) || b.fromMs - a.fromMs || (a.id < b.id ? -1 : 1);
}
