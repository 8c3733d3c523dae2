import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fitted, FittedOr, PromptShelves, Unfit } from '../../app/ports/prompts.ts';
import { readWav } from '../../domain/ivr/wav.ts';
import { type PromptTools, speakInto, toTelephone } from './prompts.ts';

/** Beside the files of a shelf: from when on which of them are not played. */
export const EXPIRY_FILE = 'expires.json';

/** Shelves as folders in the folder of prompts that Asterisk sees. */
export function promptShelves(dir: string, tools: PromptTools): PromptShelves {
  return {
    speak: (text) => inWorkshop((folder) => speakInto(join(folder, 'fitted.wav'), folder, tools, text)),
    fit: (audio) =>
      inWorkshop(async (folder) => {
        await writeFile(join(folder, 'upload.wav'), audio, { mode: 0o600 });
        await toTelephone(join(folder, 'upload.wav'), join(folder, 'fitted.wav'), tools);
      }),

    async fill(shelf, prompts) {
      const folder = join(dir, shelf);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const expiries = prompts.flatMap(({ name, expiresAtMs }) =>
        expiresAtMs === null ? [] : [[name, expiresAtMs]],
      );
      // First: a prompt never stands there without its end.
      await replace(join(folder, EXPIRY_FILE), JSON.stringify(Object.fromEntries(expiries)));
      for (const { name, audio } of prompts) {
        const path = join(folder, `${name}.wav`);
        const there = await readFile(path).catch(() => null);
        if (there === null || !there.equals(audio)) await replace(path, audio);
      }
      const kept = new Set([EXPIRY_FILE, ...prompts.map(({ name }) => `${name}.wav`)]);
      for (const file of await readdir(folder)) {
        if (!kept.has(file)) await rm(join(folder, file), { force: true, recursive: true });
      }
    },
  };
}

/** In one step: whoever plays it has the old one or the new one. */
async function replace(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function inWorkshop(make: (folder: string) => Promise<void>): Promise<FittedOr<Unfit>> {
  const folder = await mkdtemp(join(tmpdir(), 'yihaotong-prompt-'));
  try {
    await make(folder);
    const audio = await readFile(join(folder, 'fitted.wav'));
    const read = readWav(audio);
    if (read.kind === 'refused') return { kind: 'unfit', reason: `what came out is no WAV (${read.why})` };
    const fitted: Fitted = { audio, durationMs: read.wav.durationMs };
    return { kind: 'fitted', fitted };
  } catch (error) {
    // The program's own last words say best what was wrong.
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const reason = said === '' ? (error instanceof Error ? error.message : String(error)) : said;
    return { kind: 'unfit', reason: reason.split('\n').at(-1)?.slice(0, 300) ?? '' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
