import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TableCells } from '../../app/knowledge/imports/tables.ts';
import type { SampleKnowledge } from '../../app/sample/knowledge.ts';
import { PRESETS_DIR } from './preset-folder.ts';

const read = (dir: string, name: string): string[][] => JSON.parse(readFileSync(join(dir, name), 'utf8'));
const FOLDER = join(PRESETS_DIR, 'knowledge');

/** What citizens all over the country say, and what offices call it: every installation begins with it. */
export const baseSynonyms = (dir: string = FOLDER): TableCells => read(dir, 'synonyms.json');

/** The sample entries, places, experts and synonyms that come with the product, as tables. */
export function sampleKnowledge(dir: string = FOLDER): SampleKnowledge {
  const table = (name: string) => read(dir, name);
  const entries = readdirSync(dir)
    .filter((name) => name.startsWith('entries-'))
    .sort();
  return {
    entries: entries.map(table),
    places: table('places.json'),
    experts: table('experts.json'),
    links: table('links.json'),
    synonyms: [...baseSynonyms(dir), ...table('synonyms-local.json').slice(1)],
  };
}
