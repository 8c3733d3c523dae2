import type { DocumentKind, OfficialDocument } from '../../domain/documents/official-document.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

/** What a person wrote for a circular. */
export interface CircularWords {
  readonly title: string;
  readonly addressee: string;
  readonly paragraphs: readonly string[];
  readonly copies: readonly string[];
}

/** A paper that has its number. Its text is made from the books each time that somebody reads it. */
export interface IssuedDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly ticketId: string | null;
  readonly orderId: string | null;
  /** To whom it went: the ticket may have another unit since. */
  readonly unitCode: string | null;
  readonly circular: CircularWords | null;
  /** Whose minutes it is; null: another paper. */
  readonly meetingId: string | null;
  /** The special report that it is; null: another paper. */
  readonly reportId: string | null;
  readonly issuedAt: number;
  readonly issuedBy: string;
  /** Of a circular; every other paper holds as long as what it speaks of. */
  readonly standing: 'inForce' | 'corrected' | 'withdrawn';
}

/** What a second issue of the same paper has in common with the first. */
export type NewDocument = Omit<IssuedDocument, 'number' | 'standing'> & {
  /** Of two with the same subject the first one stands. */
  readonly subject: string;
};

export interface DocumentView {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly ticketId: string | null;
  readonly orderId: string | null;
  readonly meetingId: string | null;
  readonly reportId: string | null;
  readonly unitCode: string | null;
  readonly issuedAt: string;
  readonly issuedBy: string;
}

/** An order as its paper needs it; times are epoch milliseconds. */
export interface DocumentBook {
  /** Numbered without a gap within kind and year, in the order of issue; the earlier one when the subject has one. */
  issue(
    document: NewDocument,
    year: number,
    numbered: (sequence: number) => string,
    tx: Transaction,
  ): Promise<IssuedDocument>;
  read(id: string): Promise<IssuedDocument | null>;
  unitName(code: string, tx?: Transaction): Promise<string>;
  /** Whether a circular was sent to this unit; one of before circulars had recipients went to all. */
  wentTo(id: string, unitCode: string): Promise<boolean>;
  /** Of what the reader may see. Newest first. */
  list(
    filter: {
      readonly kind?: DocumentKind;
      readonly ticketId?: string;
      readonly meetingId?: string;
      /** Special reports too: not everybody who sees all tickets reads them. */
      readonly withReports: boolean;
    },
    sight: Sight,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly documents: readonly DocumentView[]; readonly next: string | null }>;
}

export interface PrintedDocument {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Characters that the font does not have, as U+XXXX; they stand in the text as that. */
  readonly missing: readonly string[];
}

export interface DocumentPress {
  /** Rejects with `document.noFont` while there is no font on this machine. */
  print(document: OfficialDocument): Promise<PrintedDocument>;
}
