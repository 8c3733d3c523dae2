import { meantInstance } from './command-running.ts';
import type { InstanceOptions } from './instance.ts';
import { helpOf, usage } from './rules/help.ts';
import { type Options, parse, refuseUnused } from './rules/options.ts';
import { COMMANDS } from './rules/table.ts';
import { RulesCounter } from './rules-counter.ts';
import { Misuse, Setback } from './setback.ts';
import { knownAccounts } from './tables.ts';

type Print = (text: string) => void;

/** `npm run rules -- …`: the rules of the running instance, changed as an operator through its API. */
export async function rules(argv: readonly string[], print: Print): Promise<number> {
  const { options, words, given } = parse(argv);
  const [name = 'help', ...rest] = words;
  const command = COMMANDS.find((one) => one.name === (name === 'help' ? rest[0] : name));
  if (command === undefined) {
    const isHelp = name === 'help' && rest.length === 0;
    if (!isHelp) print(`There is no command "rules ${name === 'help' ? rest[0] : name}".\n`);
    print(usage(COMMANDS));
    return isHelp ? 0 : 2;
  }
  if (name === 'help' || options.help) {
    print(helpOf(command));
    return 0;
  }
  refuseUnused(command, given);
  refuseMany(command.words, rest);
  const counter = await enter(options);
  try {
    return await command.run({ counter, options, rest, print });
  } finally {
    await counter.leave();
  }
}

/** A title of three words without quotes would otherwise lose two of them. */
function refuseMany(words: string, rest: readonly string[]): void {
  const most = words.split(' ').filter((one) => one !== '').length;
  if (words.includes('…') || rest.length <= most) return;
  const stray = rest.slice(most).join(' ');
  throw new Misuse('rules.tooManyWords', `"${stray}" is too much.`, 'Put what belongs together into quotes.');
}

async function enter(options: Options): Promise<RulesCounter> {
  const where: InstanceOptions = {
    ...(options['port-base'] === undefined ? {} : { portBase: Number(options['port-base']) }),
    ...(options.data === undefined ? {} : { data: options.data }),
  };
  const instance = options.api === undefined ? meantInstance(where) : null;
  const base = options.api ?? `http://127.0.0.1:${instance?.ports.http}`;
  const user = options.user ?? 'operator';
  const kept = instance === null ? null : knownAccounts(instance.dir);
  const password =
    process.env.YIHAOTONG_PASSWORD ?? kept?.find(({ username }) => username === user)?.password ?? null;
  if (password === null) {
    throw new Setback('rules.noPassword', `No password of ${user} is known.`, 'Set YIHAOTONG_PASSWORD.');
  }
  return RulesCounter.signIn(base, user, password);
}
