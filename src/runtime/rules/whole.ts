import { type Version, versionLine } from '../rules-text.ts';
import { Setback } from '../setback.ts';
import { edit, inDraft, type Job, pathOf, put, readJson } from './command.ts';

// A whole configuration as a file: it says what it is, so that nobody's other JSON is taken for one.

const FORMAT = 'yihaotong-rules';
const FORMAT_VERSION = 1;
const KNOWN = ['format', 'formatVersion', 'from', 'rules'];

/** The rules of a version, into a file that `import` takes back exactly. */
export async function exportRules(job: Job, version: string): Promise<number> {
  const path = pathOf(version);
  const { rules } = await job.counter.get<{ rules: object }>(`${path}/rules`);
  const { version: from } = await job.counter.get<{ version: Version }>(path);
  const file = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    from: { version: from.number, title: from.title },
    rules,
  };
  put(job, `${JSON.stringify(file, null, 1)}\n`);
  return 0;
}

/** Everything that the file says, or nothing: where it is wrong the draft is withdrawn again. */
export async function importRules(job: Job, file: string): Promise<number> {
  const rules = rulesIn(readJson(file), file);
  const into = async (version: string): Promise<number> => {
    job.print(versionLine(await edit(job.counter, version, { rules })));
    return 0;
  };
  const { version, check } = job.options;
  if (check) {
    await inDraft(job.counter, `检查 ${file}`, async (draft) => {
      await into(draft);
      await job.counter.post(`${pathOf(draft)}/withdraw`, { reason: '只作检查' });
    });
    return 0;
  }
  return version === undefined ? inDraft(job.counter, `导入 ${file}`, into) : into(version);
}

function rulesIn(value: unknown, file: string): object {
  const refuse = (message: string, remedy: string): never => {
    throw new Setback('rules.fileFormat', `${file}: ${message}`, remedy);
  };
  const right = `Take a file that rules export --all FILE wrote.`;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('not an object.', right);
  const held: Readonly<Record<string, unknown>> = { ...value };
  // As exported before files said what they are.
  if (!('format' in held) && 'municipality' in held) return held;
  if (held.format !== FORMAT) return refuse(`format is not "${FORMAT}".`, right);
  if (held.formatVersion !== FORMAT_VERSION) {
    return refuse(
      `formatVersion ${JSON.stringify(held.formatVersion)} is not known.`,
      `This program reads ${FORMAT_VERSION}.`,
    );
  }
  const stray = Object.keys(held).find((field) => !KNOWN.includes(field));
  if (stray !== undefined)
    return refuse(`the field "${stray}" is not known.`, `There are ${KNOWN.join(', ')}.`);
  if (typeof held.rules !== 'object' || held.rules === null) return refuse('rules is missing.', right);
  return held.rules;
}
