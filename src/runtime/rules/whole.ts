import type { StoredRules } from '../../domain/hotlines/stored.ts';
import { readRulesFile, writeRulesFile } from '../../domain/hotlines/versions/rules-file.ts';
import { type Version, versionLine } from '../rules-text.ts';
import { Setback } from '../setback.ts';
import { edit, inDraft, type Job, pathOf, put, readJson } from './command.ts';

/** The rules of a version, into a file that `import` takes back exactly. */
export async function exportRules(job: Job, version: string): Promise<number> {
  const path = pathOf(version);
  const { rules } = await job.counter.get<{ rules: StoredRules }>(`${path}/rules`);
  const { version: from } = await job.counter.get<{ version: Version }>(path);
  put(job, writeRulesFile(rules, { version: from.number, title: from.title }));
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
  const read = readRulesFile(value);
  if (read.kind === 'refused') throw new Setback('rules.fileFormat', `${file}: ${read.why}`, read.right);
  return read.rules;
}
