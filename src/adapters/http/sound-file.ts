import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FastifyReply } from 'fastify';

export interface SoundPlace {
  readonly root: string;
  readonly name: string;
}

/** The real file below the real folder, links resolved; null when there is none or it lies elsewhere. */
export async function placeOf(folder: string, recording: string): Promise<SoundPlace | null> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, recording));
    const inside = file.startsWith(`${root}${sep}`) && file.endsWith('.wav');
    return inside ? { root, name: relative(root, file) } : null;
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      /^(ENOENT|ENOTDIR|ELOOP|ERR_INVALID_ARG_VALUE)$/.test(String(error.code))
    )
      return null;
    throw error;
  }
}

/** Streams it, in pieces where a piece is asked for. */
export function sendSound(reply: FastifyReply, { root, name }: SoundPlace, id: string): FastifyReply {
  reply.header('content-disposition', `inline; filename="${id}.wav"`);
  return reply.sendFile(name, root, { cacheControl: false, dotfiles: 'deny', contentType: true });
}

const audio = { 'audio/wav': { schema: { type: 'string', format: 'binary' } } } as const;
/** What an operation that plays something answers. */
export const SOUND = {
  200: { description: '录音', content: audio },
  206: { description: '录音的一段', content: audio },
} as const;
