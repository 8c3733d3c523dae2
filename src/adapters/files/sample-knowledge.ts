import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleKnowledge } from '../../app/sample/knowledge.ts';
import { PRESETS_DIR } from './preset-folder.ts';

/** The sample entries, places and synonyms that come with the product, as tables. */
export function sampleKnowledge(dir: string = join(PRESETS_DIR, 'knowledge')): SampleKnowledge {
  const table = (name: string): string[][] => JSON.parse(readFileSync(join(dir, name), 'utf8'));
  const entries = readdirSync(dir)
    .filter((name) => name.startsWith('entries-'))
    .sort();
  return { entries: entries.map(table), places: table('places.json'), synonyms: table('synonyms.json') };
}
