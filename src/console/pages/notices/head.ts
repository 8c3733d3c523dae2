import type { HeadPiece } from '../../shell/head-pieces.ts';
import NoticeHead from './NoticeHead.vue';

export const pieces: readonly HeadPiece[] = [
  { name: 'notices', order: 10, for: ['agent'], component: NoticeHead },
];
