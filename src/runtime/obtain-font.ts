import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { FONT, SCREEN_FONT } from './obtain-recipe.ts';
import { obtainTree } from './obtain-tree.ts';

/** Where Debian's package puts it, on this machine or within a fetched tree. */
const FONT_FILE = 'usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf';

/** The font that documents are printed with: this machine's, or fetched when it has none. */
export async function obtainFont(project: string, say: (line: string) => void): Promise<string> {
  const host = `/${FONT_FILE}`;
  if (existsSync(host)) return host;
  const { root } = await obtainTree(cacheFolder(project, say), FONT, say);
  return join(root, FONT_FILE);
}

const SCREEN_FONTS = 'usr/share/fonts/truetype/wqy';

/** The folder of the face that pages are shown with. */
export async function obtainScreenFonts(project: string, say: (line: string) => void): Promise<string> {
  const host = `/${SCREEN_FONTS}`;
  if (existsSync(host)) return host;
  const { root } = await obtainTree(cacheFolder(project, say), SCREEN_FONT, say);
  return join(root, SCREEN_FONTS);
}
