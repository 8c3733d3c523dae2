import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { freePort } from '../../../src/runtime/ports.ts';

/** A Redis of the test's own, that can be stopped and started on the same port; it remembers nothing. */
export class ScratchRedis {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | null = null;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async start(): Promise<ScratchRedis> {
    const redis = new ScratchRedis(await freePort(), await mkdtemp(join(tmpdir(), 'yht-redis-')));
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const program = inject('tools').redis;
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--dir', this.#folder];
    const child = spawn(program.path, args, {
      env: { ...process.env, ...program.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${said}`)));
      child.stdout?.on('data', (chunk: Buffer) => {
        said += String(chunk);
        if (said.includes('Ready to accept connections')) resolve();
      });
    });
  }

  /** SIGKILL, as in a power cut. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** SIGSTOP: connections stay open and nobody answers on them. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Sends one raw command in Redis's inline form and gives back what came. */
export async function raw(port: number, ...parts: readonly string[]): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  const body = parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('');
  socket.end(`*${parts.length}\r\n${body}`);
  const chunks: string[] = [];
  for await (const chunk of socket) chunks.push(String(chunk));
  return chunks.join('');
}
