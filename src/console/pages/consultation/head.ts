import type { HeadPiece } from '../../shell/head-pieces.ts';
import ConsultationHead from './ConsultationHead.vue';

export const pieces: readonly HeadPiece[] = [
  {
    ...{ name: 'consultation', order: 4, component: ConsultationHead },
    // Whoever knows a rule and takes no calls himself.
    for: ['unit', 'operator', 'reviewer', 'dispatcher', 'adjudicator', 'supervisor', 'leader'],
  },
];
