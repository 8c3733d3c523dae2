import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { replyNotFound } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions } from '../services.ts';
import { answers } from '../shapes/elements.ts';

/** What is served where the console was not built (`npm run build`). */
const WITHOUT_CONSOLE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>一号通</title>
</head>
<body>
<main>
<h1>一号通</h1>
<p>12345 政务服务便民热线呼叫中心正在此运行。控制台页面尚未构建，请执行 <code>npm run build</code> 后重新启动。</p>
<p>The console's pages were not built: run <code>npm run build</code> and start again.</p>
<ul>
<li><a href="/readyz">运行状况</a></li>
<li><a href="/openapi.json">接口说明（OpenAPI 3.1）</a></li>
<li><a href="/v1/problems">错误代码</a></li>
</ul>
</main>
</body>
</html>
`;

const A_YEAR_S = 31_536_000;
const HTML = 'text/html; charset=utf-8';

/** The console: its files, and the one page behind all of its addresses. */
export function pageRoutes(app: Api, { consoleDir, keptPagesDir }: ApiOptions): void {
  const dir = consoleDir !== null && existsSync(join(consoleDir, 'index.html')) ? consoleDir : null;

  /** It names the files of this very build, so a browser asks for it each time. */
  function page(reply: FastifyReply): FastifyReply {
    if (dir === null) return reply.type(HTML).send(WITHOUT_CONSOLE);
    return reply.header('cache-control', 'no-cache').sendFile('index.html', dir, { cacheControl: false });
  }

  app.get(
    '/',
    {
      schema: {
        hide: true,
        operationId: 'readConsole',
        tags: ['pages'],
        summary: '控制台',
        response: answers({ 200: Type.String() }),
      },
    },
    (_request, reply) => page(reply),
  );

  app.get(
    '/assets/:name',
    {
      schema: {
        hide: true,
        operationId: 'readConsoleFile',
        tags: ['pages'],
        summary: '控制台的文件：名称含内容摘要，可长期缓存',
        params: Type.Object({ name: Type.String({ pattern: '^[\\w.-]+$', maxLength: 200 }) }),
        response: answers({ 200: Type.Any() }),
      },
    },
    (request, reply) => {
      if (dir === null) return replyNotFound(request, reply);
      const { name } = request.params;
      const now = join(dir, 'assets');
      // A page of an earlier build is still open somewhere.
      const from = keptPagesDir === null || existsSync(join(now, name)) ? now : keptPagesDir;
      return reply.sendFile(name, from, { maxAge: A_YEAR_S * 1000, immutable: true, dotfiles: 'deny' });
    },
  );

  app.get(
    '/openapi.json',
    {
      schema: {
        hide: true,
        operationId: 'readApiDescription',
        tags: ['pages'],
        summary: 'OpenAPI 3.1',
        response: answers({ 200: Type.Object({}, { additionalProperties: true }) }),
      },
    },
    (_request, reply) =>
      reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger()),
  );

  // An address of the console that was typed, kept or reloaded; whoever asks for data is told that there is none.
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) =>
    wantsPage(request) ? page(reply) : replyNotFound(request, reply),
  );
}

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  !/^\/(v1|assets|sip)(\/|$)/.test(request.url) &&
  (request.headers.accept ?? '').includes('text/html');
