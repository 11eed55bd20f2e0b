import type { Book } from './book.ts';
import { book202607 } from './book-2026-07/index.ts';

/** All price books, by name. */
export const books: Readonly<Record<string, Book>> = { [book202607.name]: book202607 };
