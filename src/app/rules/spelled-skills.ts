import { readAsk, writeAsk } from '../../domain/skills/skills.ts';
import { AppError } from '../errors.ts';

/** What a line or a queue asks for, in the one spelling. Code: rules.skillsUnreadable. */
export function spelledSkills(text: string | null, at: Readonly<Record<string, string>>): string | null {
  const read = readAsk(text);
  if (read.kind === 'ask') return writeAsk(read.ask);
  throw new AppError('rules.skillsUnreadable', { ...at, skills: text, wrong: read.wrong, right: read.right });
}
