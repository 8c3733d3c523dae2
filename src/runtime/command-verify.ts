import { createHash } from 'node:crypto';
import { openDatabase } from '../adapters/pg/database.ts';
import { timeLineBooks } from '../adapters/pg/time-lines.ts';
import { type ChainHash, verifyTimeLines } from '../app/tickets/verify-time-lines.ts';
import { type Instance, instanceSecrets } from './instance.ts';
import { roleEnvironment } from './instance-settings.ts';

export const chainHash: ChainHash = (before, text) =>
  createHash('sha256').update(Buffer.from(before, 'hex')).update(text, 'utf8').digest('hex');

/** Reads every ticket's time line and says which do not hold. Resolves to the exit code. */
export async function verify(instance: Instance, print: (text: string) => void): Promise<number> {
  const url =
    process.env.DATABASE_URL?.trim() ||
    roleEnvironment(instance, instanceSecrets(instance.dir), {}).DATABASE_URL;
  const db = openDatabase(url ?? '', { max: 1, onError: () => undefined });
  try {
    const { tickets, faults } = await verifyTimeLines({ timeLines: timeLineBooks(db), hash: chainHash })();
    for (const { ticket, line } of faults)
      print(`工单 ${ticket} 的经过在第 ${line} 行被改动或缺失 changed or missing`);
    print(
      `${tickets} 张工单的经过已核对，${faults.length} 张不符。 ${tickets} time lines checked, ${faults.length} do not hold.`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await db.close();
  }
}
