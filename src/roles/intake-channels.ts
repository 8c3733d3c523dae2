import { smsGateway } from '../adapters/channels/sms-gateway.ts';
import { wechatAccount } from '../adapters/channels/wechat-account.ts';
import type { IntakeChannels } from '../app/ports/intake.ts';
import type { Log } from '../app/ports/log.ts';
import type { Config } from '../config.ts';

/** Open are those whose secret was given. Who delivers to one that is off is told the variable (`channel.off`). */
export function openChannels(
  { smsSecret, wechatToken, unfit }: Config['channels'],
  log: Pick<Log, 'error'>,
): IntakeChannels {
  for (const { variable, wanted } of unfit)
    log.error({ variable, wanted }, 'a channel by which appeals come stays off: its secret cannot be used');
  return {
    sms: smsSecret === null ? null : smsGateway({ secret: smsSecret }),
    wechat: wechatToken === null ? null : wechatAccount({ token: wechatToken }),
  };
}
