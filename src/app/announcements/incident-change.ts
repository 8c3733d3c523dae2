import {
  type IncidentFinding,
  type IncidentSurroundings,
  incidentFindings,
} from '../../domain/announcements/findings.ts';
import type { Incident, IncidentContext, IncidentDecision } from '../../domain/announcements/incident.ts';
import { wordsOfAnnouncement } from '../../domain/announcements/spoken.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { EMERGENCY_NUMBERS } from '../../domain/hotlines/register/protected.ts';
import { AppError } from '../errors.ts';
import type { AnnouncementBook } from '../ports/announcements.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Lines } from '../ports/lines.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Voice } from '../ports/prompts.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { reasonOf } from '../prompts/keep-words.ts';
import type { RuleActor } from '../rules/rule-change.ts';

export interface AnnouncementDeps {
  readonly database: Database;
  readonly announcements: AnnouncementBook;
  readonly lines: Pick<Lines, 'list' | 'protectedNumbers'>;
  readonly configuration: ConfigurationPublisher;
  readonly voice: Pick<Voice, 'prepare'>;
  readonly messages: MessageBook;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What an operator says of an incident. What is left out of a change stays as it is. */
export interface IncidentInput {
  readonly title: string;
  readonly text: string;
  readonly lines: Incident['lines'];
  readonly area: Incident['area'];
  /** null: from now on. */
  readonly fromMs: number | null;
  readonly untilMs: number;
  readonly offerKey: Incident['offerKey'];
}

/** What came of a change, with what is to be said about it. */
export interface ChangedIncident {
  readonly incident: Incident;
  readonly findings: readonly IncidentFinding[];
}

export function incidentContext(
  deps: Pick<AnnouncementDeps, 'now'>,
  { accountId, roles }: RuleActor,
  reason: string,
): IncidentContext {
  const known = roles.filter((role) => role === 'operator' || role === 'lead');
  return { actor: { id: accountId, roles: known }, nowMs: deps.now(), reason };
}

/** Numbers in the one spelling; what cannot be read as one stays, for the findings to name. */
export function spelled(input: IncidentInput, areaCode: string): Omit<IncidentInput, 'fromMs'> {
  const { area, lines } = input;
  const number = (raw: string): string => normaliseNumber(raw, areaCode) ?? raw;
  const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];
  return {
    ...input,
    title: input.title.trim(),
    text: input.text.trim(),
    lines: lines === null ? null : unique(lines.map(number)),
    area:
      area === null
        ? null
        : {
            areaCodes: unique(area.areaCodes.map((code) => (code.startsWith('0') ? code : `0${code}`))),
            // The beginning of a local number lacks the area code that its whole has.
            prefixes: unique(
              area.prefixes.map((prefix) => (/^[2-8]/.test(prefix) ? `${areaCode}${prefix}` : prefix)),
            ),
            numbers: unique(area.numbers.map(number)),
            unknownHear: area.unknownHear,
          },
  };
}

async function surroundings(deps: AnnouncementDeps, tx: Transaction): Promise<IncidentSurroundings> {
  const [lines, listed, live, areaCode] = [
    await deps.lines.list(tx),
    await deps.lines.protectedNumbers(tx),
    await deps.announcements.live(tx),
    await deps.announcements.areaCode(tx),
  ];
  const number = (raw: string): string => normaliseNumber(raw, areaCode) ?? raw;
  return {
    nowMs: deps.now(),
    lines: lines.map((line) => number(line.number)),
    protectedNumbers: [...EMERGENCY_NUMBERS, ...listed].map((one) => number(one.number)),
    live,
  };
}

/** Code: announcement.unknown. */
export async function incidentBy(deps: AnnouncementDeps, id: string, tx: Transaction): Promise<Incident> {
  const incident = await deps.announcements.byId(id, tx);
  if (incident === null) throw new AppError('announcement.unknown', { announcement: id });
  return incident;
}

/**
 * Writes what was decided, looks at it as a linter would, and, where calls are to hear or no longer to hear it, tells
 * call control with the commit. An error among the findings keeps it from being heard.
 */
export async function written(
  deps: AnnouncementDeps,
  decision: IncidentDecision,
  actor: Pick<RuleActor, 'trace'>,
  tx: Transaction,
): Promise<ChangedIncident> {
  if (decision.kind === 'refused') {
    const { code, ...data } = decision.refusal;
    throw new AppError(code, data);
  }
  const { incident, event } = decision;
  const looksAt = event.to === 'live' || event.to === 'draft';
  const findings = looksAt ? incidentFindings(incident, await surroundings(deps, tx)) : [];
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (event.to === 'live' && errors.length > 0) {
    throw new AppError('announcement.faulty', {
      findings: errors.map(({ message, cure }) => `${message.zh}；${cure.zh}`),
    });
  }
  await deps.announcements.save(incident, event, actor.trace, tx);
  if (event.to === 'live') await speak(deps, incident, tx);
  if (event.from === 'live' || event.to === 'live') await deps.configuration.publish(tx);
  return { incident, findings };
}

/**
 * The first call finds the words ready. Where they cannot be spoken the announcement is passed over and the calls go on;
 * an incident does not wait for the voice to be mended: it is on record, and the worker tries again.
 */
async function speak(
  { voice, announcements, now }: Pick<AnnouncementDeps, 'voice' | 'announcements' | 'now'>,
  incident: Incident,
  tx: Transaction,
): Promise<void> {
  const unspoken = await voice.prepare(wordsOfAnnouncement(incident));
  await announcements.spoken(incident.id, now(), reasonOf(unspoken), tx);
}
