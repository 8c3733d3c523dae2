/**
 * By which sign the dialled number is recognised, in the usual order: first what the carrier promised by contract (a
 * trunk or a DID of the line's own), then what the call itself carries, hearsay last.
 */
export const RECOGNITION_METHODS = [
  'trunk',
  'did',
  'requestUri',
  'diversion',
  'historyInfo',
  'rdnis',
  'to',
] as const;
export type RecognitionMethod = (typeof RECOGNITION_METHODS)[number];
export const METHOD_NAMES: Readonly<Record<RecognitionMethod, string>> = {
  trunk: '专属中继',
  did: '直拨号码',
  requestUri: '被叫号码',
  diversion: 'Diversion',
  historyInfo: 'History-Info',
  rdnis: 'RDNIS',
  to: 'To',
};

/** What a carrier writes beside the call, and what only a carrier that says so in its contract is believed. */
export const TRUSTED_HEADERS = ['diversion', 'historyInfo', 'rdnis', 'pAssertedIdentity'] as const;
export type TrustedHeader = (typeof TRUSTED_HEADERS)[number];
export const HEADER_NAMES: Readonly<Record<TrustedHeader, string>> = {
  diversion: 'Diversion',
  historyInfo: 'History-Info',
  rdnis: 'RDNIS',
  pAssertedIdentity: 'P-Asserted-Identity',
};

/**
 * Which end of a Diversion chain holds the number that the citizen dialled. RFC 5806 puts the latest forwarding on top,
 * so it is the last; some carriers append instead.
 */
export const DIALLED_ENTRIES = ['last', 'first'] as const;
export type DialledEntry = (typeof DIALLED_ENTRIES)[number];
export const DIALLED_ENTRY_NAMES: Readonly<Record<DialledEntry, string>> = {
  last: '最后一条',
  first: '第一条',
};

/** How one carrier hands us calls on one trunk, and what of it is believed. */
export interface TrunkProfile {
  /** The trunk's name at the switch. */
  readonly code: string;
  readonly name: string;
  readonly carrier: string;
  /** In which order the number is sought. What is not listed is not asked; the dialled number is the last resort. */
  readonly methods: readonly RecognitionMethod[];
  /** The line that the whole trunk belongs to; null: the trunk is shared. */
  readonly line: string | null;
  /** Numbers of the carrier's that stand for a line of ours. */
  readonly dids: readonly { readonly did: string; readonly line: string }[];
  readonly trusts: readonly TrustedHeader[];
  readonly dialledEntry: DialledEntry;
}

/** The one trunk of an installation that has said nothing about its trunks: everything is asked and believed. */
export const DEFAULT_TRUNK: TrunkProfile = {
  code: 'carrier',
  name: '运营商中继',
  carrier: '',
  methods: RECOGNITION_METHODS,
  line: null,
  dids: [],
  trusts: TRUSTED_HEADERS,
  dialledEntry: 'last',
};

/** A trunk that the rules do not know: what it wrote is shown, and not believed. */
export const strangeTrunk = (code: string): TrunkProfile => ({
  ...DEFAULT_TRUNK,
  code,
  name: code,
  trusts: [],
});
