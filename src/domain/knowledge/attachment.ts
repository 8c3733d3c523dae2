/** What a paper may be, by what it says of itself in its first bytes: a name can be anything. */
const KINDS = [
  { mediaType: 'application/pdf', starts: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
] as const;
export type AttachmentType = (typeof KINDS)[number]['mediaType'];
export const ATTACHMENT_TYPES: readonly AttachmentType[] = KINDS.map(({ mediaType }) => mediaType);

export const ATTACHMENT_MOST_BYTES = 5 * 1024 * 1024;

/** Null: none that a browser shows without running anything. */
export function attachmentType(bytes: Uint8Array): AttachmentType | null {
  const kind = KINDS.find(({ starts }) => starts.every((byte, at) => bytes[at] === byte));
  return kind?.mediaType ?? null;
}
