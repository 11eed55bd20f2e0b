import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16 } from '../../../../src/models/algorithms/partitioning/crc16.ts';
import { crc32 } from '../../../../src/models/algorithms/partitioning/crc32.ts';
import { crc64 } from '../../../../src/models/algorithms/partitioning/crc64.ts';
import { fnv1a64 } from '../../../../src/models/algorithms/partitioning/fnv1a64.ts';
import { fnv1a32, fnv32 } from '../../../../src/models/algorithms/partitioning/fnv32.ts';
import { integer64, isSigned64 } from '../../../../src/models/algorithms/partitioning/integer64.ts';
import { md5 } from '../../../../src/models/algorithms/partitioning/md5.ts';
import { murmur3 } from '../../../../src/models/algorithms/partitioning/murmur3.ts';
import { siphash24 } from '../../../../src/models/algorithms/partitioning/siphash24.ts';
import { utf8 } from '../../../../src/models/algorithms/partitioning/utf8.ts';
import {
  bigintOfWord,
  upperProduct,
  wordModulo,
  wordOfBigint,
} from '../../../../src/models/algorithms/partitioning/word64.ts';
import { vectors } from './vectors.ts';

const seed = 20260114;
const word32 = fc.integer({ min: 0, max: 0xffffffff });
const word64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const digest = (bytes: Uint8Array) => Buffer.from(Uint32Array.from(md5(bytes)).buffer).toString('hex');

describe('hashes of bytes', () => {
  it("FNV of 32 and 64 bits are Go's on every vector", () => {
    const { pairs } = vectors<{
      pairs: { s: string; fnv1_32: number; fnv1a32: number; fnv1a64: string }[];
    }>('fnv');
    expect(pairs).toHaveLength(8);
    for (const pair of pairs) {
      const bytes = utf8(pair.s);
      expect([pair.s, fnv32(bytes), fnv1a32(bytes), String(bigintOfWord(fnv1a64(bytes)))]).toEqual([
        pair.s,
        pair.fnv1_32,
        pair.fnv1a32,
        pair.fnv1a64,
      ]);
    }
  });

  it('FNV-1a 64 in halves is the BigInt formula on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let expected = 14695981039346656037n;
        for (const byte of bytes) expected = BigInt.asUintN(64, (expected ^ BigInt(byte)) * 1099511628211n);
        expect(bigintOfWord(fnv1a64(bytes))).toBe(expected);
      }),
      { seed },
    );
  });

  it('the three CRCs give the check values of the CRC catalogue for 123456789', () => {
    const bytes = utf8('123456789');
    expect(crc16(bytes)).toBe(0x31c3);
    expect(crc32(bytes)).toBe(0xcbf43926);
    expect(bigintOfWord(crc64(bytes))).toBe(0x995dc9bbdf1939fan);
  });

  it("murmur3 gives smhasher's verification value for x86_32", () => {
    const hashes = new Uint8Array(256 * 4);
    for (let length = 0; length < 256; length++) {
      const key = Uint8Array.from({ length }, (_, at) => at);
      new DataView(hashes.buffer).setUint32(length * 4, murmur3(key, 256 - length), true);
    }
    expect(murmur3(hashes)).toBe(0xb0f57ee3);
  });

  it('MD5 gives the digests of RFC 1321', () => {
    expect(digest(utf8(''))).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(digest(utf8('abc'))).toBe('900150983cd24fb0d6963f7d28e17f72');
    expect(
      digest(utf8('12345678901234567890123456789012345678901234567890123456789012345678901234567890')),
    ).toBe('57edf4a22be3c955ac49da2e2107b67a');
  });

  it('MD5 agrees with OpenSSL at every length around the padding', () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 151 + length) & 0xff);
      expect(digest(bytes)).toBe(createHash('md5').update(bytes).digest('hex'));
    }
  });

  it("SipHash-2-4 gives the vector of its paper's appendix", () => {
    const bytes = Uint8Array.from({ length: 15 }, (_, at) => at);
    expect(siphash24(0x0706050403020100n, 0x0f0e0d0c0b0a0908n, bytes)).toBe(0xa129ca6149be45e5n);
  });
});

describe('words and keys', () => {
  it('the upper half of a product is exact', () => {
    fc.assert(
      fc.property(word32, word32, (left, right) => {
        expect(upperProduct(left, right)).toBe(Number((BigInt(left) * BigInt(right)) >> 32n));
      }),
      {
        seed,
        examples: [
          [0xffffffff, 0xffffffff],
          [0xffff0000, 0xffff],
          [0x80000000, 2],
        ],
      },
    );
  });

  it('modulo of a word is exact for divisors on both sides of 2^21', () => {
    fc.assert(
      fc.property(
        word64,
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.integer({ min: 1, max: 0x200001 }),
        (value, wide, narrow) => {
          for (const divisor of [wide, narrow]) {
            expect(wordModulo(wordOfBigint(value), divisor)).toBe(Number(value % BigInt(divisor)));
          }
        },
      ),
      {
        seed,
        examples: [
          [2n ** 64n - 1n, 0x7fffffff, 0x200000],
          [2n ** 64n - 1n, 0x200001, 0x1fffff],
        ],
      },
    );
  });

  it('a decimal key parses to the 64 bits that BigInt gives, and to nothing outside them', () => {
    const around = (edge: bigint) => fc.bigInt({ min: edge - 3n, max: edge + 3n });
    const integers = fc.oneof(
      fc.bigInt({ min: -(2n ** 65n), max: 2n ** 66n }),
      around(-(2n ** 63n)),
      around(2n ** 64n),
      around(2n ** 63n),
      around(0n),
      around(2n ** 32n),
      around(-(2n ** 32n)),
    );
    fc.assert(
      fc.property(integers, (value) => {
        const word = integer64(String(value));
        const fits = value >= -(2n ** 63n) && value < 2n ** 64n;
        expect(word && bigintOfWord(word)).toBe(fits ? BigInt.asUintN(64, value) : undefined);
        if (word) expect(isSigned64(word)).toBe(value < 2n ** 63n);
      }),
      { seed, numRuns: 500 },
    );
    for (const text of ['', '-', '1.5', '1e3', 'acct-1', ' 1', '0x10', '１'])
      expect(integer64(text)).toBeUndefined();
    expect(integer64('+007')).toEqual({ high: 0, low: 7, negative: false });
    expect(integer64('-0')).toEqual({ high: 0, low: 0, negative: false });
  });

  it('utf8 writes what TextEncoder writes, lone surrogates and long keys included', () => {
    const encoder = new TextEncoder();
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
        .map((units) => String.fromCharCode(...units)),
      fc
        .array(fc.constantFrom('\ud83d', '\ude00', 'a', 'é', '日'), { maxLength: 12 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(Uint8Array.from(utf8(text))).toEqual(Uint8Array.from(encoder.encode(text)));
      }),
      { seed, numRuns: 500, examples: [['日'.repeat(5000)], ['\ud83d'], ['a\udc00b']] },
    );
  });
});
