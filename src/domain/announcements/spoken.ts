import { DEFAULT_LANGUAGE } from '../ivr/language.ts';
import { exactName, type Words } from '../ivr/words-spoken.ts';
import {
  type Announcement,
  announcementPrompt,
  type OfferKey,
  offerPrompt,
  offerText,
} from './announcement.ts';

export type Said = Pick<Announcement, 'id' | 'text' | 'offerKey'>;

const toldOf = (id: string, text: string): Words => ({
  name: announcementPrompt(id),
  language: DEFAULT_LANGUAGE,
  text,
});
const offerOf = (id: string, key: OfferKey): Words => ({
  name: offerPrompt(id),
  language: DEFAULT_LANGUAGE,
  text: offerText(key),
});

/** Everything that is spoken of an announcement. */
export const wordsOfAnnouncement = ({ id, text = '', offerKey }: Said): readonly Words[] => [
  toldOf(id, text),
  ...(offerKey === null ? [] : [offerOf(id, offerKey)]),
];

/** What a call plays: the announcement, and the offer of the key where there is one; the words exactly, where they are known. */
export function promptsOfAnnouncement({ id, text, offerKey }: Said): {
  readonly told: string;
  readonly offer: string | null;
} {
  if (text === undefined) {
    return { told: announcementPrompt(id), offer: offerKey === null ? null : offerPrompt(id) };
  }
  return {
    told: exactName(toldOf(id, text)),
    offer: offerKey === null ? null : exactName(offerOf(id, offerKey)),
  };
}
