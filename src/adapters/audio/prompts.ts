import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFAULT_LANGUAGE, hasVoice, primaryOf } from '../../domain/ivr/language.ts';
import type { Sound } from '../../domain/ivr/prompts.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 30_000;
/** Of the product's own prompts. */
const VOICE = { name: 'cmn', wordsPerMinute: '170' } as const;
/** What Asterisk plays without transcoding on a telephone line. */
const FORMAT = ['-r', '8000', '-c', '1', '-b', '16', '-e', 'signed-integer'] as const;
const MANIFEST = 'generated.json';

interface AudioProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}
export interface PromptTools {
  readonly espeak: AudioProgram;
  readonly sox: AudioProgram;
}
export interface PromptReport {
  readonly made: readonly string[];
  /** The call goes on without these: a missing prompt is no reason not to start. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Speaks the prompts into `dir` as NAME.wav, 8 kHz 16-bit mono. Only what is missing or whose text has changed is
 * made. Uploaded recordings lie in `dir/recorded/` and are never touched.
 */
export async function ensurePrompts(
  dir: string,
  tools: PromptTools,
  prompts: Readonly<Record<string, Sound>>,
): Promise<PromptReport> {
  await mkdir(join(dir, 'recorded'), { recursive: true, mode: 0o700 });
  const known = await readManifest(dir);
  const queue: [string, Sound][] = [];
  for (const [name, text] of Object.entries(prompts)) {
    const there = await stat(join(dir, `${name}.wav`)).catch(() => null);
    if (known[name] !== fingerprint(text) || there === null || there.size < 1000) queue.push([name, text]);
  }
  const made: string[] = [];
  const failed: { name: string; reason: string }[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [name, text] = next;
      try {
        if (typeof text === 'string') await speak(dir, tools, name, { text, language: DEFAULT_LANGUAGE });
        else if ('text' in text) await speak(dir, tools, name, text);
        else await sound(dir, tools, name, text);
        known[name] = fingerprint(text);
        made.push(name);
      } catch (error) {
        failed.push({ name, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  };
  await Promise.all([worker(), worker()]);
  if (made.length > 0) await writeFile(join(dir, MANIFEST), JSON.stringify(known), { mode: 0o600 });
  return { made, failed };
}

async function sound(
  dir: string,
  { sox }: PromptTools,
  name: string,
  { hz, ms }: Extract<Sound, { readonly hz: number }>,
): Promise<void> {
  const made = join(dir, `.${name}.fitted.wav`);
  try {
    await call(sox, ['-n', ...FORMAT, made, 'synth', String(ms / 1000), 'sine', String(hz), 'gain', '-9']);
    await rename(made, join(dir, `${name}.wav`));
  } finally {
    await rm(made, { force: true });
  }
}

async function speak(
  dir: string,
  tools: PromptTools,
  name: string,
  words: { readonly text: string; readonly language: string },
): Promise<void> {
  const workshop = await mkdtemp(join(dir, '.speaking-'));
  try {
    const fitted = join(workshop, 'fitted.wav');
    await speakInto(fitted, workshop, tools, words);
    await rename(fitted, join(dir, `${name}.wav`));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

const call = (program: AudioProgram, args: readonly string[]) =>
  run(program.path, args, { env: { ...process.env, ...program.env }, timeout: TIMEOUT_MS });

/** A text as a telephone plays it; `workshop`: a folder for what lies between. */
export async function speakInto(
  path: string,
  workshop: string,
  { espeak, sox }: PromptTools,
  { text, language }: { readonly text: string; readonly language: string },
): Promise<void> {
  const spoken = join(workshop, 'spoken.wav');
  const voice = ['-v', voiceOf(language), '-s', VOICE.wordsPerMinute];
  await call(espeak, [...voice, '-w', spoken, '--', digitByDigit(text, language)]);
  await call(sox, [spoken, ...FORMAT, path, 'gain', '-n', '-3', 'rate', '8000', 'pad', '0.1', '0.2']);
  if ((await stat(path)).size < 1000) throw new Error('the sound is empty');
}

/** A recording as a telephone plays it: one channel, 8 kHz, not louder than what is spoken. */
export async function toTelephone(
  from: string,
  to: string,
  { sox }: Pick<PromptTools, 'sox'>,
): Promise<void> {
  await call(sox, [from, ...FORMAT, to, 'channels', '1', 'gain', '-n', '-3', 'rate', '8000']);
}

/** The program's own name of a voice. Throws where it has none: it would speak with another, and nobody would understand. */
function voiceOf(language: string): string {
  if (!hasVoice(language)) throw new Error(`no voice speaks ${language}: record this prompt instead`);
  const primary = primaryOf(language);
  return primary === 'zh' ? VOICE.name : primary;
}

/** A hotline's number is read figure by figure, not as twelve thousand three hundred and forty-five. */
export function digitByDigit(text: string, language: string = DEFAULT_LANGUAGE): string {
  return WRITES_CHINESE.has(primaryOf(language))
    ? text.replace(/\d/g, (digit) => '零一二三四五六七八九'[Number(digit)] ?? digit)
    : text.replace(/\d(?=\d)/g, '$& ');
}
const WRITES_CHINESE: ReadonlySet<string> = new Set(['zh', 'yue']);

function fingerprint(text: Sound): string {
  return createHash('sha256')
    .update(JSON.stringify([text, VOICE, FORMAT]))
    .digest('hex')
    .slice(0, 16);
}

async function readManifest(dir: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(join(dir, MANIFEST), 'utf8')) as Record<string, string>;
  } catch {
    // None yet, or damaged: everything is made again.
    return {};
  }
}
