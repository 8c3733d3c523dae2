import type { BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

type Import = BodyOf<paths['/v1/rules/versions/{version}/register']['post']>;

/** What is to be imported: a file as it lies on the disk, or text that somebody pasted. */
export type Chosen =
  | { readonly kind: 'file'; readonly name: string; readonly base64: string }
  | { readonly kind: 'text'; readonly text: string };

/** Written out as Base64 it still fits into what the server takes. */
export const FILE_AT_MOST = 11 * 1024 * 1024;

/** The bytes as they are: which encoding it is, the server tells. */
export async function readChosen(file: File): Promise<Chosen> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const AT_ONCE = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return { kind: 'file', name: file.name, base64: btoa(binary) };
}

export const bodyOf = (chosen: Chosen, revision: number, checkOnly: boolean): Import => ({
  revision,
  checkOnly,
  ...(chosen.kind === 'file' ? { file: chosen.base64 } : { csv: chosen.text }),
});
