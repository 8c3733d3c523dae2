import type { PromptName } from '../../domain/ivr/prompts.ts';
import type { Media } from './switch.ts';

export interface PromptStore {
  /** A recorded prompt wins over a generated one; null when neither file exists (the call goes on without it). */
  media(name: PromptName | string): Media | null;
}
