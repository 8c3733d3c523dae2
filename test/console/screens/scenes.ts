import type { Scene } from './scene.ts';
import { AUTHORING_SCENES, NO_NOTICE_SCENES } from './scenes/authoring-scenes.ts';
import { BESIDE_SCENES } from './scenes/beside-scenes.ts';
import { DESK_SCENES } from './scenes/desk-scenes.ts';
import { KEPT_SCENES } from './scenes/kept-scenes.ts';
import { KNOWLEDGE_SCENES } from './scenes/knowledge-scenes.ts';
import { LEAD_SCENES } from './scenes/lead-scenes.ts';
import { OVERSIGHT_SCENES } from './scenes/oversight-scenes.ts';
import { RULE_SCENES } from './scenes/rule-scenes.ts';
import { TICKET_SCENES } from './scenes/ticket-scenes.ts';

/** At least one for each page of the console; a page without a scene fails the run. In an order: empty lists come first. */
export const SCENES: readonly Scene[] = [
  ...NO_NOTICE_SCENES,
  ...OVERSIGHT_SCENES,
  ...TICKET_SCENES,
  ...DESK_SCENES,
  ...LEAD_SCENES,
  ...RULE_SCENES,
  ...KEPT_SCENES,
  ...KNOWLEDGE_SCENES,
  ...AUTHORING_SCENES,
  ...BESIDE_SCENES,
];
