import type { Command } from './command.ts';
import { COMMON_OPTIONS, OPTIONS, type OptionName } from './options.ts';

const MARGIN = 44;

const optionText = (name: OptionName): string => {
  const { value } = OPTIONS[name];
  return value === '' ? `--${name}` : `--${name} ${value}`;
};

const synopsis = ({ name, words, options }: Command): string =>
  [name, words, ...options.map((option) => `[${optionText(option)}]`)]
    .filter((part) => part !== '')
    .join(' ');

/** All commands, one a line. */
export function usage(commands: readonly Command[]): string {
  const rows = commands.map(({ name, words, does }) => {
    const head = `  rules ${name}${words === '' ? '' : ` ${words}`}`;
    return `${head.length < MARGIN ? head.padEnd(MARGIN) : `${head}\n${' '.repeat(MARGIN)}`}${does.zh} ${does.en}`;
  });
  return `rules: 规则，以话务管理员身份经接口查看和修改  the rules of the running instance, through its API

${rows.join('\n')}

  V is a version's number, or published.
  rules help COMMAND shows its options and an example.
  as whom: --user NAME (operator) and YIHAOTONG_PASSWORD, else the sample's accounts.json
  where: --port-base N, --data DIR, or --api URL
  ends with: 0 done, 1 refused or found wanting, 2 not understood
`;
}

/** One command, its options and an example. */
export function helpOf(command: Command): string {
  const { does, options, example } = command;
  const rows = [...options, ...COMMON_OPTIONS].map((name) => {
    const head = `  ${optionText(name)}`;
    return `${head.length < 34 ? head.padEnd(34) : `${head}\n${' '.repeat(34)}`}${OPTIONS[name].says}`;
  });
  return [
    `rules ${synopsis(command)}`,
    `  ${does.zh}`,
    `  ${does.en}`,
    '',
    ...rows,
    '',
    `  example: npm run rules -- ${example}`,
    '',
  ].join('\n');
}
