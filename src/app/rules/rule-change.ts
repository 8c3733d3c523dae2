import { periodsOfDay } from '../../domain/deadlines/calendar.ts';
import { yearsToEnter } from '../../domain/deadlines/calendar-years.ts';
import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import type { Finding, LintContext } from '../../domain/hotlines/lint/finding.ts';
import { errorCodes, lint } from '../../domain/hotlines/lint/lint.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import { describeInEnglish } from '../../domain/hotlines/versions/change-english.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import { publish } from '../../domain/hotlines/versions/publishing.ts';
import { takingEffect } from '../../domain/hotlines/versions/taking-effect.ts';
import {
  foundVersion,
  type PublishContext,
  type RuleVersion,
  type VersionContext,
  type VersionDecision,
  type VersionRefusal,
} from '../../domain/hotlines/versions/version.ts';
import { promptsOnFile } from '../../domain/ivr/prompt-register.ts';
import { AppError } from '../errors.ts';
import type { Role } from '../ports/accounts.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { EmployerBook } from '../ports/employers.ts';
import type { Lines } from '../ports/lines.ts';
import type { Agents, Units } from '../ports/organisation.ts';
import type { PromptBooks } from '../ports/prompt-books.ts';
import type { Voice } from '../ports/prompts.ts';
import { type RuleBooks, type RuleTrace, SYSTEM_ACTOR } from '../ports/rules.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { speakRules } from './speak-rules.ts';

export interface RuleDeps {
  readonly database: Database;
  readonly rules: RuleBooks;
  readonly lines: Pick<Lines, 'protectedNumbers'>;
  readonly agents: Pick<Agents, 'list'>;
  readonly units: Pick<Units, 'list'>;
  /** Absent where no draft is checked: an employer that is unknown holds no version up. */
  readonly employers?: Pick<EmployerBook, 'list'>;
  readonly configuration: ConfigurationPublisher;
  readonly prompts: Pick<PromptBooks, 'list'>;
  readonly voice: Voice;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
  /** Where our own switch answers; what points there leads back to us. */
  readonly ownSip?: LintContext['ownSip'];
  /** The trunks that the switch has. */
  readonly trunkCodes?: readonly string[];
}

/** Who acts, as the rules of versions know it, and whence. */
export interface RuleActor {
  readonly accountId: string;
  readonly roles: readonly Role[];
  readonly trace: RuleTrace;
}

export function contextOf(deps: Pick<RuleDeps, 'now'>, actor: RuleActor, reason = ''): VersionContext {
  const roles = actor.roles.includes('operator') ? (['operator'] as const) : [];
  return { actor: { id: actor.accountId, roles }, now: deps.now(), reason };
}

export const SYSTEM_TRACE: RuleTrace = { address: '', requestId: '' };
export const systemContext = (now: number, reason = ''): VersionContext => ({
  actor: { id: SYSTEM_ACTOR, roles: ['system'] },
  now,
  reason,
});

/** By `published`, by its number, or by its id. Code: version.unknown. */
export async function versionBy(
  deps: Pick<RuleDeps, 'rules'>,
  ref: string,
  tx?: Transaction,
): Promise<RuleVersion> {
  const { rules } = deps;
  const found =
    ref === 'published'
      ? await rules.published(tx)
      : /^\d{1,9}$/.test(ref)
        ? await rules.byNumber(Number(ref), tx)
        : await rules.byId(ref, tx);
  if (found === null) throw new AppError('version.unknown', { version: ref });
  return found;
}

/** The version that new calls go by; what routed before there were versions becomes the first. Under the lock. */
export async function currentVersion(
  deps: Pick<RuleDeps, 'rules' | 'now' | 'newId'>,
  tx: Transaction,
): Promise<RuleVersion> {
  const { rules } = deps;
  const published = await rules.published(tx);
  if (published !== null) return published;
  const tables = await rules.tables(tx);
  if (tables === null) throw new AppError('rules.none');
  const as = {
    id: deps.newId(),
    number: await rules.nextNumber(tx),
    title: OWN_VERSION_WORDS.firstRules.zh({}),
  };
  const founded = foundVersion(as, tables, systemContext(deps.now()));
  if (founded.kind === 'refused') throw await refusalOf(deps, founded.refusal, tx);
  await rules.save(founded.version, [founded.event], SYSTEM_TRACE, tx);
  return founded.version;
}

/** One step of a version's life: looked up under the lock, decided by the domain, written with its event. */
export async function moveVersion(
  deps: RuleDeps,
  input: { readonly ref: string; readonly trace: RuleTrace },
  decide: (version: RuleVersion, tx: Transaction) => Promise<VersionDecision>,
): Promise<RuleVersion> {
  return deps.database.transact(async (tx) => {
    await deps.rules.lock(tx);
    const version = await versionBy(deps, input.ref, tx);
    const decision = await decide(version, tx);
    if (decision.kind === 'refused') throw await refusalOf(deps, decision.refusal, tx);
    await deps.rules.save(decision.version, [decision.event], input.trace, tx);
    return decision.version;
  });
}

/** What the linter knows beside the rules. */
export async function lintContext(
  deps: Pick<
    RuleDeps,
    | 'rules'
    | 'lines'
    | 'agents'
    | 'units'
    | 'employers'
    | 'prompts'
    | 'voice'
    | 'calendar'
    | 'now'
    | 'ownSip'
    | 'trunkCodes'
  >,
  tx?: Transaction,
): Promise<LintContext> {
  const { calendar } = await deps.calendar.load(tx);
  const { years, zone } = chinaCalendar(calendar);
  const published = await deps.rules.published(tx);
  const employers = await deps.employers?.list(tx);
  return {
    nowMs: deps.now(),
    agents: (await deps.agents.list(tx)).map(({ accountId, queues, skills, employer }) => ({
      agentId: accountId,
      queues,
      skills,
      employer,
    })),
    listed: await deps.lines.protectedNumbers(tx),
    prompts: promptsOnFile(await deps.prompts.list(tx), await deps.voice.byHand(), deps.now()),
    calendarYears: [...years],
    calendarDue: yearsToEnter(years, localDateOf(deps.now(), zone)),
    approvedNumbers: published?.rules.lines.map(({ number }) => number) ?? [],
    queuesInForce: published?.rules.queues ?? [],
    unitNames: await deps.units.list(tx),
    ...(employers === undefined
      ? {}
      : { employers: employers.filter(({ ended }) => !ended).map(({ code }) => code) }),
    ...(deps.ownSip === undefined ? {} : { ownSip: deps.ownSip }),
    ...(deps.trunkCodes === undefined ? {} : { trunks: deps.trunkCodes }),
  };
}

export type Looked = PublishContext & {
  readonly current: RuleVersion;
  readonly findings: readonly Finding[];
};

/** Everything that decides whether the version may go out. */
export async function publishContext(
  deps: RuleDeps,
  version: RuleVersion,
  context: VersionContext,
  current: RuleVersion,
  tx?: Transaction,
): Promise<Looked> {
  const known = await lintContext(deps, tx);
  const { calendar } = await deps.calendar.load(tx);
  const at = Math.max(version.effectiveAt ?? context.now, context.now);
  const day = localDate(at, calendar.zone);
  const open = periodsOfDay(chinaCalendar(calendar), day);
  const findings = lint(takingEffect(version, current.rules, context.now), known);
  return {
    ...context,
    current,
    findings,
    lintErrors: errorCodes(findings),
    listed: known.listed,
    workingHours: open.some(({ from, to }) => from <= at && at < to),
  };
}

/** Publishes a released version: its row, the end of the one before, the tables and the word of it, all or nothing. */
export async function publishReleased(
  deps: RuleDeps,
  version: RuleVersion,
  current: RuleVersion,
  context: VersionContext,
  trace: RuleTrace,
  tx: Transaction,
): Promise<RuleVersion> {
  const { rules } = deps;
  const undone = version.undoes === null ? null : await rules.byId(version.undoes, tx);
  const looked = await publishContext(deps, version, context, current, tx);
  const publication = publish(version, { ...looked, undone });
  if (publication.kind === 'refused') {
    throw await refusalOf(deps, publication.refusal, tx, looked.findings);
  }
  // The old one first: at no moment are there two.
  for (const retired of publication.retired) {
    const events = publication.events.filter(({ versionId }) => versionId === retired.id);
    await rules.save(retired, events, trace, tx);
  }
  const events = publication.events.filter(({ versionId }) => versionId === version.id);
  await rules.save(publication.version, events, trace, tx);
  await speakRules(deps, publication.version, tx);
  await rules.project(publication.version.rules, tx);
  await deps.configuration.publish(tx);
  return publication.version;
}

/** A refusal of the domain with the names of those, and the words of that, which it speaks of. */
export async function refusalOf(
  deps: Pick<RuleDeps, 'rules'>,
  refusal: VersionRefusal,
  tx?: Transaction,
  findings: readonly Finding[] = [],
): Promise<AppError> {
  const { code, ...data } = refusal;
  if (refusal.code === 'version.lintErrors') {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const told = errors.map(({ message, cure }) => `${message.zh}；${cure.zh}`);
    const findingsEn = errors.map(({ message, cure }) => `${message.en}; ${cure.en}`);
    return new AppError(code, { ...data, findings: told, findingsEn });
  }
  if (refusal.code === 'version.editedMeanwhile') {
    const names = await deps.rules.namesOf(
      refusal.edits.map(({ by }) => by),
      tx,
    );
    return new AppError(code, {
      revision: refusal.revision,
      edits: refusal.edits.map(({ revision, by, at }) => ({
        revision,
        by: names.get(by) ?? by,
        at: new Date(at).toISOString(),
      })),
      changes: refusal.changes.map(({ words }) => words),
      changesEn: refusal.changes.map(describeInEnglish),
    });
  }
  if (refusal.code === 'version.conflict') {
    const { conflicts } = refusal;
    return new AppError(code, {
      conflicts: conflicts.map(({ words }) => words),
      conflictsEn: conflicts.map(describeInEnglish),
    });
  }
  if (refusal.code === 'version.forbiddenChange') {
    const { changes } = refusal;
    return new AppError(code, {
      changes: changes.map(({ words }) => words),
      changesEn: changes.map(describeInEnglish),
    });
  }
  return new AppError(code, data);
}
