import { join } from 'node:path';
import { inject } from 'vitest';
import type { Config } from '../../../src/config.ts';

/** The voice of this run, and a folder for what it says. */
export function prompts(): Pick<Config, 'promptsDir' | 'recordingsDir' | 'speech'> {
  const { espeak, sox } = inject('tools');
  return {
    promptsDir: join(inject('runDir'), 'prompts'),
    recordingsDir: join(inject('runDir'), 'recordings'),
    speech: { espeak, sox },
  };
}
