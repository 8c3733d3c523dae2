import { createHmac, randomUUID } from 'node:crypto';
import type { Town } from './town.ts';

/** Which every town's API knows as its gateway's. */
export const SMS_INTAKE_SECRET = 'the gateway of this town';

/** A citizen's text message, as the gateway delivers it. */
export async function textMessage(
  town: Town,
  message: { readonly text: string; readonly from: string },
): Promise<void> {
  const body = JSON.stringify({ id: randomUUID(), ...message });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SMS_INTAKE_SECRET).update(`${timestamp}.${body}`).digest('hex');
  const response = await fetch(new URL('/v1/public/channels/sms', town.apiUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-yihaotong-timestamp': timestamp,
      'x-yihaotong-signature': `v1=${signature}`,
    },
    body,
  });
  if (!response.ok) throw new Error(`the gateway was answered ${response.status}: ${await response.text()}`);
}
