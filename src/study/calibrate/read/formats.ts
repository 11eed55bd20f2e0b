import { csv } from './csv.ts';
import { hdr } from './hdr.ts';
import { k6 } from './k6.ts';
import { pgbench } from './pgbench.ts';
import { prometheus } from './prometheus.ts';
import type { Format } from './reading.ts';

/** All formats; the first one that recognises a text reads it. */
export const formats: readonly Format[] = [k6, hdr, prometheus, pgbench, csv];
