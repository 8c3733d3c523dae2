import type { AuditEntry, AuditTrail } from '../../app/ports/audit.ts';
import type { PgDatabase } from './database.ts';

export function auditTrail(db: PgDatabase): AuditTrail {
  return {
    async add(entry, tx) {
      await db.on(tx).query(
        `insert into audit_trail (id, at, account_id, action, subject_kind, subject_id, reason, address, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          entry.id,
          new Date(entry.atMs),
          entry.accountId,
          entry.action,
          entry.subjectKind,
          entry.subjectId,
          entry.reason,
          entry.address,
          entry.requestId,
        ],
      );
    },
    async notedSince({ accountId, action, subjectKind, subjectId, reason }, afterMs) {
      // By subject and time: what was written of the call before is not read.
      const { rows } = await db.query(
        `select from audit_trail where subject_kind = $1 and subject_id = $2 and at > $3
           and action = $4 and account_id = $5 and reason = $6 limit 1`,
        [subjectKind, subjectId, new Date(afterMs), action, accountId, reason],
      );
      return rows.length > 0;
    },
    async ofSubject(kind, id) {
      const { rows } = await db.query<Omit<AuditEntry, 'atMs'> & { at: Date }>(
        `select id, at, account_id as "accountId", action, subject_kind as "subjectKind",
           subject_id as "subjectId", reason, address, request_id as "requestId"
         from audit_trail where subject_kind = $1 and subject_id = $2 order by at desc, id`,
        [kind, id],
      );
      return rows.map(({ at, ...entry }) => ({ ...entry, atMs: at.getTime() }));
    },
  };
}
