import { localDate } from '../../domain/hotlines/local-date.ts';
import { fieldOf } from '../../domain/hotlines/register/columns.ts';
import { parseCsv } from '../../domain/hotlines/register/csv.ts';
import { type DecodedCsv, decodeCsv } from '../../domain/hotlines/register/decode-csv.ts';
import { keepPast } from '../../domain/hotlines/register/keep-past.ts';
import {
  type ImportReport,
  importLines,
  replaceNumbers,
} from '../../domain/hotlines/register/register-file.ts';
import { type FileVerdict, rowVerdicts } from '../../domain/hotlines/register/row-verdicts.ts';
import type { RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import { editDraft, type RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { AppError } from '../errors.ts';
import type { Unit } from '../ports/organisation.ts';
import type { Transaction } from '../ports/transaction.ts';
import { daysNamedInRows } from './named-days.ts';
import { contextOf, moveVersion, type RuleActor, type RuleDeps, versionBy } from './rule-change.ts';
import { editedRules } from './rule-edit.ts';

export interface ImportInput {
  readonly ref: string;
  readonly revision: number;
  readonly csv: string;
  readonly reason?: string;
  readonly actor: RuleActor;
}

/** What the file says row by row, and what it does to the version's rules. */
export interface JudgedRegister {
  readonly report: ImportReport;
  readonly verdict: FileVerdict;
}

/** The text of a file as a spreadsheet wrote it. Code: rules.csvNotText. */
export function registerText(bytes: Uint8Array): Extract<DecodedCsv, { readonly kind: 'text' }> {
  const decoded = decodeCsv(bytes);
  if (decoded.kind === 'notText') throw new AppError('rules.csvNotText', {});
  return decoded;
}

/** What the file would do, with every refused row and why; nothing is changed. */
export function checkRegister(deps: RuleDeps) {
  return async ({ ref, csv }: Pick<ImportInput, 'ref' | 'csv'>): Promise<JudgedRegister> => {
    const version = await versionBy(deps, ref);
    return judged(await read(deps, version, csv), version.rules, deps.now());
  };
}

function judged(report: ImportReport, rules: RuleSet, now: number): JudgedRegister {
  const today = localDate(now, rules.municipality.timeZone);
  return { report, verdict: rowVerdicts(report, rules.lines, today) };
}

/**
 * Takes the file's good rows into a draft: from today on a number's periods are those of the file, other numbers stay.
 * What was refused is in the report, and only there.
 */
export function importRegister(deps: RuleDeps) {
  return async ({
    ref,
    revision,
    csv,
    reason,
    actor,
  }: ImportInput): Promise<JudgedRegister & { readonly version: RuleVersion }> => {
    const told: { done?: JudgedRegister } = {};
    const version = await moveVersion(deps, { ref, trace: actor.trace }, async (draft, tx) => {
      const begun = await deps.rules.revision(draft.id, revision, tx);
      if (begun === null) throw new AppError('version.revisionUnknown', { revision: draft.revision });
      const report = await read(deps, draft, csv, tx);
      told.done = judged(report, begun, deps.now());
      const context = contextOf(deps, actor, reason);
      const today = localDate(context.now, begun.municipality.timeZone);
      const units = await deps.units.list(tx);
      const replaced = editedRules(replaceNumbers(begun, report.lines), {}, { units, today });
      const firstDays = daysNamedInRows(report.lines, begun);
      const rules = { ...replaced, lines: keepPast(begun.lines, replaced.lines, today, firstDays) };
      return editDraft(draft, { begun: { revision, rules: begun }, rules, firstDays }, context);
    });
    if (told.done === undefined) throw new AppError('rules.csvInvalid');
    return { version, ...told.done };
  };
}

async function read(
  deps: RuleDeps,
  { rules }: RuleVersion,
  csv: string,
  tx?: Transaction,
): Promise<ImportReport> {
  const { areaCode, mainNumber, generalQueue } = rules.municipality;
  const known = await deps.units.list(tx);
  return importLines(csv, {
    areaCode,
    mainNumber,
    generalQueue,
    listed: await deps.lines.protectedNumbers(tx),
    units: [...known, ...newUnits(csv, known)],
    queues: rules.queues.map(({ code }) => code),
  });
}

const UNIT_CODE = /^[a-z0-9-]{2,40}$/;

/** A unit that is new to us is one whose row says both its code and its name, and neither is taken. */
function newUnits(csv: string, known: readonly Unit[]): readonly Pick<Unit, 'code' | 'name'>[] {
  const [heading, ...rows] = parseCsv(csv);
  const fields = heading?.cells.map(fieldOf) ?? [];
  const [codeAt, nameAt] = [fields.indexOf('unitCode'), fields.indexOf('unitName')];
  const codes = new Set(known.map(({ code }) => code));
  const names = new Set(known.map(({ name }) => name));
  const units: Pick<Unit, 'code' | 'name'>[] = [];
  for (const { cells } of rows) {
    const [code, name] = [cells[codeAt]?.trim() ?? '', cells[nameAt]?.trim() ?? ''];
    if (codes.has(code) || names.has(name) || name === '' || !UNIT_CODE.test(code)) continue;
    codes.add(code);
    names.add(name);
    units.push({ code, name });
  }
  return units;
}
