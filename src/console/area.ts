import type { Component } from 'vue';
import type { Role } from './session/session.ts';
import type { WordTable } from './words/word-table.ts';

/** One address of the console. */
export interface Page {
  /** Of the route: `desk`, `tickets.one`. */
  readonly name: string;
  readonly path: string;
  /** Key of the title in the area's words. */
  readonly title: string;
  /** Who may open it; `everyone`: whoever is signed in; `public`: also who is not. */
  readonly for: readonly Role[] | 'everyone' | 'public';
  readonly component: () => Promise<{ readonly default: Component } | Component>;
  /** Stands in the menu at the left. Absent: reached from another page. */
  readonly icon?: Component;
  /** Of the page in the menu from which it is reached, if that is of another area. */
  readonly within?: string;
  /** Opened now and then; nobody's work begins here. */
  readonly aside?: boolean;
  /** Pages that look at one thing from different sides name it: each shows the way to the others. */
  readonly beside?: 'rules';
  /** Without the frame of menu and head. */
  readonly bare?: boolean;
}

/**
 * A part of the console with a folder of its own under `pages/`, which exports it from `area.ts`: that it lies there is
 * all that makes it known.
 */
export interface Area {
  readonly code: string;
  /** Place in the menu. */
  readonly order: number;
  readonly pages: readonly Page[];
  /** Under `code` in both languages; a page says `t('desk.title')`. */
  readonly words: WordTable;
}
