import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PromptStore } from '../../app/ports/prompts.ts';

/** Letters, digits, dash: nothing that leads out of the folder. */
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * Prompts as WAV files: `recorded/NAME.wav` wins over the generated `NAME.wav`. Looked up at each use, so that an
 * upload counts from the next call on. `seenBySwitch` is where the switch finds `folder`.
 */
export function promptFolder(folder: string, seenBySwitch: string): PromptStore {
  return {
    media(name) {
      if (!NAME.test(name)) return null;
      for (const place of [join('recorded', name), name]) {
        if (existsSync(join(folder, `${place}.wav`)))
          return { kind: 'file', path: join(seenBySwitch, place) };
      }
      return null;
    },
  };
}
