import { readFileSync, writeFileSync } from 'node:fs';
import type { RulesCounter } from '../rules-counter.ts';
import type { Shown, Version } from '../rules-text.ts';
import { Misuse, Setback, writingSetback } from '../setback.ts';
import type { OptionName, Options } from './options.ts';

export interface Job {
  readonly counter: RulesCounter;
  readonly options: Options;
  /** The words behind the command's name. */
  readonly rest: readonly string[];
  readonly print: (text: string) => void;
}

/** What an operator may type behind `rules`. It ends with 0 when done, 1 when refused or found wanting. */
export interface Command {
  readonly name: string;
  /** The words behind the name, as help shows them; in brackets what may be left out, `…` for more of the same. */
  readonly words: string;
  readonly does: { readonly zh: string; readonly en: string };
  /** Those beside where and as whom. */
  readonly options: readonly OptionName[];
  /** Typed behind `npm run rules --`. */
  readonly example: string;
  readonly run: (job: Job) => Promise<number>;
}

/** The word at a place that the usage names, or an error that says which is missing. */
export function word({ rest }: Pick<Job, 'rest'>, at: number, what: string): string {
  const value = rest[at];
  if (value === undefined || value === '') {
    throw new Misuse('rules.missing', `${what} is missing.`, 'See rules help COMMAND for an example.');
  }
  return value;
}

export function reasonOf({ options: { reason } }: Pick<Job, 'options'>): string {
  if (reason === undefined) {
    throw new Misuse('rules.noReason', '--reason is missing.', 'Say why: it stays in the history.');
  }
  return reason;
}

/** The option as a whole number from 0 on, or an error that says what it is. */
export function whole({ options }: Pick<Job, 'options'>, name: 'hours' | 'calls' | 'reached'): number {
  const value = options[name];
  if (value === undefined || !/^\d{1,6}$/.test(value)) {
    const said = value === undefined ? 'is missing' : `is "${value}", which is no whole number`;
    throw new Misuse(`rules.${name}`, `--${name} ${said}.`, `For example --${name} 2.`);
  }
  return Number(value);
}

export const pathOf = (version: string): string => `/versions/${encodeURIComponent(version)}`;

export const revisionOf = async (counter: RulesCounter, version: string): Promise<number> =>
  (await counter.get<Shown>(pathOf(version))).version.revision;

export const edit = async (counter: RulesCounter, version: string, change: object): Promise<Version> =>
  counter.post<Version>(`${pathOf(version)}/edits`, {
    revision: await revisionOf(counter, version),
    edit: change,
  });

/** Works in a new draft; nobody will come back to one in which that failed. */
export async function inDraft<T>(
  counter: RulesCounter,
  title: string,
  work: (draft: string) => Promise<T>,
): Promise<T> {
  const draft = `${(await counter.post<Version>('/versions', { title })).number}`;
  try {
    return await work(draft);
  } catch (error) {
    await counter.post(`${pathOf(draft)}/withdraw`, { reason: title.padEnd(4, '。') });
    throw error;
  }
}

export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Setback('rules.file', `${file} cannot be read.`, 'Name a file that is there.', { cause });
  }
}
export const readText = (file: string): string => readBytes(file).toString('utf8');

export function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new Setback('rules.fileNotJson', `${file} is not JSON: ${why}`, 'Mend it at that place.', {
      cause,
    });
  }
}

/** To a file, or onto the terminal. */
export function put({ options, print }: Pick<Job, 'options' | 'print'>, text: string | Uint8Array): void {
  if (options.out === undefined) {
    print(typeof text === 'string' ? text.trimEnd() : `${text.length} bytes; name a file with --out FILE`);
    return;
  }
  try {
    writeFileSync(options.out, text);
  } catch (error) {
    throw writingSetback(error, options.out);
  }
}
