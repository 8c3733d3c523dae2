import { join } from 'node:path';
import { runDemo } from '../demo/run-demo.ts';
import { type Instance, PROJECT } from './instance.ts';
import { obtain } from './obtain.ts';
import { runningState } from './run-state.ts';
import { Setback } from './setback.ts';
import { knownAccounts } from './tables.ts';

/** Calls the running instance as citizens and answers as agents. */
export async function demo(instance: Instance, print: (text: string) => void): Promise<number> {
  if (runningState(instance.dir)?.phase !== 'ready') {
    throw new Setback(
      'demo.notRunning',
      `Nothing is ready in ${instance.dir}.`,
      'Start it first: npm start -- --detach',
    );
  }
  const accounts = knownAccounts(instance.dir);
  if (accounts === null) {
    throw new Setback(
      'demo.noSample',
      `${join(instance.dir, 'accounts.json')} is missing: this instance does not hold the sample municipality.`,
      'Start one of its own for the demo: npm start -- --detach --port-base 13000, then npm run demo -- --port-base 13000',
    );
  }
  const { tools } = await obtain(['sipp'], PROJECT, print);
  const host = instance.sipBind === '0.0.0.0' ? '127.0.0.1' : instance.sipBind;
  return await runDemo(
    {
      apiUrl: `http://127.0.0.1:${instance.ports.http}`,
      sip: { host, port: instance.ports.sip },
      carrierPort: instance.ports.carrier,
      accounts,
      sipp: tools.sipp,
    },
    print,
  );
}
