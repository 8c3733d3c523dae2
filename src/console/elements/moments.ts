import { useI18n } from 'vue-i18n';
import { AHEAD_MS } from './wall-time.ts';

/** China keeps one time; a desk whose clock is set to another still shows what the citizen's clock shows. */
const ZONE = 'Asia/Shanghai';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Since then China's clocks have been eight hours ahead the whole year. */
const NO_SUMMER_TIME_SINCE = Date.UTC(1991, 8, 15);

function read(at: string | number): Record<string, string> {
  const ms = new Date(at).getTime();
  // Counted, which is many times quicker than asking: a list asks for thousands.
  if (ms >= NO_SUMMER_TIME_SINCE) {
    const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = new Date(ms + AHEAD_MS)
      .toISOString()
      .split(/[-T:.]/);
    return { year, month, day, hour, minute, second };
  }
  return Object.fromEntries(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
}

/** `2026-11-26` */
export function dayOf(at: string | number): string {
  const { year, month, day } = read(at);
  return `${year}-${month}-${day}`;
}

/** `14:05` */
export function clockTime(at: string | number): string {
  const { hour, minute } = read(at);
  return `${hour}:${minute}`;
}

/** `14:05:09` */
export function secondsTime(at: string | number): string {
  const { hour, minute, second } = read(at);
  return `${hour}:${minute}:${second}`;
}

/** `11-26 14:05`, with the year before it if it is another one than now's. */
export function momentOf(at: string | number, now: number = Date.now()): string {
  const { year, month, day, hour, minute } = read(at);
  const short = `${month}-${day} ${hour}:${minute}`;
  return year === read(now).year ? short : `${year}-${short}`;
}

/** `11-26 14:05`, whatever the year: of what happened today or lately. */
export function shortMoment(at: string | number): string {
  return momentOf(at, new Date(at).getTime());
}

/** `11-26 14:05:09`, where seconds matter. */
export function secondOf(at: string | number): string {
  return `${momentOf(at)}:${read(at).second}`;
}

/** A length of time in the two largest units that it has: `3 分 20 秒`, `2 天 4 小时`. */
export function useSpans(): (ms: number) => string {
  const { t } = useI18n();
  return (ms) => {
    const whole = Math.max(0, Math.round(ms / 1000)) * 1000;
    const units = [
      ['days', DAY_MS],
      ['hours', HOUR_MS],
      ['minutes', MINUTE_MS],
      ['seconds', 1000],
    ] as const;
    const first = units.findIndex(([, size]) => whole >= size);
    if (first < 0) return t('common.span.seconds', { n: 0 });
    const [large, small] = [units[first], units[first + 1]];
    if (large === undefined) return '';
    const said = [t(`common.span.${large[0]}`, { n: Math.floor(whole / large[1]) })];
    const rest = small === undefined ? 0 : Math.floor((whole % large[1]) / small[1]);
    if (small !== undefined && rest > 0) said.push(t(`common.span.${small[0]}`, { n: rest }));
    return said.join(' ');
  };
}
