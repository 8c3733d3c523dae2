/** What every new version is asked for. */
export interface PromptFields {
  name: string;
  text: string;
  language: string;
  /** Empty: without an end. */
  validUntil: string | null;
  basis: string;
}
export const emptyPrompt = (name: string): PromptFields => ({
  name,
  text: '',
  language: 'zh-CN',
  validUntil: null,
  basis: '',
});

export const TEXT_AT_MOST = 400;

/** What is missing, or cannot be; null: nothing. */
export function faultOf({ name, validUntil }: PromptFields, nowMs: number): 'name' | 'end' | null {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name.trim())) return 'name';
  return validUntil && Date.parse(validUntil) <= nowMs ? 'end' : null;
}
