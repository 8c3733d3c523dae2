import { randomUUID } from 'node:crypto';
import { secretMint } from '../../src/adapters/passwords/mint.ts';
import { accountBooks } from '../../src/adapters/pg/accounts.ts';
import { agentBooks } from '../../src/adapters/pg/agents.ts';
import { configurationBooks } from '../../src/adapters/pg/configuration.ts';
import { openDatabase } from '../../src/adapters/pg/database.ts';
import { sessionBooks } from '../../src/adapters/pg/sessions.ts';
import type { BankPhone } from './agent-bank.ts';

const SESSION_MS = 3_600_000;

export interface Hired {
  readonly id: string;
  readonly token: string;
  readonly phone: BankPhone;
}

/** So many agents of the general desk, from this work number on, each with a session: nobody types hundreds of passwords. */
export async function hire(
  databaseUrl: string,
  firstNumber: number,
  count: number,
): Promise<readonly Hired[]> {
  const db = openDatabase(databaseUrl, { max: 1, onError: () => undefined });
  const [accounts, agents, sessions] = [accountBooks(db), agentBooks(db), sessionBooks(db)];
  try {
    return await db.transact(async (tx) => {
      const hired: Hired[] = [];
      for (let nth = 0; nth < count; nth += 1) {
        const id = randomUUID();
        const number = String(firstNumber + nth);
        const { token, tokenHash } = secretMint.sessionToken();
        const secret = secretMint.phoneSecret();
        const phone = { name: `agent-${number}`, kind: 'desk' as const };
        const displayName = `话务员${number}`;
        const account = {
          id,
          username: `bench${number}`,
          displayName,
          roles: ['agent' as const],
          unitCode: null,
          disabled: false,
        };
        await accounts.add(account, 'nobody signs in with it', tx);
        const agent = { accountId: id, number, displayName, employer: 'platform', phone, skills: {} };
        await agents.add({ ...agent, queues: ['general'] }, secret, tx);
        const now = Date.now();
        await sessions.add({ tokenHash, accountId: id, createdAtMs: now, expiresAtMs: now + SESSION_MS }, tx);
        hired.push({ id, token, phone: { name: phone.name, secret } });
      }
      await configurationBooks(db).publish(tx);
      return hired;
    });
  } finally {
    await db.close();
  }
}
