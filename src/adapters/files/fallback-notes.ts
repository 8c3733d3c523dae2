import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FallbackNote, FallbackNotes } from '../../app/ports/fallback-notes.ts';
import type { Log } from '../../app/ports/log.ts';
import type { IncomingCall } from '../../app/ports/switch.ts';
import { isCallId } from '../../domain/calls/fallback.ts';
import { readIfThere } from './atomic-write.ts';

/** A note has five lines of at most 4096 characters. */
const LARGEST_BYTES = 64 << 10;
/** A line may still be on its way; what has no sense after that long never gets one. */
const UNFINISHED_MS = 60_000;
const SET_ASIDE = 'unreadable';

type ReadIncoming = (channel: string, fields: readonly string[]) => IncomingCall | null;

/**
 * The folder in which the dialplan leaves one file a call, named by the call's id: the line of the call's facts, then
 * `entered:<ms>:<arrived ms>:<status>`, `answered:<ms>:<phone>`, `ended:<ms>:<by>`; or, of a call that was turned away,
 * `refused:<ms>:<why>` alone. Values are URI-encoded.
 */
export function fallbackNotes(folder: string, readIncoming: ReadIncoming, log: Log): FallbackNotes {
  const stuck = new Set<string>();

  async function setAside(name: string, reason: string): Promise<void> {
    if (stuck.has(name)) return;
    try {
      await mkdir(join(folder, SET_ASIDE), { recursive: true, mode: 0o700 });
      await rename(join(folder, name), join(folder, SET_ASIDE, name));
      log.error({ name, reason }, 'a note of the fallback cannot be read and was set aside');
    } catch (err) {
      stuck.add(name);
      log.error({ name, reason, err }, 'a note of the fallback can neither be read nor set aside');
    }
  }

  async function readOne(name: string): Promise<FallbackNote | null> {
    const path = join(folder, name);
    const found = await stat(path).catch(ifGone);
    if (found === null) return null;
    if (!isCallId(name) || !found.isFile() || found.size > LARGEST_BYTES) {
      await setAside(name, 'not a note');
      return null;
    }
    const text = await readIfThere(path);
    if (text === null) return null;
    const note = parse(text, name, readIncoming);
    if (typeof note !== 'string') return note;
    if (Date.now() - found.mtimeMs > UNFINISHED_MS) await setAside(name, note);
    return null;
  }

  return {
    async read() {
      const names = await readdir(folder).catch(ifGone);
      const notes: FallbackNote[] = [];
      for (const name of (names ?? []).sort()) {
        if (name === SET_ASIDE || stuck.has(name)) continue;
        try {
          const note = await readOne(name);
          if (note !== null) notes.push(note);
        } catch (err) {
          stuck.add(name);
          log.error({ name, err }, 'a note of the fallback could not be opened');
        }
      }
      return notes;
    },
    async remove(callId) {
      await rm(join(folder, callId), { force: true });
    },
  };
}

function ifGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** The note, or why it is none. */
function parse(text: string, name: string, readIncoming: ReadIncoming): FallbackNote | string {
  if (!text.endsWith('\n')) return 'torn';
  const lines = text.trimEnd().split('\n');
  const fields = lines.map((line) => line.split(':'));
  const of = (mark: string): readonly string[] | null => fields.find(([first]) => first === mark) ?? null;
  const [incomingFields, entered, answered, ended] = [
    of('incoming'),
    of('entered'),
    of('answered'),
    of('ended'),
  ];
  const incoming = incomingFields === null ? null : readIncoming('', incomingFields);
  if (incoming === null) return 'without the facts of the call';
  if (incoming.callId !== name) return 'of another call';
  const refused = of('refused');
  const refusedMs = time(refused?.[1]);
  if (refusedMs !== null) return turnedAway(incoming, refusedMs, plain(refused?.[2]));
  const enteredMs = time(entered?.[1]);
  if (enteredMs === null) return 'without a beginning';
  const answeredMs = time(answered?.[1]);
  const endedMs = time(ended?.[1]);
  const by = ended?.[2];
  return {
    incoming,
    arrivedMs: time(entered?.[2]) ?? enteredMs,
    enteredMs,
    status: plain(entered?.[3]),
    answered: answeredMs === null ? null : { atMs: answeredMs, phone: plain(answered?.[2]) },
    ended: endedMs === null ? null : { atMs: endedMs, by: by === 'agent' || by === 'system' ? by : 'caller' },
  };
}

const turnedAway = (incoming: IncomingCall, atMs: number, status: string): FallbackNote => ({
  incoming,
  arrivedMs: atMs,
  enteredMs: atMs,
  status,
  refused: true,
  answered: null,
  ended: { atMs, by: 'system' },
});

function time(field: string | undefined): number | null {
  return field !== undefined && /^\d{13}$/.test(field) ? Number(field) : null;
}

function plain(field: string | undefined): string {
  try {
    return decodeURIComponent(field ?? '');
  } catch (error) {
    if (error instanceof URIError) return field ?? '';
    throw error;
  }
}
