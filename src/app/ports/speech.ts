/** Spoken text into files that the switch plays. */
export interface Speech {
  /** By name; only what is missing or was spoken otherwise is made. Returns the names that could not be, with why. */
  speak(
    prompts: Readonly<Record<string, string>>,
  ): Promise<readonly { readonly name: string; readonly reason: string }[]>;
}
