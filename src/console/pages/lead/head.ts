import type { HeadPiece } from '../../shell/head-pieces.ts';
import HelpHead from './HelpHead.vue';

export const pieces: readonly HeadPiece[] = [{ name: 'help', order: 5, for: ['lead'], component: HelpHead }];
