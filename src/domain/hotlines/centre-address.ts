export interface CentreAddress {
  readonly user: string;
  readonly host: string;
  /** null: as the host's name resolves, else 5060. */
  readonly port: number | null;
}

const SHAPE = /^sip:(\d{1,20})@([a-z0-9.-]{1,253})(?::(\d{1,5}))?$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * `sip:DIGITS@HOST[:PORT]`, the host a name or an IPv4 address in lower case; null for everything else. So strict
 * because it ends in a dial string: no parameter, no header, no `&` and no second target fits in.
 */
export function readCentreAddress(text: string): CentreAddress | null {
  const [, user, host, digits] = SHAPE.exec(text) ?? [];
  if (user === undefined || host === undefined) return null;
  const labels = host.split('.');
  if (!labels.every((label) => LABEL.test(label))) return null;
  // All figures: an address, which has four parts that fit a byte.
  if (labels.every((label) => /^\d+$/.test(label))) {
    if (labels.length !== 4 || labels.some((label) => Number(label) > 255)) return null;
  }
  const port = digits === undefined ? null : Number(digits);
  return port !== null && (port < 1 || port > 65_535) ? null : { user, host, port };
}

/** For whoever entered something else. */
export const CENTRE_EXAMPLE = '如 sip:12333@10.1.2.3 或 sip:12333@zhongxin.example.cn:5060';
export const CENTRE_EXAMPLE_EN = 'e.g. sip:12333@10.1.2.3 or sip:12333@zhongxin.example.cn:5060';

/** What a person typed, in its one spelling; null for what is no address. */
export function spelledCentre(text: string): string | null {
  const address = text.trim().toLowerCase();
  return readCentreAddress(address) === null ? null : address;
}

/** Whether a forwarding header names the centre as who passed the call on: its user at its host. */
export function addressedBy({ user, host }: CentreAddress, header: string): boolean {
  const uris = header.toLowerCase().matchAll(/sips?:\+?(\d{1,20})[^@<>,]{0,200}@([a-z0-9.-]{1,253})/g);
  return [...uris].some(([, digits, at]) => digits === user && at === host);
}
