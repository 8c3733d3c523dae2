import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { minutesPaper, type PaperMinutes } from '../../domain/documents/minutes-paper.ts';
import { dateWords, type OfficialDocument } from '../../domain/documents/official-document.ts';
import type { Letterhead } from '../../domain/documents/papers.ts';
import { wordsOnPaper } from '../../domain/documents/reader.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { DocumentBook } from '../ports/documents.ts';
import type { MeetingBook, MeetingView } from '../ports/meetings.ts';
import { momentWords } from './moment-words.ts';
import { refuseExport } from './refuse-export.ts';

export interface MeetingPaperDeps {
  readonly meetings: Pick<MeetingBook, 'find'>;
  readonly documents: Pick<DocumentBook, 'unitName'>;
}

/**
 * Minutes that this reader may have on paper: confirmed, and he may read them. What was decided and who does what is the same
 * for all of them. Refuses with `meeting.unknown`, `document.notConfirmed`, `document.noExport`.
 */
export async function readableMinutes(
  deps: Pick<MeetingPaperDeps, 'meetings'>,
  meetingId: string,
  reader: Actor,
): Promise<MeetingView> {
  if ((await deps.meetings.find(meetingId, sightOf(reader))) === null) {
    throw new AppError('meeting.unknown', { id: meetingId });
  }
  const meeting = await deps.meetings.find(meetingId, sightOf(SYSTEM));
  if (meeting === null) throw new AppError('meeting.unknown', { id: meetingId });
  if (meeting.state !== 'confirmed') throw new AppError('document.notConfirmed', { state: meeting.state });
  refuseExport({ ...meeting, unit: null }, reader);
  return meeting;
}

export async function meetingPaper(
  deps: MeetingPaperDeps,
  meetingId: string,
  head: Letterhead,
  reader: Actor & { readonly displayName: string },
  { now, zone }: { readonly now: number; readonly zone: string },
): Promise<OfficialDocument> {
  const meeting = await readableMinutes(deps, meetingId, reader);
  const secret = meeting.confidential || meeting.listedOnly;
  const watermark = secret ? `${reader.displayName} ${momentWords(now, zone)}` : null;
  return minutesPaper({ ...head, watermark }, await onPaper(deps, meeting, secret, zone));
}

async function onPaper(
  { documents }: Pick<MeetingPaperDeps, 'documents'>,
  meeting: MeetingView,
  secret: boolean,
  zone: string,
): Promise<PaperMinutes> {
  const words = (text: string): string => wordsOnPaper(text, 'nothing');
  const names = new Map<string, string>();
  const named = async (code: string): Promise<string> => {
    const name = names.get(code) ?? (await documents.unitName(code));
    names.set(code, name);
    return name;
  };
  const numbers = new Map(meeting.tickets.map(({ id, number }) => [id, number]));
  const participants: PaperMinutes['participants'][number][] = [];
  for (const { unitCode, position } of meeting.participants) {
    participants.push({ unit: await named(unitCode), position: words(position) });
  }
  const decisions: PaperMinutes['decisions'][number][] = [];
  for (const one of meeting.decisions) {
    const { responsible } = one;
    if (responsible === null) decisions.push({ words: words(one.words), responsible: null });
    else {
      const assists: string[] = [];
      for (const code of responsible.assistUnits) assists.push(await named(code));
      const lead = await named(responsible.leadUnit);
      const ticket = numbers.get(responsible.ticketId) ?? responsible.ticketId;
      decisions.push({ words: words(one.words), responsible: { ticket, lead, assists } });
    }
  }
  return {
    ...{ number: meeting.number, topic: words(meeting.topic), place: words(meeting.place) },
    ...{ chair: words(meeting.chair), held: momentWords(Date.parse(meeting.heldAt), zone) },
    ...{ participants, decisions, text: words(meeting.text), confidential: secret },
    tickets: meeting.tickets.map(({ number }) => number),
    tasks: meeting.taskList.map(({ unit, task, dueAt }) => ({
      unit: unit.name,
      task: words(task),
      due: dateWords(localDateOf(Date.parse(dueAt), zone)),
    })),
  };
}
