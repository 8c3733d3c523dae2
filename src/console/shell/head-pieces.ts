import type { Component } from 'vue';
import type { Role } from '../session/session.ts';

/** Something of an area that stands in the head of every page (an agent's presence, an unread notice). */
export interface HeadPiece {
  readonly name: string;
  readonly order: number;
  readonly for: readonly Role[];
  readonly component: Component;
}

const found = import.meta.glob<{ pieces: readonly HeadPiece[] }>('../pages/*/head.ts', { eager: true });

/** From each area's `head.ts`, where it has one. */
export const HEAD_PIECES: readonly HeadPiece[] = Object.values(found)
  .flatMap(({ pieces }) => pieces)
  .sort((a, b) => a.order - b.order);
