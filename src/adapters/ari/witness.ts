import type { LeaseWitness, SignAtSwitch } from '../../app/ports/lease.ts';
import { termOf } from '../../domain/lease/term.ts';

const ANSWERS_WITHIN_MS = 300;

/**
 * A global variable of Asterisk's in which the active call control leaves its signs of life: where Redis is out of reach,
 * the switch is the only one who sees both machines. Gone with a restart of Asterisk, and put back with the next sign.
 */
export function ariWitness(options: {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** One per call-control group, as the application. */
  readonly app: string;
}): LeaseWitness {
  const variable = `CALL_CONTROL_${options.app.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
  const authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`;
  const ask = async (method: 'GET' | 'POST', query: Readonly<Record<string, string>>): Promise<string> => {
    const url = `${options.url}/ari/asterisk/variable?${new URLSearchParams({ variable, ...query })}`;
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await fetch(url, { method, headers: { authorization }, signal });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Asterisk answered ${answer.status}`);
    return text;
  };
  return {
    async sign(term, count) {
      await ask('POST', { value: JSON.stringify({ ...term, count }) });
    },
    async look() {
      const { value } = JSON.parse(await ask('GET', {})) as { value?: string };
      return value === undefined || value === '' ? null : signIn(value);
    },
  };
}

/** What is no sign is none: somebody else's variable of that name. */
function signIn(text: string): SignAtSwitch | null {
  try {
    const value = JSON.parse(text) as { count?: unknown };
    const term = termOf(value);
    return term === null || typeof value.count !== 'number' ? null : { term, count: value.count };
  } catch {
    return null;
  }
}
