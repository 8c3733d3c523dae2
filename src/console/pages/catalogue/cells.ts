import type { Checked, DraftContent, Entry } from './shapes.ts';

/** What stands in a line of the grid, by codes where a code is known; several assisting units with ; between them. */
export interface Cells {
  category: string;
  area: string;
  asset: string;
  lead: string;
  assist: string;
  validFrom: string;
  validTo: string;
  basis: string;
}
export type Column = keyof Cells;
export const COLUMNS: readonly Column[] = [
  ...(['category', 'area', 'asset', 'lead'] as const),
  ...(['assist', 'validFrom', 'validTo', 'basis'] as const),
];
/** Whose a matter is may change; which matter an entry that stands is about, may not: that is another entry. */
export const KEY_COLUMNS: readonly Column[] = ['category', 'area', 'asset'];

/** Edits of the catalogue, kept on this machine as they are typed and on the server whenever they are checked. */
export interface Edits {
  draftId: string | null;
  revision: number;
  title: string;
  /** Lines of entries that stand, as they shall be. */
  changed: Record<string, Cells>;
  added: (Cells & { id: string })[];
  removed: string[];
  areas: NonNullable<DraftContent['areas']>;
  assets: NonNullable<DraftContent['assets']>;
}
export const emptyEdits = (): Edits => ({
  ...{ draftId: null, revision: 0, title: '' },
  ...{ changed: {}, added: [], removed: [], areas: [], assets: [] },
});
export const isUnedited = ({ changed, added, removed, areas, assets }: Edits): boolean =>
  Object.keys(changed).length + added.length + removed.length + areas.length + assets.length === 0;

export type RowState = 'same' | 'changed' | 'new' | 'ended' | 'removed' | 'gap';
export interface CatalogueRow {
  readonly id: string;
  readonly state: RowState;
  readonly cells: Cells;
  readonly base: Entry | null;
}

export const EMPTY_CELLS: Cells = {
  ...{ category: '', area: '', asset: '', lead: '' },
  ...{ assist: '', validFrom: '', validTo: '', basis: '' },
};
export const cellsOf = (entry: Entry): Cells => ({
  ...{ category: entry.category, area: entry.area, asset: entry.asset, lead: entry.leadUnit },
  assist: entry.assistUnits.join(';'),
  ...{ validFrom: entry.validFrom, validTo: entry.validTo ?? '', basis: entry.basis },
});

/** Only its end comes sooner: it goes on as it is until then. */
function endsSooner(cells: Cells, entry: Entry): boolean {
  const { validTo, ...rest } = cells;
  const { validTo: end, ...was } = cellsOf(entry);
  const isSame = Object.entries(was).every(([name, value]) => rest[name as keyof typeof rest] === value);
  return isSame && validTo !== '' && validTo !== end && (end === '' || validTo < end);
}

/** Every line of the grid: categories without anybody first, then what stands, then what is new. */
export function rowsOf(
  standing: readonly Entry[],
  edits: Edits,
  gaps: readonly string[],
): readonly CatalogueRow[] {
  const removed = new Set(edits.removed);
  const filled = new Set(
    edits.added.filter(({ area, asset }) => area === '' && asset === '').map(({ category }) => category),
  );
  return [
    ...gaps
      .filter((category) => !filled.has(category))
      .map(
        (category): CatalogueRow => ({
          ...{ id: `gap ${category}`, state: 'gap', base: null },
          cells: { ...EMPTY_CELLS, category },
        }),
      ),
    ...standing.map((base): CatalogueRow => {
      const cells = edits.changed[base.id];
      if (removed.has(base.id)) return { id: base.id, state: 'removed', base, cells: cellsOf(base) };
      if (cells === undefined) return { id: base.id, state: 'same', base, cells: cellsOf(base) };
      return { id: base.id, state: endsSooner(cells, base) ? 'ended' : 'changed', base, cells };
    }),
    ...edits.added.map(({ id, ...cells }): CatalogueRow => ({ id, state: 'new', base: null, cells })),
  ];
}

export interface WrittenContent {
  readonly content: DraftContent;
  /** The line of the grid from which each of its entries comes. */
  readonly rows: readonly string[];
}

/** As the API takes it. */
export function contentOf(standing: readonly Entry[], edits: Edits): WrittenContent {
  const byId = new Map(standing.map((entry) => [entry.id, entry]));
  const entries: { readonly row: string; readonly cells: Cells }[] = [];
  const end: { id: string; lastDay: string }[] = [];
  for (const [id, cells] of Object.entries(edits.changed)) {
    const base = byId.get(id);
    // Somebody else's publication took it away: it is about the same matter still.
    if (base !== undefined && endsSooner(cells, base)) end.push({ id, lastDay: cells.validTo });
    else entries.push({ row: id, cells });
  }
  entries.push(...edits.added.map(({ id, ...cells }) => ({ row: id, cells })));
  return {
    content: {
      entries: entries.map(({ cells: { assist, ...cells } }) => ({
        ...cells,
        assist: assist.split(';').filter((unit) => unit !== ''),
      })),
      remove: edits.removed.filter((id) => byId.has(id)),
      ...{ end, areas: edits.areas, assets: edits.assets },
    },
    rows: entries.map(({ row }) => row),
  };
}

/** A draft that was saved, on the lines that it changes. */
export function editsOf(
  draft: {
    readonly id: string;
    readonly revision: number;
    readonly title: string;
    readonly content: DraftContent;
  },
  standing: readonly Entry[],
): Edits {
  const { id, revision, title, content } = draft;
  const edits: Edits = { ...emptyEdits(), draftId: id, revision, title };
  edits.removed = [...(content.remove ?? [])];
  edits.areas = [...(content.areas ?? [])];
  edits.assets = [...(content.assets ?? [])];
  const byId = new Map(standing.map((entry) => [entry.id, entry]));
  for (const { id: ended, lastDay } of content.end ?? []) {
    const base = byId.get(ended);
    if (base !== undefined) edits.changed[ended] = { ...cellsOf(base), validTo: lastDay };
  }
  for (const [nth, { assist = [], ...given }] of (content.entries ?? []).entries()) {
    const cells: Cells = { ...EMPTY_CELLS, ...given, assist: assist.join(';') };
    const base = standing.find(
      (entry) =>
        KEY_COLUMNS.every((column) => cellsOf(entry)[column] === cells[column]) &&
        entry.validFrom <= cells.validFrom &&
        (entry.validTo === null || entry.validTo >= cells.validFrom) &&
        edits.changed[entry.id] === undefined,
    );
    if (base === undefined) edits.added.push({ id: `new ${nth}`, ...cells });
    else edits.changed[base.id] = cells;
  }
  return edits;
}

/** The same edits on a catalogue that somebody else has published since: what stood there and does not any more is a new line. */
export function onStanding(edits: Edits, standing: readonly Entry[]): Edits {
  const known = new Set(standing.map(({ id }) => id));
  const lines = Object.entries(edits.changed);
  return {
    ...edits,
    changed: Object.fromEntries(lines.filter(([id]) => known.has(id))),
    added: [
      ...edits.added,
      ...lines.filter(([id]) => !known.has(id)).map(([id, cells]) => ({ ...cells, id })),
    ],
    removed: edits.removed.filter((id) => known.has(id)),
  };
}

/** What the check found wrong, by line and column. */
export function faultsByRow(
  checked: Checked | null,
  rows: readonly string[],
): ReadonlyMap<string, readonly Checked['faults'][number][]> {
  const found = new Map<string, Checked['faults'][number][]>();
  for (const fault of checked?.faults ?? []) {
    const row = rows[fault.index] ?? '';
    found.set(row, [...(found.get(row) ?? []), fault]);
  }
  return found;
}

/** A block as a spreadsheet puts it on the clipboard: a line each, tabs between, a cell with line ends in quotes. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (isQuoted) {
      if (sign === '"' && text[at + 1] === '"') {
        cell += sign;
        at += 1;
      } else if (sign === '"') isQuoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === '\t' || sign === '\n') {
      rows.at(-1)?.push(cell.trim());
      cell = '';
      if (sign === '\n') rows.push([]);
    } else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || rows.at(-1)?.length !== 0) rows.at(-1)?.push(cell.trim());
  return rows.filter((row) => row.some((one) => one !== ''));
}
