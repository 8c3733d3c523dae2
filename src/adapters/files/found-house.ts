import { basename } from 'node:path';
import type { HouseMirror } from '../../app/ports/house-mirror.ts';
import type { Log } from '../../app/ports/log.ts';
import { readIfThere } from './atomic-write.ts';
import { readFormerJournals } from './former-journals.ts';
import { type Letter, readLine } from './house-lines.ts';
import { generationOf } from './journal-files.ts';
import type { RoomKind } from './journal-room.ts';

type Rooms = Map<string, Map<string, unknown>>;
type Kinds = ReadonlyMap<string, RoomKind<unknown>>;

export interface FoundHouse {
  readonly rooms: Rooms;
  readonly letters: readonly Letter[];
  /**
   * `latest`: all that was known last. `stale`: another call control served since this was written, and where it wrote
   * is out of reach. `nothing`: nobody served before, or all is lost.
   */
  readonly as: 'latest' | 'stale' | 'nothing';
  /** Once it stands in a file of its own. */
  done(): Promise<void>;
}

interface Written {
  readonly generation: number;
  readonly turn: number;
  readonly rooms: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  readonly letters: readonly Letter[];
  done?(): Promise<void>;
}

/**
 * What is known of the house: of the file on this machine and the mirror that all machines see, the one that was written
 * last. The mirror follows the file, so on the machine that served last the file wins.
 */
export async function findHouse(by: {
  readonly base: string;
  /** The latest first. */
  readonly files: readonly string[];
  readonly generation: number;
  readonly after: number;
  readonly mirror: HouseMirror;
  readonly kinds: Kinds;
  readonly log: Log;
}): Promise<FoundHouse> {
  const { base, files, after, kinds, log } = by;
  const [file, copy] = await Promise.all([
    files[0] === undefined ? ofBefore(base, by.generation, kinds) : readFile(files[0], log),
    by.mirror.read(),
  ]);
  const isNewer =
    copy !== null &&
    (copy.generation > file.generation || (copy.generation === file.generation && copy.turn > file.turn));
  const chosen: Written = isNewer ? { ...copy, letters: [{ told: copy.told, handed: 0 }] } : file;
  const as = chosen.turn < 0 ? 'nothing' : chosen.generation < after ? 'stale' : 'latest';
  log.info(
    { from: isNewer ? 'mirror' : 'file', as, generation: chosen.generation, turn: chosen.turn },
    'what call control knew last was looked for',
  );
  return {
    rooms: parsed(chosen.rooms, kinds, as === 'stale'),
    // What this machine has told and not seen arrive is handed on in any case; first, for `handed` counts from there.
    letters: isNewer ? [...file.letters, ...chosen.letters] : file.letters,
    as,
    done: async () => file.done?.(),
  };
}

function parsed(rooms: Written['rooms'], kinds: Kinds, isStale: boolean): Rooms {
  const made: Rooms = new Map();
  for (const [room, values] of rooms) {
    const kind = kinds.get(room);
    if (kind === undefined || (isStale && kind.onlyIfLatest)) continue;
    const kept = [...values.values()].flatMap((value) => kind.parse(value) ?? []);
    made.set(room, new Map(kept.map((value) => [kind.key(value), value])));
  }
  return made;
}

async function readFile(path: string, log: Log): Promise<Written> {
  const rooms: Rooms = new Map();
  const letters: Letter[] = [];
  let last = -1;
  for (const text of ((await readIfThere(path)) ?? '').split('\n')) {
    if (text === '') continue;
    const line = readLine(text);
    if (line === null) {
      log.warn({ file: basename(path) }, 'the journal of call control held a torn line');
      continue;
    }
    last = line.turn;
    if (line.with !== undefined) letters.push(line.with);
    for (const [room, keys] of Object.entries(line.drop))
      for (const key of keys) rooms.get(room)?.delete(key);
    for (const [room, values] of Object.entries(line.put)) {
      const known = rooms.get(room) ?? new Map<string, unknown>();
      for (const [key, value] of Object.entries(values)) known.set(key, value);
      rooms.set(room, known);
    }
  }
  return { generation: generationOf(path), turn: last, rooms, letters };
}

async function ofBefore(base: string, generation: number, kinds: Kinds): Promise<Written> {
  const keyOf = (room: string, value: unknown): string | null => {
    const kind = kinds.get(room);
    const whole = kind?.parse(value) ?? null;
    return kind === undefined || whole === null ? null : kind.key(whole);
  };
  const former = await readFormerJournals(base, generation, keyOf);
  const rooms = new Map(
    [...former.rooms].map(([room, values]) => [
      room,
      new Map(values.map((value) => [keyOf(room, value) ?? '', value])),
    ]),
  );
  const isThere = former.letters.length > 0 || [...rooms.values()].some(({ size }) => size > 0);
  return {
    // They belong to the term before, whichever it was: a release of before served on one machine alone.
    generation: isThere ? generation - 1 : 0,
    turn: isThere ? 0 : -1,
    rooms,
    letters: former.letters,
    done: former.remove,
  };
}
