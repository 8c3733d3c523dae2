import type { Speech } from '../../app/ports/speech.ts';
import { ensurePrompts, type PromptTools } from './prompts.ts';

/** Speaks into the folder of prompts, one text after the other: they share the list of what was made. */
export function promptSpeech(dir: string, tools: PromptTools): Speech {
  let before: Promise<unknown> = Promise.resolve();
  return {
    speak(prompts) {
      const work = before.then(async () => (await ensurePrompts(dir, tools, prompts)).failed);
      before = work.catch(() => undefined);
      return work;
    },
  };
}
