export interface KnowledgeFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface KnowledgeFileBook {
  /** Under an id that is there nothing is written: what is in a file is never changed. */
  add(file: KnowledgeFile, by: string, at: number): Promise<void>;
  find(id: string): Promise<KnowledgeFile | null>;
}
