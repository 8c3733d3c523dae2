/**
 * The XML of WeChat's messages: one `<xml>` with texts in it, in CDATA or plain, nested nowhere that we read. Nothing else of
 * XML is understood, least of all what a document may declare (entities).
 */
export function readXml(text: string): ReadonlyMap<string, string> | null {
  const inside = /^\s*<xml>([\s\S]*)<\/xml>\s*$/.exec(text)?.[1];
  if (inside === undefined) return null;
  const fields = new Map<string, string>();
  const field = /<([A-Za-z]\w*)>(?:\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*|([^<]*))<\/\1>/g;
  for (const [, name = '', quoted, plain = ''] of inside.matchAll(field)) {
    if (!fields.has(name)) fields.set(name, quoted ?? unescaped(plain));
  }
  return fields.size === 0 ? null : fields;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** `]]>` would end the text: it is parted over two. */
const quoted = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** A text as the account's answer to one follower. */
export const textReply = (to: string, from: string, words: string, now: number): string =>
  `<xml><ToUserName>${quoted(to)}</ToUserName><FromUserName>${quoted(from)}</FromUserName>` +
  `<CreateTime>${Math.floor(now / 1000)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>${quoted(words)}</Content></xml>`;
