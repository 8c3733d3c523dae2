import { hasVoice, isSameLanguage, VOICE_LANGUAGES } from '../../domain/ivr/language.ts';
import {
  awaitingApproval,
  onTheShelves,
  PROMPT_NAME,
  PROMPT_TEXT_AT_MOST,
} from '../../domain/ivr/prompt-register.ts';
import { checkRecording, type RecordingFault } from '../../domain/ivr/recording-check.ts';
import { BUILT_IN_PROMPTS } from '../../domain/ivr/spoken.ts';
import { readWav } from '../../domain/ivr/wav.ts';
import { AppError } from '../errors.ts';
import type { NewPrompt, PromptBooks, PromptEntry } from '../ports/prompt-books.ts';
import type { Database } from '../ports/transaction.ts';

export interface PromptDeps {
  readonly database: Database;
  readonly prompts: PromptBooks;
  readonly now: () => number;
}
export type PromptOrder = Omit<NewPrompt, 'kind' | 'audio' | 'madeAtMs'>;

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/**
 * A text to be spoken. Codes: prompt.nameInvalid, prompt.textInvalid, prompt.languageInvalid, prompt.languageUnspoken,
 * prompt.languageDiffers, prompt.endInThePast.
 */
export function sayPrompt(deps: PromptDeps) {
  return async (order: PromptOrder): Promise<PromptEntry> => {
    const text = order.text.trim();
    if (text === '' || text.length > PROMPT_TEXT_AT_MOST) {
      throw new AppError('prompt.textInvalid', { characters: text.length, most: PROMPT_TEXT_AT_MOST });
    }
    if (LANGUAGE.test(order.language) && !hasVoice(order.language)) {
      throw new AppError('prompt.languageUnspoken', {
        language: order.language,
        spoken: [...VOICE_LANGUAGES],
      });
    }
    return add(deps, { ...order, text, kind: 'spoken', audio: null, madeAtMs: deps.now() });
  };
}

/** A recording as WAV. Codes: as for a text, and prompt.notWav, prompt.recordingUnfit. */
export function uploadPrompt(deps: PromptDeps) {
  return async (order: PromptOrder & { readonly audio: Uint8Array }): Promise<PromptEntry> => {
    const read = readWav(order.audio);
    if (read.kind === 'refused') throw new AppError('prompt.notWav', { why: read.why, right: WAV_WANTED });
    const faults = checkRecording(read.wav);
    if (faults.length > 0) throw new AppError('prompt.recordingUnfit', { faults: faults.map(words) });
    return add(deps, { ...order, kind: 'recorded', madeAtMs: deps.now() });
  };
}

const WAV_WANTED = 'WAV: PCM 8/16/24/32 bit, float, A-law or µ-law; 4 to 192 kHz; converted to 8 kHz mono';

function words({ code, measured, limit }: RecordingFault): string {
  const share = (value: number): string => `${Math.round(value * 1000) / 10} %`;
  switch (code) {
    case 'tooShort':
      return `时长 ${measured} 毫秒，至少 ${limit} 毫秒 (too short)`;
    case 'tooLong':
      return `时长 ${Math.round(measured / 1000)} 秒，至多 ${limit / 1000} 秒 (too long)`;
    case 'silent':
      return `没有声音：最响处为满幅的 ${share(measured)}，至少 ${share(limit)} (silent)`;
    case 'clipped':
      return `削波失真：${share(measured)} 的采样已满幅，至多 ${share(limit)}；请降低录音音量 (clipped)`;
    case 'gaps':
      return `首尾静音 ${measured / 1000} 秒，至多 ${limit / 1000} 秒；请剪去 (silence at an end)`;
    default:
      return code satisfies never;
  }
}

async function add({ database, prompts, now }: PromptDeps, prompt: NewPrompt): Promise<PromptEntry> {
  if (!PROMPT_NAME.test(prompt.name)) throw new AppError('prompt.nameInvalid', { name: prompt.name });
  if (!LANGUAGE.test(prompt.language))
    throw new AppError('prompt.languageInvalid', { language: prompt.language });
  if (prompt.validUntilMs !== null && prompt.validUntilMs <= now()) {
    throw new AppError('prompt.endInThePast', { validUntil: new Date(prompt.validUntilMs).toISOString() });
  }
  return database.transact(async (tx) => {
    const language = languageOf(prompt.name, await prompts.ofName(prompt.name, tx), now());
    if (language !== null && !isSameLanguage(language, prompt.language)) {
      throw new AppError('prompt.languageDiffers', { name: prompt.name, language });
    }
    return prompts.add(prompt, tx);
  });
}

/**
 * A name says one thing in one language, and a menu names the other languages' prompts: else a new recording in English
 * would silence the Chinese one. null: the name is free.
 */
function languageOf(name: string, versions: readonly PromptEntry[], nowMs: number): string | null {
  const own = BUILT_IN_PROMPTS.get(name)?.language;
  if (own !== undefined) return own;
  const known = [...awaitingApproval(versions, nowMs), ...onTheShelves(versions, nowMs)];
  return known[0]?.language ?? null;
}
