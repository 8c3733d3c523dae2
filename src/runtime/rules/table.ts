import { ANNOUNCEMENT_COMMANDS } from './announcements.ts';
import type { Command } from './command.ts';
import { FIGURE_COMMANDS } from './figures.ts';
import { IMPACT_COMMANDS } from './impact.ts';
import { INSPECTION_COMMANDS } from './inspection.ts';
import { LINE_COMMANDS } from './lines.ts';
import { MENU_COMMANDS } from './menus.ts';
import { NUMBER_COMMANDS } from './numbers.ts';
import { PRESET_COMMANDS } from './presets.ts';
import { PROMPT_COMMANDS } from './prompts.ts';
import { QUEUE_COMMANDS } from './queues.ts';
import { RESTRICTION_COMMANDS } from './restrictions.ts';
import { TASK_COMMANDS } from './tasks.ts';
import { TRUNK_COMMANDS } from './trunks.ts';
import { VERSION_COMMANDS } from './versions.ts';

/** Everything that may stand behind `rules`. */
export const COMMANDS: readonly Command[] = [
  ...VERSION_COMMANDS,
  ...LINE_COMMANDS,
  ...NUMBER_COMMANDS,
  ...INSPECTION_COMMANDS,
  ...MENU_COMMANDS,
  ...PRESET_COMMANDS,
  ...PROMPT_COMMANDS,
  ...IMPACT_COMMANDS,
  ...TASK_COMMANDS,
  ...FIGURE_COMMANDS,
  ...QUEUE_COMMANDS,
  ...TRUNK_COMMANDS,
  ...ANNOUNCEMENT_COMMANDS,
  ...RESTRICTION_COMMANDS,
];
