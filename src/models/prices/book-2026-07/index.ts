import type { Book } from '../book.ts';
import { reservedSaving, spot, spotSaving } from './commitments.ts';
import { locationRatio, onDemand } from './ec2.ts';
import { bareClass, classes, doubled, listed } from './managed.ts';
import { internet, interRegion } from './transfer.ts';

/** Prices of AWS as public repositories had them in July 2026. */
export const book202607: Book = {
  name: 'aws-2026-07',
  about: 'list prices of AWS, collected from public repositories, most of July and August 2026',
  onDemand,
  locationRatio,
  spot,
  spotSaving,
  reservedSaving,
  classes,
  doubled,
  bareClass,
  listed,
  interRegion,
  internet,
};
