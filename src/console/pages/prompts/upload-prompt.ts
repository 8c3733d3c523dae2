import { isProblemDocument, Problem, Unreachable } from '../../api/problem.ts';
import type { PromptFields } from './prompt-fields.ts';

/** As the API has it: a minute of stereo at 44.1 kHz. */
export const FILE_AT_MOST_BYTES = 12 * 1024 * 1024;
/** A slow line out of a village takes its time with ten megabytes. */
const WITHIN_MS = 120_000;

/**
 * Sends a recording and tells how much of it has gone, which `fetch` cannot say of what it sends. Throws `Problem` or
 * `Unreachable`, as the API's client does.
 */
export function uploadPrompt(
  file: File,
  { name, text, language, validUntil, basis }: PromptFields,
  key: string,
  sent: (share: number) => void,
): Promise<void> {
  const query = new URLSearchParams({
    language,
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(basis.trim() === '' ? {} : { basis: basis.trim() }),
    ...(validUntil ? { validUntil } : {}),
  });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = (why: string) => (): void => reject(new Unreachable(new Error(why)));
    request.open('POST', `/v1/prompts/${encodeURIComponent(name.trim())}/recordings?${query}`);
    request.setRequestHeader('content-type', 'audio/wav');
    request.setRequestHeader('idempotency-key', key);
    request.responseType = 'json';
    request.timeout = WITHIN_MS;
    request.upload.onprogress = ({ loaded, total }) => sent(total === 0 ? 0 : loaded / total);
    request.onerror = lost('the connection broke');
    request.ontimeout = lost('no answer in time');
    request.onload = () => {
      if (request.status < 300) resolve();
      else if (isProblemDocument(request.response)) reject(new Problem(request.response, null));
      else lost(`status ${request.status} without a problem`)();
    };
    request.send(file);
  });
}
