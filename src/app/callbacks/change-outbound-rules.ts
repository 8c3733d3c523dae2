import { type OutboundRules, outboundFaults } from '../../domain/callbacks/outbound-rules.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { AppError } from '../errors.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { KeptOutboundRules, OutboundRulesBook } from '../ports/outbound-rules.ts';
import type { RuleBooks } from '../ports/rules.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * Replaces the rules of calling out whole; they act at once. Only numbers of the register may be shown (E12). Refuses
 * with `outboundRules.invalid` and `outboundRules.changedMeanwhile`.
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
      if (faults.length > 0) throw new AppError('outboundRules.invalid', { faults });
      if (!(await deps.outboundRules.replace(rules, { ...change, atMs: deps.now() }, tx))) {
        const { revision } = await deps.outboundRules.read(tx);
        throw new AppError('outboundRules.changedMeanwhile', { revision });
      }
      await deps.configuration.publish(tx);
      return deps.outboundRules.read(tx);
    });
}
