import type { z } from 'zod';
import { addIssue, schemaClass } from '../../units/schema-class.ts';

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Reads a quantity as Kubernetes writes it: `1000`, `500m` (thousandths), `1Ki`, `1e3`; undefined where it is none.
 * Source: Kubernetes, apimachinery's resource.Quantity: decimal and binary suffixes, or an exponent.
 */
export function parseKubernetesQuantity(text: string): number | undefined {
  const [, digits, exponent, suffix] =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([a-zA-Z]{0,2}))$/.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  if (exponent !== undefined) return Number(digits + exponent);
  return Object.hasOwn(suffixes, suffix) ? Number(digits) * suffixes[suffix] : undefined;
}

/** A schema for a positive quantity in Kubernetes' notation. */
export const kubernetesQuantity = (about: string): z.ZodType<number> =>
  schema({}).describe(about) as z.ZodType<number>;

const schema = schemaClass('HeadroomKubernetesQuantity', {
  parse(_definition, payload, _context, schema) {
    const input = payload.value;
    const isScalar = typeof input === 'string' || typeof input === 'number';
    const value = isScalar ? parseKubernetesQuantity(String(input)) : undefined;
    if (value === undefined || !(value > 0)) {
      addIssue(payload, schema, `${isScalar ? input : 'this'} is not a quantity of Kubernetes above 0`, {
        code: 'wrong-quantity',
        expected: 'a quantity such as "1000", "500m" or "2k"',
      });
    }
    payload.value = value;
    return payload;
  },
  json(_definition, json) {
    json.type = ['string', 'number'] as never;
  },
});
