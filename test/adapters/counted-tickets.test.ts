import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

// What shows how the hotline works (压缩时间) is counted by nobody. Each statement that counts tickets, or what was said of them,
// says so by one of the conditions of citizens-tickets.ts, or stands below with why it counts them too.

const BOOKS = join(import.meta.dirname, '../../src/adapters/pg');
/** A condition, or the part of a statement that holds it. */
const ASKS = /\b(?:COUNTED_APPEAL|REAL|ofReal|heardFrom)\b|\bday_seconds is null\b/;
const READS =
  /\b(?:from|join)\s+(?:tickets|visit_attempts|visit_exclusions|ticket_ratings|ticket_adoptions)\b/;
const COUNTS = /\b(?:count|sum|avg)\(/;

const REASONS: Readonly<Record<string, string>> = {
  'circular-reading.ts rows': 'rows behind a figure that left them out when it was counted',
  'incident-hand-overs.ts ofIncident': 'the lines of one hand-over',
  'incidents.ts SUMMARY': 'the appeals of one incident, which a person put together',
  'incidents.ts openMembers': 'what of one incident is open still',
  'incidents.ts detail': 'the appeals of one incident',
  'intake.ts LATEST': 'pieces of one appeal',
  'knowledge-care.ts asked': 'tasks that the house asks of a unit, which are nobody’s appeal',
  'knowledge-care.ts openTasks': 'tasks that the house asks of a unit',
  'limits.ts openTickets': 'how much there is to be counted again, and short days are counted too',
  'meetings.ts SUMMARY': 'tasks of one meeting',
  'meetings.ts DETAIL': 'tasks of one meeting',
  'meetings.ts find': 'tasks of one meeting',
  'surveys.ts CANDIDATES': 'matters of one citizen, asked about in one call',
  'threads.ts burden': 'what the tickets of one thread have borne',
  'ticket-notices.ts WAITING': 'which urge of one ticket this is',
  'ticket-ratings.ts SOURCE': 'for how many citizens one address speaks, whatever of',
  'ticket-ratings.ts given': 'the round of one ticket',
  'ticket-ratings.ts columns': 'the round of one ticket',
  'unit-scores.ts rows': 'rows behind a figure, of the very text that it is counted by',
  'urgent-notices.ts unconfirmed': 'telephone calls that nobody has confirmed: somebody has to ring',
  'visit-links.ts SILENT': 'how often one citizen was tried',
  'visit-samples.ts discrepancies': 'samples, which are drawn of real tickets alone',
  'visits.ts TICKET': 'how often one ticket was worked on again',
  'visits.ts CITIZEN': 'the tickets of one citizen',
};

interface Statement {
  readonly where: string;
  readonly text: string;
}

/** The outermost texts of a file; what a constant of it holds stands where its name stood. */
function statementsOf(file: string): readonly Statement[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(BOOKS, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const constants = new Map<string, string>();
  const found: Statement[] = [];
  const walk = (node: ts.Node, name: string): void => {
    const own =
      (ts.isVariableDeclaration(node) || ts.isMethodDeclaration(node) || ts.isPropertyAssignment(node)) &&
      ts.isIdentifier(node.name)
        ? node.name.getText()
        : name;
    if (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) {
      const text = node.getText();
      if (ts.isVariableDeclaration(node.parent)) constants.set(own, text);
      found.push({ where: `${file} ${own}`, text });
      return;
    }
    ts.forEachChild(node, (child) => walk(child, own));
  };
  walk(source, '');
  const whole = (text: string, depth: number): string =>
    depth === 0
      ? text
      : text.replace(/\$\{(\w+)\}/g, (hole, name) => {
          const held = constants.get(name);
          return held === undefined ? hole : whole(held, depth - 1);
        });
  return found.map(({ where, text }) => ({ where, text: whole(text, 4) }));
}

const counting = readdirSync(BOOKS)
  .flatMap(statementsOf)
  .filter(({ text }) => READS.test(text) && COUNTS.test(text));

test('the counting statements are found', () => {
  const where = counting.map((one) => one.where);
  expect(where).toEqual(expect.arrayContaining(['channel-figures.ts COUNT', 'visits.ts COUNTS']));
});

test('whatever counts tickets leaves out what only shows how the hotline works, or says why not', () => {
  const silent = counting.filter(({ text, where }) => !ASKS.test(text) && REASONS[where] === undefined);
  expect(silent.map(({ where }) => where)).toEqual([]);
  // A reason for nothing hides the next one.
  const asked = new Set(counting.filter(({ text }) => !ASKS.test(text)).map(({ where }) => where));
  expect(Object.keys(REASONS).filter((where) => !asked.has(where))).toEqual([]);
});
