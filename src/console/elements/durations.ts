const two = (n: number): string => String(n).padStart(2, '0');

/** As a watch shows it: `0:07`, `12:05`, `1:02:03`. A clock that is behind the server's shows nought. */
export function watchTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `${hours > 0 ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}
