import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BY_HAND,
  type Fitted,
  type FittedOr,
  type PromptShelves,
  type Unfit,
  type Unspoken,
  WORDS,
} from '../../app/ports/prompts.ts';
import { PROMPT_NAME } from '../../domain/ivr/prompt-register.ts';
import { readWav } from '../../domain/ivr/wav.ts';
import { exactName, type Words } from '../../domain/ivr/words-spoken.ts';
import { type PromptTools, speakInto, toTelephone } from './prompts.ts';

/** Beside the files of a shelf: from when on which of them are not played. */
export const EXPIRY_FILE = 'expires.json';
/** Whoever publishes waits for the voice: as many at once as a small machine has cores. */
const VOICES = 2;

/** Shelves as folders in the folder of prompts that Asterisk sees. */
export function promptShelves(dir: string, tools: PromptTools): PromptShelves {
  const speak = (text: string, language: string): Promise<FittedOr<Unfit>> =>
    inWorkshop((folder) => speakInto(join(folder, 'fitted.wav'), folder, tools, { text, language }));
  const words = join(dir, WORDS);

  /** null: they lie there. */
  async function put(one: Words): Promise<Unspoken | null> {
    const path = join(words, `${exactName(one)}.wav`);
    // Asked for now: nobody clears it away while it is about to be published.
    if (await touched(path)) return null;
    const made = await speak(one.text, one.language);
    if (made.kind === 'unfit') return { words: one, reason: made.reason };
    // The worker and the API speak the same words at once, one of them long after the other on a busy machine: what
    // calls hear already stays.
    if (await touched(path)) return null;
    await replace(path, made.fitted.audio);
    return null;
  }

  return {
    speak,
    fit: (audio) =>
      inWorkshop(async (folder) => {
        await writeFile(join(folder, 'upload.wav'), audio, { mode: 0o600 });
        await toTelephone(join(folder, 'upload.wav'), join(folder, 'fitted.wav'), tools);
      }),

    async prepare(wanted) {
      const waiting = [...wanted];
      const failed: Unspoken[] = [];
      const voice = async (): Promise<void> => {
        for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
          const { name } = one;
          const outcome = PROMPT_NAME.test(name)
            ? await put(one).catch((error: unknown) => ({ words: one as Words, reason: String(error) }))
            : { words: one, reason: `no name of a prompt: ${name}` };
          if (outcome !== null) failed.push(outcome);
        }
      };
      try {
        await mkdir(words, { recursive: true, mode: 0o700 });
      } catch (error) {
        return wanted.map((one) => ({ words: one, reason: String(error) }));
      }
      await Promise.all(Array.from({ length: VOICES }, voice));
      return failed;
    },

    async clear(kept, unusedSinceMs) {
      const names = new Set(kept.map((one) => `${exactName(one)}.wav`));
      for (const file of await readdir(words).catch(() => [])) {
        if (names.has(file)) continue;
        const found = await stat(join(words, file)).catch(() => null);
        if (found !== null && found.mtimeMs < unusedSinceMs) await rm(join(words, file), { force: true });
      }
    },

    async byHand() {
      const folder = join(dir, BY_HAND);
      const found = new Map<string, number>();
      for (const file of await readdir(folder).catch(() => [])) {
        const name = file.replace(/\.wav$/, '');
        if (name === file || !PROMPT_NAME.test(name)) continue;
        const audio = await readFile(join(folder, file)).catch(() => null);
        const read = audio === null ? null : readWav(audio);
        if (read?.kind === 'wav') found.set(name, read.wav.durationMs);
      }
      return found;
    },

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

/** Whether a sound lies there; its time says when it was last asked for. */
async function touched(path: string): Promise<boolean> {
  const now = new Date();
  const there = await stat(path).catch(() => null);
  if (there === null || there.size === 0) return false;
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

let written = 0;

/** In one step: whoever plays it has the old one or the new one. Two processes may write the same at once. */
async function replace(path: string, content: string | Uint8Array): Promise<void> {
  written += 1;
  const fresh = `${path}.${process.pid}-${written}.new`;
  await writeFile(fresh, content, { mode: 0o600 });
  await rename(fresh, path);
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
