const two = (n: number): string => String(n).padStart(2, '0');

/** A running time as on a watch: `3:07`, `1:02:09`. Never negative. */
export function watchTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const tail = two(seconds % 60);
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${two(minutes)}:${tail}`;
}

/** A day and time as people here write them: `11-26 14:05`; with the year where it is another one. */
export function dayTime(at: Date | number | string, now: Date = new Date()): string {
  const day = new Date(at);
  const date = `${two(day.getMonth() + 1)}-${two(day.getDate())} ${clockTime(day)}`;
  return day.getFullYear() === now.getFullYear() ? date : `${day.getFullYear()}-${date}`;
}

/** `14:05`. */
export function clockTime(at: Date | number | string): string {
  const day = new Date(at);
  return `${two(day.getHours())}:${two(day.getMinutes())}`;
}

/** `2026-11-26`, of the place where the screen stands. */
export function dayOf(at: Date | number | string): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
