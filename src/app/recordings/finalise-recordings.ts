import { conversationFacts, internalFacts } from '../../domain/recordings/from-facts.ts';
import { lookAt, onceMore, type SegmentFacts, toBlank, verdictOn } from '../../domain/recordings/judge.ts';
import type { RecordingFault } from '../../domain/recordings/recording-table.ts';
import type { AlarmBook, AlarmKind, AlarmWords } from '../ports/alarms.ts';
import type { Log } from '../ports/log.ts';
import type { DueSegment, RecordingBook, RecordingVault } from '../ports/recordings.ts';
import { alarmKey, STALLED_WORDS, WAITS_WORDS } from './alarm-words.ts';
import { tellFailures } from './tell-failures.ts';

export interface FinaliserParts {
  readonly recordings: RecordingBook;
  readonly vault: RecordingVault;
  readonly alarms: AlarmBook;
  readonly log: Log;
  now(): number;
  newId(): string;
}

const BATCH = 20;
/** A worker that dies with a segment in hand leaves it to the next after this. Sealing four hours takes seconds. */
const HELD_MS = 120_000;
/** After trouble of the disk or the database, which is not the segment's. */
const AGAIN_MS = 30_000;

/**
 * Looks at each segment whose time has come: waits for its file, seals it, and moves its state by what is found. Any
 * number of workers; each segment is held by one. The file that the switch wrote goes only when the sealed one is on
 * the disk and in the books: a worker that dies at any point leaves work to be done again, and nothing lost.
 */
export function finaliseRecordings(parts: FinaliserParts) {
  const { recordings, log } = parts;
  const tell = tellFailures(parts);
  return async (): Promise<number> => {
    const now = parts.now();
    const due = await recordings.claim(now, now + HELD_MS, BATCH);
    for (const segment of due) {
      try {
        await finalise(parts, segment);
      } catch (err) {
        // One damaged file must not hold up the others. Who holds it is back after its time.
        const { callId, segment: name } = segment;
        log.error({ err, callId, segment: name }, 'a recording could not be taken care of');
        await recordings.wait(segment.id, parts.now() + AGAIN_MS, false);
      }
    }
    await tell();
    return due.length;
  };
}

async function finalise(parts: FinaliserParts, due: DueSegment): Promise<void> {
  const { recordings, vault } = parts;
  if (due.state === 'stored' || due.state === 'partial') {
    // A forerunner sealed it and came no further.
    if (due.source !== due.file) await vault.discard(due.source);
    return recordings.sourceGone(due.id);
  }
  const told = await recordings.facts(due.callId);
  const facts = due.kind === 'conversation' ? conversationFacts(told) : internalFacts(told, due.segment);
  if (facts === null) return recordings.wait(due.id, parts.now() + AGAIN_MS, false);
  const look = lookAt(facts, await vault.look(due.source, parts.now()), parts.now());
  switch (look.kind) {
    case 'wait':
      await recordings.wait(due.id, look.againMs, look.stalled);
      if (look.stalled) await alarm(parts, 'recording.stalled', due, STALLED_WORDS);
      return;
    case 'missing':
      return miss(parts, due, look.fault);
    case 'seal':
      return seal(parts, due, facts, look);
    default:
      look satisfies never;
  }
}

async function seal(
  parts: FinaliserParts,
  due: DueSegment,
  facts: SegmentFacts,
  end: { readonly endedMs: number; readonly endKnown: boolean },
): Promise<void> {
  const { recordings, vault } = parts;
  const file = keptAs(due, facts.beganMs);
  let sealed: Awaited<ReturnType<RecordingVault['seal']>>;
  try {
    sealed = await vault.seal(due.source, file, toBlank(facts));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'recording.unreadable') return miss(parts, due, 'unreadable');
    if (code !== 'recording.noRoom') throw error;
    await alarm(parts, 'recording.diskFull', due, WAITS_WORDS);
    return recordings.wait(due.id, parts.now() + AGAIN_MS, false);
  }
  if (sealed.durationMs === 0) return miss(parts, due, 'fileEmpty');
  const verdict = verdictOn(facts, sealed, end);
  await recordings.seal(due.id, parts.now(), { ...verdict, endedMs: end.endedMs, file, sealed });
  if (due.source !== file) await vault.discard(due.source);
  await recordings.sourceGone(due.id);
}

async function miss(parts: FinaliserParts, due: DueSegment, fault: RecordingFault): Promise<void> {
  const now = parts.now();
  await parts.recordings.miss(due.id, fault, now, onceMore(due.looks + 1, now));
}

/** One trouble, one alarm, however many calls it concerns: the latest is named. */
async function alarm(
  parts: FinaliserParts,
  kind: AlarmKind,
  due: DueSegment,
  words: AlarmWords,
): Promise<void> {
  const { callId, segment } = due;
  const key = alarmKey(kind, words);
  const raised = await parts.alarms.raise({
    id: parts.newId(),
    key,
    kind,
    ...words,
    subject: callId,
    atMs: parts.now(),
  });
  parts.log.error({ callId, segment, kind, detail: words.detailEn, raised }, 'a recording wants attention');
}

/** By the day in UTC on which it began, and the call's id: nothing of a citizen is in a name. */
function keptAs({ source, callId, segment, kind }: DueSegment, beganMs: number): string {
  // Of an earlier release: one channel, kept where it lies.
  if (kind === 'conversation' && source.endsWith('.wav')) return source;
  if (kind === 'conversation') return source.replace(/\.raw$/, '.wav');
  const day = new Date(beganMs).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/${callId}.${segment}.wav`;
}
