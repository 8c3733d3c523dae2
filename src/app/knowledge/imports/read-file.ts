import { advice, type Said } from '../../../domain/hotlines/register/advice.ts';
import { parseCsv } from '../../../domain/hotlines/register/csv.ts';
import { decodeCsv } from '../../../domain/hotlines/register/decode-csv.ts';
import {
  columnOf,
  type EntryContext,
  type EntryField,
  type EntryRow,
  entryLine,
} from '../../../domain/knowledge/files/entry-row.ts';
import {
  codesIn,
  headingIn,
  type ReadTable,
  type StandingLines,
} from '../../../domain/knowledge/files/table.ts';
import { lintEntry } from '../../../domain/knowledge/lint.ts';
import { type PlaceContent, type PlaceField, placeLine } from '../../../domain/knowledge/places/place.ts';
import { AppError } from '../../errors.ts';
import type { ImportKind } from '../../ports/imports.ts';
import type { KnowledgeBulk } from '../../ports/knowledge-bulk.ts';
import type { Pause } from '../../ports/pause.ts';
import type { PlaceBook } from '../../ports/places.ts';
import type { Spreadsheets } from '../../ports/spreadsheets.ts';
import { entrySteps, placeSteps, type TableCells } from './tables.ts';

export type TableFile =
  | { readonly format: 'csv'; readonly text: string }
  /** As a spreadsheet saved it, in whichever encoding. */
  | { readonly format: 'csv'; readonly bytes: Uint8Array }
  | { readonly format: 'xlsx'; readonly bytes: Uint8Array };

export interface StandingDeps {
  readonly knowledgeBulk: Pick<KnowledgeBulk, 'standing'>;
  readonly places: Pick<PlaceBook, 'byCodes'>;
  readonly pause: Pause;
}

/** Lines that are read, and that are weighed word by word, before others have their turn: a few milliseconds of work. */
const READ_AT_ONCE = 100;
const WEIGHED_AT_ONCE = 20;

/** Each line by itself, with what stands where the file has no column; what is wrong is told by the columns of the file. */
export async function readLines(
  deps: StandingDeps,
  asked: Parameters<typeof linesOf>[1],
): Promise<ReadTable<EntryRow | PlaceContent>> {
  const read = await linesOf(deps, asked);
  const refused = read.refused.map((one) => ({ ...one, field: headingIn(asked.cells, one.field) }));
  return { ...read, refused };
}

async function linesOf(
  deps: StandingDeps,
  asked: {
    readonly kind: ImportKind;
    readonly cells: TableCells;
    readonly context: EntryContext;
    readonly publish: boolean;
  },
): Promise<ReadTable<EntryRow | PlaceContent>> {
  const { kind, cells, context, publish } = asked;
  if (kind === 'places') {
    const known = await deps.places.byCodes(codesIn(cells));
    const standing: StandingLines<PlaceField> = new Map(
      known.map((place) => [place.code, placeLine(place.code, place)]),
    );
    return inSteps(placeSteps(cells, context, standing), deps.pause);
  }
  const standing = await standingEntries(deps, codesIn(cells), context.today);
  const read = await inSteps(entrySteps(cells, context, standing), deps.pause);
  return publish ? plainOnes(read, context.today, deps.pause) : read;
}

async function inSteps<R>(steps: Generator<void, R>, pause: Pause): Promise<R> {
  for (let done = 1; ; done += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (done % READ_AT_ONCE === 0) await pause();
  }
}

/** An end that is over, and the first day, are those of the version that stands, and not of the one to come. */
async function standingEntries(
  { knowledgeBulk }: StandingDeps,
  codes: readonly string[],
  today: string,
): Promise<StandingLines<EntryField>> {
  const known = await knowledgeBulk.standing('import', codes);
  return new Map(
    [...known].map(([ref, { ownerUnit, words }]) => {
      const validTo = words.validTo !== null && words.validTo < today ? null : words.validTo;
      const content = { ...words, validTo, validFrom: '', attachments: [] };
      return [ref, entryLine(ref, { ownerUnit, content })];
    }),
  );
}

/** Nobody reads line by line what is published as a whole: what a checker would not even be given is refused here. */
async function plainOnes(
  read: ReadTable<EntryRow>,
  today: string,
  pause: Pause,
): Promise<ReadTable<EntryRow>> {
  const good: (typeof read.good)[number][] = [];
  const refused = [...read.refused];
  for (const [at, one] of read.good.entries()) {
    if (at % WEIGHED_AT_ONCE === 0) await pause();
    const faults = lintEntry(one.row.content, today).filter(({ severity }) => severity === 'error');
    if (faults.length === 0) good.push(one);
    for (const { field, piece, message, cure } of faults) {
      const said: Said =
        piece === '' ? [message.zh, message.en] : [`${message.zh}：${piece}`, `${message.en}: ${piece}`];
      const { line, code } = one;
      refused.push({ line, code, field: columnOf(field), ...advice(said, [cure.zh, cure.en]) });
    }
  }
  return { ...read, good, refused: refused.toSorted((one, other) => one.line - other.line) };
}

export async function cellsOf(spreadsheets: Spreadsheets, file: TableFile): Promise<TableCells> {
  if (file.format === 'xlsx') return spreadsheets.read(file.bytes);
  const records = parseCsv('text' in file ? file.text : textOf(file.bytes));
  const broken = records.find(({ fault }) => fault !== null);
  // A quotation mark that is not closed swallows the lines behind it: nothing after it can be believed.
  if (broken !== undefined)
    throw new AppError('import.fileUnreadable', { line: broken.line, why: broken.fault ?? '' });
  const cells: string[][] = [];
  for (const { line, cells: record } of records) {
    while (cells.length < line - 1) cells.push([]);
    cells.push([...record]);
  }
  return cells;
}

function textOf(bytes: Uint8Array): string {
  const decoded = decodeCsv(bytes);
  if (decoded.kind === 'notText') throw new AppError('import.fileUnreadable', { line: 1, why: 'notText' });
  return decoded.text;
}
