/** A link is followed only where it leads to a page: as the API has it for the public, in whichever letters. */
export const isWebAddress = (link: string): boolean => /^https?:\/\/[^\s]+$/i.test(link);
