import type { Command } from './command.ts';
import { INSPECTION_COMMANDS } from './inspection.ts';
import { LINE_COMMANDS } from './lines.ts';
import { TRUNK_COMMANDS } from './trunks.ts';
import { VERSION_COMMANDS } from './versions.ts';

/** Everything that may stand behind `rules`. */
export const COMMANDS: readonly Command[] = [
  ...VERSION_COMMANDS,
  ...LINE_COMMANDS,
  ...INSPECTION_COMMANDS,
  ...TRUNK_COMMANDS,
];
