import type { StoredRules } from '../../domain/hotlines/stored.ts';

/** What stays of the rules in force where a preset is taken. */
export const KEPT = [
  'municipality',
  'lines',
  /** The main number's own period: calls to it know no gap. */
  'mainLine',
  'queues',
  'generalQueue',
  /** Beside those of the preset. */
  'menus',
  'trunks',
] as const;
export type Kept = (typeof KEPT)[number];

/** A whole configuration to begin with, as it lies in its file; `rules import` takes the same file as it is. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A period that begins on this local day begins on the day on which the preset is taken. */
  readonly day: string;
  readonly keeps: readonly Kept[];
  readonly rules: StoredRules;
}

export interface PresetShelf {
  /** In the order in which they are offered. */
  list(): readonly Preset[];
}
