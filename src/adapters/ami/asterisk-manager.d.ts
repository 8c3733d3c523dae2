/** What we use of asterisk-manager, which has no types of its own. */
declare module 'asterisk-manager' {
  type Message = Readonly<Record<string, unknown>>;
  interface Manager {
    connect(port: number, host: string, callback: (error: unknown) => void): void;
    login(callback: (error?: unknown) => void): void;
    action(
      action: Record<string, string>,
      callback: (error: Message | undefined, answer: Message) => void,
    ): string;
    disconnect(callback?: () => void): void;
    on(event: string, listener: (message: Message) => void): void;
    removeAllListeners(event?: string): void;
    readonly options: { port: number | null; host: string; username: string; password: string };
  }
  export default function manager(
    port: number | null,
    host: string,
    user: string,
    secret: string,
    events: boolean,
  ): Manager;
}
