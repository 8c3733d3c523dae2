const two = (n: number): string => String(n).padStart(2, '0');

/** `11-26 14:05`, as people here write it, by the clock of this desk. */
export function shortMoment(iso: string | number): string {
  const at = new Date(iso);
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
