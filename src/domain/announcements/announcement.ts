import type { CallerArea } from './caller-area.ts';

/** Digits only: star and hash are the menus'. */
export const OFFER_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export type OfferKey = (typeof OFFER_KEYS)[number];

/**
 * What callers hear of an incident (停水、停电 …), as call control needs it: whom it is for and when. It acts on the next
 * call, without a version of the rules. The moment is looked at with each call, so that a copy kept on the disk never
 * says what is over.
 */
export interface Announcement {
  readonly id: string;
  readonly title: string;
  /** What is spoken, zh-CN; absent in a file of an earlier release. */
  readonly text?: string;
  /** Called lines in the one spelling; null: all. */
  readonly lines: readonly string[] | null;
  /** Where the caller is; null: wherever. */
  readonly area: CallerArea | null;
  /** Epoch milliseconds; heard from the first up to, and not at, the last. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** The key by which a caller asks to be told when it is over; null: not offered. */
  readonly offerKey: OfferKey | null;
}

/** Heard one after another, and no more: behind them a person waits to be spoken to. */
export const HEARD_AT_MOST = 2;

/** The names under which what is spoken of an announcement lies among the prompts: its text, and the offer of the key. */
export const announcementPrompt = (id: string): string => `announcement-${id}`;
export const offerPrompt = (id: string): string => `announcement-${id}-offer`;
/** Instead of the offer, to whom nothing can be sent. */
export const WITHHELD_PROMPT = 'announcement-withheld';
/** What the offer says, zh-CN. */
export const offerText = (key: OfferKey): string => `恢复后需要通知的，请按${key}。`;

export const isOnAir = (
  { fromMs, untilMs }: Pick<Announcement, 'fromMs' | 'untilMs'>,
  nowMs: number,
): boolean => fromMs <= nowMs && nowMs < untilMs;
