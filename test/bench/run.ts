import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Benchmark } from './benchmark.ts';
import { consolePages } from './console.ts';
import { deadlines } from './deadlines.ts';
import { handoff } from './handoff.ts';
import { imports } from './imports.ts';
import { load } from './load.ts';
import { register } from './register.ts';
import { router } from './router.ts';
import { search } from './search.ts';
import { setup } from './setup.ts';
import { takeover } from './takeover.ts';
import { tickets } from './tickets.ts';

// `npm run bench -- NAME [--quick]`: the product beside its peer on this machine. Nothing here is a test: a machine that
// is slow today fails nobody.

const BENCHMARKS: readonly Benchmark[] = [
  consolePages,
  deadlines,
  handoff,
  imports,
  load,
  register,
  router,
  search,
  setup,
  takeover,
  tickets,
];
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function list(): void {
  say('npm run bench -- NAME [--quick]\n');
  for (const { name, work, beside, goal } of BENCHMARKS) {
    say(`${name}\n  work:   ${work}\n  beside: ${beside}\n  goal:   ${goal}`);
  }
}

function machine(): void {
  const [cpu] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  say(`${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} processors, ${gibibytes} GiB`);
  say(`${platform()} ${release()} ${arch()}, Node ${process.versions.node}, V8 ${process.versions.v8}`);
}

async function main(words: readonly string[]): Promise<number> {
  const quick = words.includes('--quick');
  const [name, ...more] = words.filter((word) => word !== '--quick');
  if (name === undefined) {
    list();
    return 0;
  }
  const benchmark = BENCHMARKS.find((one) => one.name === name);
  if (benchmark === undefined || more.length > 0) {
    say(`There is no benchmark "${[name, ...more].join(' ')}".\n`);
    list();
    return 2;
  }
  machine();
  say(`${benchmark.name}: ${benchmark.work}\nbeside: ${benchmark.beside}`);
  const figures = await benchmark.run({ quick, say });
  for (const [figure, value] of Object.entries(figures)) say(`  ${figure.padEnd(28)} ${value}`);
  say(`goal: ${benchmark.goal}`);
  say(`RESULT ${JSON.stringify({ bench: benchmark.name, quick, ...figures })}`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
