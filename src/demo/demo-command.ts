import { existsSync, readFileSync } from 'node:fs';
import { accountsFile } from '../roles/first-start.ts';
import { type InstanceOptions, instanceOf, PROJECT } from '../runtime/instance.ts';
import { obtain } from '../runtime/obtain.ts';
import { httpAnswers } from '../runtime/ready.ts';
import { Setback } from '../runtime/setback.ts';
import { type DemoTarget, runDemo, type Say } from './run-demo.ts';

/** `npm run demo`: finds the running instance in its folder and places the script's calls. Returns the exit code. */
export async function demoCommand(options: InstanceOptions, say: Say): Promise<number> {
  const instance = instanceOf(options);
  const apiUrl = `http://127.0.0.1:${instance.ports.http}`;
  const file = accountsFile(instance.dir);
  if (!existsSync(file) || !(await httpAnswers(`${apiUrl}/readyz`))) {
    throw new Setback(
      'demo.noInstance',
      `没有可以拨打的实例：${apiUrl} 没有就绪（实例目录 ${instance.dir}）。`,
      '请先启动：npm start -- --detach',
    );
  }
  const { tools } = await obtain(['sipp'], PROJECT, say);
  return await runDemo(
    {
      apiUrl,
      sip: {
        host: instance.sipBind === '0.0.0.0' ? '127.0.0.1' : instance.sipBind,
        port: instance.ports.sip,
      },
      carrierPort: instance.ports.carrier,
      accounts: JSON.parse(readFileSync(file, 'utf8')) as DemoTarget['accounts'],
      sipp: tools.sipp,
    },
    say,
  );
}
