import type { HeadPiece } from '../../shell/head-pieces.ts';
import PresenceHead from './PresenceHead.vue';

export const pieces: readonly HeadPiece[] = [
  { name: 'presence', order: 0, for: ['agent'], component: PresenceHead },
];
