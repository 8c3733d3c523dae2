/** Rows of cells as text; of a workbook its first sheet. */
export interface Spreadsheets {
  /** Refuses with `import.fileUnreadable`, `import.fileTooLarge`. */
  read(file: Uint8Array): Promise<readonly (readonly string[])[]>;
  write(sheet: string, rows: readonly (readonly string[])[]): Promise<Uint8Array>;
}
