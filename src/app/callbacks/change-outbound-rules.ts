import { type OutboundRules, outboundFaults } from '../../domain/callbacks/outbound-rules.ts';
import { isReliefTooLong } from '../../domain/callbacks/relief.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { AppError } from '../errors.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { KeptOutboundRules, OutboundRulesBook } from '../ports/outbound-rules.ts';
import type { RuleBooks } from '../ports/rules.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

/**
 * Replaces the rules of calling out whole; they act at once. Only numbers of the register may be shown (E12). `onRecord`
 * is told which of them are other ones now, in the same transaction. Refuses with `outboundRules.invalid` and
 * `outboundRules.changedMeanwhile`.
 */
export function changeOutboundRules(deps: {
  readonly database: Database;
  readonly outboundRules: OutboundRulesBook;
  readonly rules: Pick<RuleBooks, 'tables'>;
  readonly configuration: ConfigurationPublisher;
  readonly now: () => number;
}) {
  return (
    rules: OutboundRules,
    change: { readonly revision: number; readonly by: string },
    onRecord: (changed: readonly string[], tx: Transaction) => Promise<void>,
  ): Promise<KeptOutboundRules> =>
    deps.database.transact(async (tx) => {
      const register = await deps.rules.tables(tx);
      const { areaCode = '', mainNumber = '' } = register?.municipality ?? {};
      const spelt = (number: string): string => normaliseNumber(number, areaCode) ?? number;
      const own = new Set([mainNumber, ...(register?.lines ?? []).map(({ number }) => number)].map(spelt));
      const faults = outboundFaults(rules, {
        isOwn: (number) => own.has(spelt(number)),
        trunks: (register?.trunks ?? []).map(({ code }) => code),
      });
      if (isReliefTooLong(rules.relief, deps.now())) faults.push({ at: 'relief.untilMs', fault: 'tooLong' });
      if (faults.length > 0) throw new AppError('outboundRules.invalid', { faults });
      const before = (await deps.outboundRules.read(tx)).rules;
      if (!(await deps.outboundRules.replace(rules, { ...change, atMs: deps.now() }, tx))) {
        const { revision } = await deps.outboundRules.read(tx);
        throw new AppError('outboundRules.changedMeanwhile', { revision });
      }
      await onRecord(changedFields(before, rules), tx);
      await deps.configuration.publish(tx);
      return deps.outboundRules.read(tx);
    });
}

const changedFields = (before: OutboundRules, after: OutboundRules): readonly string[] =>
  (Object.keys(after) as (keyof OutboundRules)[]).filter(
    (field) => spelt(before[field]) !== spelt(after[field]),
  );

/** The same for the same, in whatever order a store keeps the fields. */
const spelt = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
