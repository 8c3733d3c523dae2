import type { PhotoType } from '../../domain/tickets/photos.ts';
import type { Transaction } from './transaction.ts';

export interface TicketPhoto {
  readonly id: string;
  readonly name: string;
  readonly mediaType: PhotoType;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
}
/** `at`: ISO 8601 in UTC. */
export interface TicketPhotoView extends TicketPhoto {
  readonly at: string;
  readonly by: string;
  /** null: of the hotline. */
  readonly unitCode: string | null;
}

export interface TicketPhotoBook {
  /** Returns the hash of its bytes; null: it is there under this id. */
  add(
    photo: Omit<TicketPhoto, 'sha256'> & {
      readonly ticketId: string;
      readonly bytes: Uint8Array;
      readonly by: string;
      readonly unitCode: string | null;
      readonly at: number;
    },
    tx: Transaction,
  ): Promise<string | null>;
  count(ticketId: string, tx: Transaction): Promise<number>;
  has(id: string, tx: Transaction): Promise<boolean>;
  /** The oldest first. */
  list(ticketId: string): Promise<readonly TicketPhotoView[]>;
  find(id: string): Promise<(TicketPhoto & { readonly ticketId: string; readonly bytes: Uint8Array }) | null>;
}
