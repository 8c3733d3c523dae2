import type { Desks } from './desks.ts';
import { type Stands, sooner, type Waiting } from './lanes.ts';

/** Where the caller waits, the own queue first; null while nobody is being sought for him, or one agent alone. */
export function standingsOf(
  { desks }: { readonly desks: Desks },
  caller: Waiting,
  atMost: number,
): readonly Stands[] | null {
  if (caller.offeredTo !== null || caller.keptFor !== null) return null;
  return caller.spots.map(({ queue, lanes }) => {
    const desk = desks.of(queue);
    const able = lanes.at(-1)?.present ?? 0;
    return { queue, ahead: desk.before(caller, atMost).length, particular: able < desk.present };
  });
}

/** Who stands before the caller at any of his desks, the first in line first: the desks at which each waits. */
export function lineBefore(
  { desks }: { readonly desks: Desks },
  caller: Waiting,
  atMost: number,
): readonly (readonly string[])[] {
  const before = new Set(caller.spots.flatMap(({ queue }) => desks.of(queue).before(caller, atMost)));
  return [...before]
    .sort((one, other) => (sooner(one, other) ? -1 : 1))
    .map(({ spots }) => spots.map(({ queue }) => queue));
}
