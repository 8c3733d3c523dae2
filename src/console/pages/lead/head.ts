import type { HeadPiece } from '../../shell/head-pieces.ts';
import HelpHead from './HelpHead.vue';
import SurgeHead from './SurgeHead.vue';

export const pieces: readonly HeadPiece[] = [
  { name: 'help', order: 5, for: ['lead'], component: HelpHead },
  { name: 'surge', order: 6, for: ['agent', 'lead', 'supervisor'], component: SurgeHead },
];
