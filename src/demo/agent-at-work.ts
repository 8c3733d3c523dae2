import { type AgentSeen, ApiClient, ApiRefusal, type SessionSeen } from './api-client.ts';
import { Phone, type PhoneOptions } from './phone/phone.ts';
import type { SipPeer } from './phone/sip-link.ts';
import { until } from './poll.ts';

/** An agent with everything that belongs to one: signed in over HTTP, with a telephone that is registered. */
export class AgentAtWork {
  readonly id: string;
  readonly number: string;
  readonly api: ApiClient;
  readonly phone: Phone;

  private constructor(session: SessionSeen, number: string, api: ApiClient, phone: Phone) {
    this.id = session.account.id;
    this.number = number;
    this.api = api;
    this.phone = phone;
  }

  /** Signs in, registers the phone, and signs in at call control. Not ready yet. */
  static async start(options: {
    readonly apiUrl: string;
    readonly username: string;
    readonly password: string;
    readonly sip: SipPeer;
    readonly phone?: Pick<PhoneOptions, 'host' | 'transport'>;
  }): Promise<AgentAtWork> {
    const api = await ApiClient.signIn(options.apiUrl, options.username, options.password);
    const session = await api.get<SessionSeen>('/v1/session');
    if (session.agent === null) throw new Error(`${options.username} is no agent`);
    const { name, secret } = session.agent.phone;
    const account = { name, secret, registrar: options.sip };
    const phone = await Phone.open({ ...options.phone, account });
    try {
      const agent = new AgentAtWork(session, session.agent.number, api, phone);
      await phone.register();
      // A desk phone and no page beside it: nobody would beat.
      await api.post('/v1/agents/me/sign-in', { heartbeat: 'none' });
      // A call left over from a telephone that was killed: nobody is on it any more.
      if ((await agent.seen())?.state === 'TALKING') await agent.letGo();
      return agent;
    } catch (error) {
      await phone.close();
      throw error;
    }
  }

  /** Releases the call; that it ended by itself meanwhile, or that the picture was old, is as good. */
  private async letGo(): Promise<void> {
    try {
      await this.api.post('/v1/agents/me/release-call');
    } catch (error) {
      if (!(error instanceof ApiRefusal && error.code === 'call.none')) throw error;
    }
  }

  /** Ready for calls; waits until call control has proven the phone to be reachable. */
  async ready(withinMs = 10_000): Promise<void> {
    await until(`${this.number} ready`, withinMs, async () => {
      const { agent } = await this.api.post<{ agent: AgentSeen | null }>('/v1/agents/me/ready');
      return agent?.state === 'READY' && agent.phoneReachable ? agent : null;
    });
  }

  /** As call control sees this agent now. */
  async seen(): Promise<AgentSeen | null> {
    const { agents } = await this.api.get<{ agents: readonly AgentSeen[] }>('/v1/agents');
    return agents.find((one) => one.agentId === this.id) ?? null;
  }

  async untilState(state: string, withinMs: number): Promise<AgentSeen> {
    return await until(`${this.number} ${state}`, withinMs, async () => {
      const seen = await this.seen();
      return seen?.state === state ? seen : null;
    });
  }

  /** Ends wrap-up and is ready for the next call. */
  async next(): Promise<void> {
    await this.api.post('/v1/agents/me/end-wrap-up');
  }

  /** Signed out everywhere; the phone is unplugged. */
  async leave(): Promise<void> {
    const trouble: unknown[] = [];
    const attempt = (work: Promise<unknown>): Promise<unknown> =>
      work.catch((error: unknown) => trouble.push(error));
    await Promise.all(this.phone.calls.map((call) => attempt(call.hangUp())));
    await attempt(
      until(`${this.number} signed out`, 5_000, async () => {
        const { agent } = await this.api.post<{ agent: AgentSeen | null }>('/v1/agents/me/sign-out');
        return agent === null || agent.state === 'SIGNED_OUT' ? true : null;
      }),
    );
    await attempt(this.phone.close());
    await attempt(this.api.signOut());
    if (trouble.length > 0)
      throw new AggregateError(trouble, `agent ${this.number} could not leave in order`);
  }
}
