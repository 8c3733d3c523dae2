import {
  CODE_KINDS,
  type CodeListContent,
  type CodeListId,
  type CodeTerm,
  isOutside,
} from '../../domain/codes/code-list.ts';
import { writeListFile } from '../../domain/codes/list-file.ts';
import { type PlaceInList, placeIn } from '../../domain/codes/paths.ts';
import { AppError } from '../errors.ts';
import type { CodeBook, CodeEdition, CodeEvent } from '../ports/codes.ts';
import { editionOf } from './deps.ts';

interface ReadDeps {
  readonly codes: CodeBook;
}

/** A list as it is used today. Refuses with `codes.editionUnknown` one that there is none of. */
export function readList({ codes }: ReadDeps) {
  return async (
    list: CodeListId,
  ): Promise<{
    readonly edition: CodeEdition;
    readonly terms: readonly CodeTerm[];
    readonly editions: readonly CodeEdition[];
  }> => {
    const editions = await codes.editions(list);
    const edition = editions.find(({ state }) => state === 'inForce');
    if (edition === undefined) throw new AppError('codes.editionUnknown', { list });
    return { edition, terms: await codes.present(list), editions };
  };
}

export interface EditionRead {
  readonly edition: CodeEdition;
  readonly content: CodeListContent;
  readonly events: readonly (Omit<CodeEvent, 'at' | 'actor'> & {
    readonly at: string;
    readonly by: string | null;
  })[];
}

/** One edition, whatever its state. Refuses with `codes.editionUnknown`. */
export function readEdition({ codes }: ReadDeps) {
  return async (list: CodeListId, number: number): Promise<EditionRead> => {
    const edition = await editionOf(codes, list, number);
    const content = await codes.content(list, number);
    const terms = edition.state === 'inForce' ? await codes.present(list) : content.terms;
    return { edition, content: { ...content, terms }, events: await codes.events(list, number) };
  };
}

/** The whole of an edition as a file that can be brought in again as it is. */
export function exportList(deps: ReadDeps) {
  const read = readEdition(deps);
  return async (
    list: CodeListId,
    number: number | null,
  ): Promise<{ readonly number: number; readonly csv: string }> => {
    const asked = number ?? (await readList(deps)(list)).edition.number;
    const { content } = await read(list, asked);
    return { number: asked, csv: writeListFile(list, content) };
  };
}

/** Where a code of one edition stands in another. Refuses with `codes.editionUnknown` where one was never in force. */
export function mapCode({ codes }: ReadDeps) {
  return async (asked: {
    readonly list: CodeListId;
    readonly code: string;
    readonly from: number;
    /** null: today's. */
    readonly to: number | null;
  }): Promise<PlaceInList & { readonly to: number }> => {
    const { list, code, from } = asked;
    const history = await codes.history(list);
    const to = asked.to ?? history.at(-1)?.number ?? 0;
    const place =
      isOutside(list) || !CODE_KINDS.some((kind) => kind === list)
        ? null
        : placeIn(code, { from, to }, history);
    if (place === null) throw new AppError('codes.editionUnknown', { list, from, to });
    return { ...place, to };
  };
}
